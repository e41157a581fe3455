"""Every refusal has a code of its own, and the page names them all."""

import re
from collections import Counter
from pathlib import Path
from typing import Final

from gridpact.errors import GridPactError, Problem
from tests.support.refusals import contract_names, kinds, load

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "errors.md"

load()


def test_codes_are_unique() -> None:
    """Among refusals and problems; a class may bear the name of the contract's error that it stands for, only."""
    every = {*kinds(GridPactError), *kinds(Problem)}
    twice = [name for name, count in Counter(kind.__name__ for kind in every).items() if count > 1]
    assert twice == []
    of_contracts = contract_names()
    for kind in kinds(GridPactError):
        if kind.__name__ in of_contracts:
            assert getattr(kind, "contract_error") == kind.__name__, kind  # noqa: B009 - of a class


def test_every_problem_has_its_code() -> None:
    for kind in kinds(Problem):
        assert issubclass(kind, Problem)
        assert kind.__new__(kind).code == kind.__name__


def test_the_page_names_codes_that_exist() -> None:
    named = re.findall(r"^\| `(\w+)` \|", DOCUMENT.read_text(), re.MULTILINE)
    assert len(named) > 150
    assert set(named) <= {kind.__name__ for base in (GridPactError, Problem) for kind in kinds(base)}
