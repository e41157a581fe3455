"""Allocation plans from files."""

from decimal import Decimal

import pytest

from gridpact.billing.errors import (
    EmptyPlan,
    NotOfItsFormat,
    PlanFault,
    PlanFileRefused,
    UnknownPlanFormat,
    WrongPlanColumns,
    WrongPlanFieldCount,
    WrongPlanValue,
)
from gridpact.billing.invoices import Allocation
from gridpact.billing.plans import Plan, parse
from gridpact.billing.shares import Rest, Share
from gridpact.cli import words
from gridpact.errors import Problem

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
        (
            "agreement,kwh\n1,37.5%\n2,30000\n3,Rest\n",
            ".csv",
            Plan((Share(1, Decimal("37.5")), Allocation(2, 30_000), Rest(3))),
        ),
        (
            '[{"agreement":1,"kwh":"60 %"},{"agreement":2,"kwh":"rest"}]',
            ".json",
            Plan((Share(1, Decimal(60)), Rest(2))),
        ),
    ],
)
def test_taken(text: str, suffix: str, expected: Plan) -> None:
    assert parse(text.encode(), suffix) == expected


NOT_WHOLE, NOT_ENERGY, UNKNOWN = PlanFault.NOT_WHOLE, PlanFault.NOT_ENERGY, PlanFault.UNKNOWN


@pytest.mark.parametrize(
    ("text", "suffix", "problems"),
    [
        ("agreement,kwh\n", ".csv", [EmptyPlan()]),
        ("", ".csv", [WrongPlanColumns(("agreement", "kwh"))]),
        ("agreement,mwh\n1,2\n", ".csv", [WrongPlanColumns(("agreement", "kwh"))]),
        (
            "agreement,kwh\n1,-5\n2\n0,7\nx,1.5\n",
            ".csv",
            [
                WrongPlanValue(NOT_ENERGY, "kwh", line=2),
                WrongPlanFieldCount(line=3, found=1, expected=2),
                WrongPlanValue(NOT_WHOLE, "agreement", line=4),
                WrongPlanValue(NOT_WHOLE, "agreement", line=5),
                WrongPlanValue(NOT_ENERGY, "kwh", line=5),
            ],
        ),
        (
            "[[allocation]]\nagreement = 1\nkwh = 1.5\n",
            ".toml",
            [WrongPlanValue(NOT_ENERGY, "kwh", allocation=1)],
        ),
        (
            "[[allocation]]\nagreement = 1\nkwh = 5\n[[allocation]]\nkwh = 5\nprice = 3\n",
            ".toml",
            [
                WrongPlanValue(PlanFault.MISSING, "agreement", allocation=2),
                WrongPlanValue(UNKNOWN, "price", allocation=2),
            ],
        ),
        ("allocation = 5", ".toml", [WrongPlanValue(PlanFault.NOT_A_LIST, "allocation")]),
        (
            "total = 5",
            ".toml",
            [WrongPlanValue(PlanFault.MISSING, "allocation"), WrongPlanValue(UNKNOWN, "total")],
        ),
        ('{"allocation":[],"epoch":202602}', ".json", [EmptyPlan()]),
        ('{"allocation":[],"allocations":[]}', ".json", [WrongPlanValue(UNKNOWN, "allocations")]),
        (
            '{"allocation":[{"agreement":true,"kwh":5}]}',
            ".json",
            [WrongPlanValue(NOT_WHOLE, "agreement", allocation=1)],
        ),
        (
            '{"allocation":[{"agreement":1,"kwh":5}],"epoch":"202602"}',
            ".json",
            [WrongPlanValue(NOT_WHOLE, "epoch")],
        ),
        (
            "agreement,kwh\n1,rest\n2,101%\n3,0%\n4,%\n5,1e3%\n",
            ".csv",
            [WrongPlanValue(NOT_ENERGY, "kwh", line=line) for line in (3, 4, 5, 6)],
        ),
        ("agreement,kwh\n1,rest\n2,5\n3,rest\n", ".csv", [WrongPlanValue(PlanFault.SECOND_REST, "kwh", line=4)]),
        ("[3]", ".json", [WrongPlanValue(PlanFault.NOT_A_TABLE, allocation=1)]),
        ("7", ".json", [WrongPlanValue(PlanFault.NOT_A_TABLE)]),
        ("agreement,kwh\n1,2\n", ".xls", [UnknownPlanFormat(".xls", (".csv", ".toml", ".json"))]),
        ("agreement,kwh\n1,2\n", "", [UnknownPlanFormat("", (".csv", ".toml", ".json"))]),
    ],
)
def test_refused(text: str, suffix: str, problems: list[Problem]) -> None:
    with pytest.raises(PlanFileRefused) as caught:
        parse(text.encode(), suffix)
    assert list(caught.value.problems) == problems


@pytest.mark.parametrize(
    ("content", "suffix", "format_"),
    [(b"\xff", ".csv", "UTF-8"), (b'"a', ".csv", "CSV"), (b"{", ".json", "JSON"), (b"= 1", ".toml", "TOML")],
)
def test_refused_when_it_is_not_its_format(content: bytes, suffix: str, format_: str) -> None:
    with pytest.raises(PlanFileRefused) as caught:
        parse(content, suffix)
    (problem,) = caught.value.problems
    assert isinstance(problem, NotOfItsFormat)
    assert problem.format == format_


def test_what_is_wrong_is_told_line_by_line() -> None:
    with pytest.raises(PlanFileRefused) as caught:
        parse(b"agreement,kwh\n1,-5\n2\n", ".csv")
    assert words.refusal(caught.value).sentence == (
        "The plan has 2 problems:\n  line 2: kwh must be a whole number above 0, a percentage such as 40%, or rest\n"
        "  line 3: 1 field, but the header names 2"
    )
