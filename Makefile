# Two commands matter to a newcomer: `make demo` (the example month on a LocalNet) and `make test` (every test).
# Both set everything up on a machine that has git, make and a Python 3 with venv.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Compiled modules are kept, whatever the machine's setting: hundreds of processes would compile them again.
unexport PYTHONDONTWRITEBYTECODE

PYTHON3 ?= python3
UV := .uv/bin/uv
BIN := .venv/bin

.PHONY: help setup demo portal test test-fast build build-check sourcemaps docs lint audit format localnet lock clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

.uv/ready: requirements/uv.txt
	@$(PYTHON3) -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/ready: requirements/dev.txt pyproject.toml localnet/pyproject.toml .python-version .uv/ready
	@$(UV) venv --quiet --clear --python "$$(cat .python-version)" .venv
	@$(UV) pip sync --quiet --python .venv/bin/python --require-hashes requirements/dev.txt
	@$(UV) pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable ./localnet --editable .
	@touch $@

setup: .venv/ready  ## install everything into .venv

demo: .venv/ready  ## the example month, from meter readings to claimed revenue
	@$(BIN)/gridpact demo

portal: .venv/ready  ## the pages at http://localhost:8080; starts a LocalNet with the example month where none is there
	@$(BIN)/gridpact portal --example

test: .venv/ready  ## every test
	@$(BIN)/python -m tests.run

test-fast: .venv/ready  ## the layer without a ledger
	@$(BIN)/pytest -q tests/unit --numprocesses=2 --dist=loadfile

build: .venv/ready  ## compile the contracts, generate their clients, bundle the portal's browser side
	@$(BIN)/python -m smart_contracts build
	@export PATH="$(abspath $(BIN)):$$PATH"; npm ci --prefix portal --silent && npm run build --prefix portal --silent

build-check: .venv/ready  ## fail when a rebuild would change an artifact
	@$(BIN)/python -m smart_contracts build --check

sourcemaps: .venv/ready  ## source maps for the AVM debugger, in .algokit/sources
	@$(BIN)/python -m smart_contracts sourcemaps

docs: .venv/ready  ## write the pages of settings and errors
	@$(BIN)/python -m gridpact.cli.reference

audit: .venv/ready  ## look for known weaknesses in the pinned packages; fail where one cannot be looked up
	@$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements/dev.txt

lint: .venv/ready  ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: .venv/ready  ## let ruff rewrite the layout
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

localnet: .venv/ready  ## start the embedded LocalNet on the default ports
	@$(BIN)/python -m localnet start

lock: .uv/ready  ## pin the dependencies of pyproject.toml again
	@$(UV) pip compile pyproject.toml localnet/pyproject.toml --group dev --python-version 3.12 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/dev.txt
	@$(PYTHON3) requirements/constrain.py

clean:  ## remove the environments and every cache
	@rm -rf .uv .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis
