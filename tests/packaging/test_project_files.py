"""What tools outside of Python read: pins, AlgoKit's files, the editor's."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from requirements import constrain

ROOT = Path(__file__).parents[2]
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_uv_is_constrained_to_the_pins() -> None:
    """`make lock` writes both."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert constrain.constrained(project) == project
    pins = constrain.pins()
    assert len(pins) > 100
    assert tomllib.loads(project)["tool"]["uv"]["constraint-dependencies"] == pins


def test_every_pin_has_hashes_and_no_address() -> None:
    text = (ROOT / "requirements" / "dev.txt").read_text()
    assert len(re.findall(r"^[a-z0-9].*==.* \\$", text, re.MULTILINE)) == len(constrain.pins())
    assert "://" not in text


def test_algokit_runs_what_make_makes() -> None:
    workspace = tomllib.loads((ROOT / ".algokit.toml").read_text())["project"]
    assert workspace["type"] == "workspace"
    project = tomllib.loads((ROOT / "smart_contracts" / ".algokit.toml").read_text())["project"]
    commands = [command for one in project["run"].values() for command in one["commands"]]
    assert {command.removeprefix("make -C .. ") for command in commands} <= TARGETS


def test_the_audit_is_strict() -> None:
    assert re.search(r"^audit:.*\n\t.*pip-audit --strict ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert "make audit" in (ROOT / ".github" / "workflows" / "ci.yaml").read_text()


def read(name: str) -> Any:
    return json.loads((ROOT / ".vscode" / name).read_text())


@pytest.mark.parametrize("name", ["Build & Deploy", "Debug TEAL"])
def test_the_editor_has(name: str) -> None:
    tasks = {task["label"]: task for task in read("tasks.json")["tasks"]}
    (launch,) = (one for one in read("launch.json")["configurations"] if one["name"] == name)
    assert launch["preLaunchTask"] in tasks
    for task in tasks.values():
        made = re.findall(r"make ([a-z-]+)", task["command"])
        assert set(made) <= TARGETS
        assert set(task.get("dependsOn", [])) <= set(tasks)


def test_the_editor_recommends_the_debugger() -> None:
    assert "algorandfoundation.algokit-avm-vscode-debugger" in read("extensions.json")["recommendations"]
