"""Allocation plans from files."""

import pytest

from gridpact.billing.invoices import Allocation
from gridpact.billing.plans import Plan, parse
from gridpact.chain.errors import GridPactError

TWO = (Allocation(1, 75_000), Allocation(2, 30_000))


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ("agreement,kwh\n1,75000\n2,30_000\n", ".csv", Plan(TWO)),
        ("kwh, Agreement\r\n75000,1\r\n\r\n30000,2\r\n", ".CSV", Plan(TWO)),
        (
            "[[allocation]]\nagreement = 1\nkwh = 75_000\n[[allocation]]\nagreement = 2\nkwh = 30_000\n",
            ".toml",
            Plan(TWO),
        ),
        (
            (
                "epoch = 202602\nexpected_total_kwh = 125_000\n"
                "allocation = [{agreement=1,kwh=75000},{agreement=2,kwh=30000}]"
            ),
            ".toml",
            Plan(TWO, 202602, 125_000),
        ),
        ('[{"agreement":1,"kwh":75000},{"agreement":2,"kwh":30000}]', ".json", Plan(TWO)),
        (
            '{"epoch":202602,"allocations":[{"agreement":1,"kwh":75000},{"agreement":2,"kwh":30000}]}',
            ".json",
            Plan(TWO, 202602),
        ),
    ],
)
def test_taken(text: str, suffix: str, expected: Plan) -> None:
    assert parse(text.encode(), suffix) == expected


@pytest.mark.parametrize(
    ("text", "suffix", "sentence"),
    [
        ("agreement,kwh\n", ".csv", "The plan is empty."),
        ("", ".csv", "The plan's first line must name the columns agreement and kwh."),
        ("agreement,mwh\n1,2\n", ".csv", "The plan's first line must name the columns agreement and kwh."),
        (
            "agreement,kwh\n1,-5\n2\n0,7\nx,1.5\n",
            ".csv",
            (
                "The plan has problems:\n"
                "  line 2: kwh is not a whole number above 0\n"
                "  line 3: 1 fields, but the header names 2\n"
                "  line 4: agreement is not a whole number above 0\n"
                "  line 5: agreement is not a whole number above 0\n"
                "  line 5: kwh is not a whole number above 0"
            ),
        ),
        (
            "[[allocation]]\nagreement = 1\nkwh = 1.5\n",
            ".toml",
            "The plan has problems:\n  allocation 1: kwh is not a whole number above 0",
        ),
        (
            "[[allocation]]\nagreement = 1\nkwh = 5\nprice = 3\n",
            ".toml",
            "The plan has problems:\n  allocation 1: it must have agreement and kwh, and nothing else",
        ),
        ("allocation = 5", ".toml", "The plan cannot be read: it has no list 'allocation'."),
        ("total = 5", ".toml", "The plan cannot be read: 'total' is unknown."),
        ('{"allocation":[],"epoch":202602}', ".json", "The plan is empty."),
        (
            '{"allocation":[{"agreement":true,"kwh":5}]}',
            ".json",
            "The plan has problems:\n  allocation 1: agreement is not a whole number above 0",
        ),
        (
            '{"allocation":[{"agreement":1,"kwh":5}],"epoch":"202602"}',
            ".json",
            "The plan has problems:\n  epoch: not a whole number",
        ),
        ("7", ".json", "The plan is neither a list nor an object."),
        ("agreement,kwh\n1,2\n", ".xls", "A plan is a .csv, .toml, .json file, not .xls."),
        ("agreement,kwh\n1,2\n", "", "A plan is a .csv, .toml, .json file, not one without a suffix."),
    ],
)
def test_refused(text: str, suffix: str, sentence: str) -> None:
    with pytest.raises(GridPactError) as caught:
        parse(text.encode(), suffix)
    assert str(caught.value) == sentence
    assert caught.value.advice == "Correct the plan; nothing was allocated."


@pytest.mark.parametrize(("content", "suffix"), [(b"\xff", ".csv"), (b"{", ".json"), (b"= 1", ".toml")])
def test_refused_when_it_is_not_its_format(content: bytes, suffix: str) -> None:
    with pytest.raises(GridPactError, match="The plan is not"):
        parse(content, suffix)
