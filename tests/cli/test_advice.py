"""Each sentence of the program that advises something is followed: what was refused before works then.

A case brings a sentence about, takes commands and options out of it as they are printed, fills in what stands in
capital letters, and runs them. Then what was refused works, or what the sentence promised to show is shown. The list is
complete: a sentence that is neither followed here nor named with a reason fails `test_every_sentence_is_followed`.
"""

import pytest

from tests.cli.advised import CASES, NOT_FOLLOWED
from tests.cli.advised.case import Case
from tests.cli.harness import Cli
from tests.support import advice


def test_every_sentence_is_followed() -> None:
    there = {one.key for one in advice.sentences()}
    followed = {key for case in CASES for key in case.of}
    assert there - followed - set(NOT_FOLLOWED) == set()
    assert (followed | set(NOT_FOLLOWED)) - there == set(), "of sentences that are gone"
    assert followed & set(NOT_FOLLOWED) == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.of[0]}: {case.name}".rstrip(": "))
def test_advice_is_followed(cli: Cli, case: Case) -> None:
    case.run(cli)
