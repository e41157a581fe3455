"""The published interface is tested whole: walks the ARC-56 documents and the contracts' docstrings.

Every ABI method has a success test; a method that writes asserts its exact events there. Every error that a docstring's
*Raises* names has a test of that name, which goes through the one helper that also checks that nothing changed.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gridpact.chain.errors import ERROR_NAMES
from gridpact.chain.specs import Contract, spec
from gridpact.cli.words.contracts import EXPLANATIONS
from smart_contracts.shared import error_codes, errors

ROOT = Path(__file__).parents[2]
CONTRACT_TESTS = ROOT / "tests" / "contracts"
GOVERNED = ROOT / "smart_contracts" / "shared" / "governed.py"


def snake_case(name: str) -> str:
    """camelCase as it stands in test names: recordProduction → record_production."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


@cache
def methods_of(path: Path) -> dict[str, ast.FunctionDef]:
    """The ABI and bare methods that a contract module defines."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and any("method" in ast.unparse(item) for item in node.decorator_list):
            found[node.name] = node
    return found


@cache
def source_methods(contract: Contract) -> dict[str, ast.FunctionDef]:
    """All methods of a contract, those of its bases included."""
    found = dict(methods_of(GOVERNED))
    for path in sorted((ROOT / "smart_contracts" / contract.folder).glob("*.py")):
        found |= methods_of(path)
    return found


def raised(method: ast.FunctionDef) -> list[str]:
    """Names of the error constants in a docstring's *Raises*, and nowhere else."""
    docstring = ast.get_docstring(method) or ""
    _, _, section = docstring.partition("Raises:")
    return re.findall(r"^\s+err\.([A-Z_]+):", section, flags=re.MULTILINE)


@cache
def known_tests(contract: Contract) -> dict[str, ast.FunctionDef]:
    """Test functions of a contract and of what all contracts have in common, by name."""
    found: dict[str, ast.FunctionDef] = {}
    for folder in (CONTRACT_TESTS / contract.folder, CONTRACT_TESTS / "governed"):
        for path in sorted(folder.glob("test_*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    assert node.name not in found or folder.name == "governed", f"two tests named {node.name}"
                    found[node.name] = node
    return found


def all_methods() -> Iterator[tuple[Contract, str]]:
    for contract in Contract:
        for name in source_methods(contract):
            yield contract, name


def all_refusals() -> Iterator[tuple[Contract, str, str]]:
    for contract, name in all_methods():
        for constant in raised(source_methods(contract)[name]):
            yield contract, name, constant


@pytest.mark.parametrize("contract", list(Contract))
def test_source_and_document_have_the_same_methods(contract: Contract) -> None:
    document = {method["name"] for method in spec(contract)["methods"]}
    bare = {"update", "delete"}
    assert set(source_methods(contract)) - bare == document


@pytest.mark.parametrize(("contract", "method"), list(all_methods()))
def test_every_method_has_a_success_test(contract: Contract, method: str) -> None:
    name = f"test_{snake_case(method)}_success"
    assert name in known_tests(contract), f"{contract}.{method} has no {name}"
    body = ast.unparse(known_tests(contract)[name])
    document = {entry["name"]: entry for entry in spec(contract)["methods"]}
    if document.get(method, {}).get("readonly"):
        assert "assert" in body, f"{name} asserts nothing"
    else:
        assert "expect_events(" in body, f"{name} does not assert the exact events"


@pytest.mark.parametrize(("contract", "method", "constant"), list(all_refusals()))
def test_every_documented_refusal_has_a_test(contract: Contract, method: str, constant: str) -> None:
    name = f"test_{snake_case(method)}_{constant.lower()}"
    assert name in known_tests(contract), f"{contract}.{method} has no {name}"
    body = ast.unparse(known_tests(contract)[name])
    assert f"err.{constant}" in body, f"{name} does not expect err.{constant}"
    assert "refused(" in body or method == "create", f"{name} does not check that nothing changed"


@pytest.mark.parametrize("contract", list(Contract))
def test_documented_refusals_exist(contract: Contract) -> None:
    for method in source_methods(contract).values():
        for constant in raised(method):
            assert hasattr(errors, constant), f"{contract}.{method.name} names err.{constant}, which does not exist"


@pytest.mark.parametrize("contract", list(Contract))
def test_every_refusal_in_the_program_is_documented(contract: Contract) -> None:
    """Every error name in the compiled program stands in some docstring's *Raises*."""
    messages = {
        entry["errorMessage"]
        for entry in spec(contract)["sourceInfo"]["approval"]["sourceInfo"]
        if "errorMessage" in entry
    }
    documented = {
        getattr(errors, constant) for method in source_methods(contract).values() for constant in raised(method)
    }
    assert messages & ERROR_NAMES <= documented


def test_every_error_is_used() -> None:
    sources = "\n".join(
        path.read_text()
        for folder in ("shared", *(contract.folder for contract in Contract))
        for path in (ROOT / "smart_contracts" / folder).glob("*.py")
        if path.name not in ("errors.py", "error_codes.py")
    )
    unused = [name for name in vars(errors) if name.isupper() and not re.search(rf"\berr\.{name}\b(?!:)", sources)]
    assert unused == []


def test_every_error_is_its_own_name() -> None:
    for constant, name in vars(errors).items():
        if constant.isupper():
            assert snake_case(name).upper() == constant


def test_every_logged_code_is_the_error_with_a_small_letter() -> None:
    for constant, code in vars(error_codes).items():
        if constant.isupper():
            name = getattr(errors, constant)
            assert code == name[0].lower() + name[1:]


def test_every_error_is_explained() -> None:
    assert set(EXPLANATIONS) == ERROR_NAMES
    for name, (sentence, advice) in EXPLANATIONS.items():
        assert sentence.endswith("."), name
        assert advice.endswith((".", "?")), name
