"""The programs in the package are what the build says, with their template variables filled in."""

import base64
from typing import Any

import pytest

from gridpact.chain.programs import Programs, approval, clear, compare
from gridpact.chain.specs import Contract, spec

ALL = pytest.mark.parametrize("contract", list(Contract))


def params(contract: Contract, *, updatable: bool = False, deletable: bool = False) -> dict[str, Any]:
    """What algod says of an app that runs the contract."""
    program = approval(contract, updatable=updatable, deletable=deletable)
    return {
        "approval-program": base64.b64encode(program).decode(),
        "clear-state-program": base64.b64encode(clear(contract)).decode(),
    }


@ALL
def test_template_variables_are_constants_of_the_first_block(contract: Contract) -> None:
    lines = base64.b64decode(spec(contract)["source"]["approval"]).decode().splitlines()
    code = [line.split("//")[0].split() for line in lines]
    with_variables = [words[0] for words in code if any(word.startswith("TMPL_") for word in words)]
    assert with_variables == ["intcblock"]
    programs = {
        approval(contract, updatable=updatable, deletable=deletable)
        for updatable in (False, True)
        for deletable in (False, True)
    }
    assert len(programs) == 4
    assert len(set(map(len, programs))) == 1


@ALL
@pytest.mark.parametrize("updatable", [False, True])
@pytest.mark.parametrize("deletable", [False, True])
def test_compare(contract: Contract, updatable: bool, deletable: bool) -> None:
    there = params(contract, updatable=updatable, deletable=deletable)
    assert compare(contract, there) == Programs(True, updatable, deletable)


@ALL
def test_compare_other_programs(contract: Contract) -> None:
    other = Programs(is_ours=False, updatable=None, deletable=None)
    there = params(contract)
    for name in there:
        for place in (0, 1, -1):
            changed = bytearray(base64.b64decode(there[name]))
            changed[place] ^= 1
            assert compare(contract, there | {name: base64.b64encode(changed).decode()}) == other
    another = next(one for one in Contract if one is not contract)
    assert compare(another, there) == other
