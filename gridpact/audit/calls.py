"""A call and what it told fit together: it logs the events of its method, and they repeat what it was asked for."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from gridpact.audit.findings import Findings, Kind, Rule, Subject
from gridpact.audit.past import Call
from gridpact.history.events import Event

RETURNED: Final = bytes.fromhex("151f7c75")
"""Before the value that a method returns."""
WHATEVER_IS_THERE: Final = 2**64 - 1
"""An argument that names no amount: all that remains, or any total."""
REPLACES_THE_PROGRAM: Final = ("update", "delete")

ASKED_AS: Final = {
    "kwh": "kWhAmount",
    "proposedAdmin": "newAdmin",
    "operator": "newOperator",
    "netAmountMicroalgo": "netAmount",
    "kwhReceiptApp": "kwhReceiptId",
    "holder": "to",
}
"""Fields of events that methods take under another name."""
SIDES: Final = {"Offer": "sellId", "BuyOffer": "buyId"}
"""What a match of both sides calls the offer of an event whose name begins so."""
OF_ANOTHER_OFFER: Final = ("OfferCreated", "BuyOfferCreated")
"""In a match these tell of what is left of an offer, of which the call says nothing."""


def check_call(findings: Findings, call: Call) -> None:
    """Compare a call with the events that it logged itself.

    Args:
        findings: takes what does not fit.
        call: with its events.
    """
    app = Subject(Kind.APP, call.contract)
    replaces = call.transaction.on_completion in REPLACES_THE_PROGRAM
    findings.expect(
        Rule.PROGRAM, app, "call", "noop", call.transaction.on_completion if replaces else "noop", call.place
    )
    if replaces:
        return
    if not findings.expect(
        Rule.CALL, app, "a method of it", expected=True, found=call.method is not None, place=call.place
    ):
        return
    assert call.method is not None
    told = Counter(event.name for event in call.events)
    lines = sum(not log.startswith(RETURNED) for log in call.transaction.logs)
    findings.expect(Rule.CALL, app, f"events of {call.method.name}", lines, told.total(), call.place)
    beside = [name for name, count in told.items() if count > 1 or name not in call.method.events]
    findings.expect(Rule.CALL, app, f"beside the events of {call.method.name}", [], beside, call.place)
    first = call.method.events[:1]
    findings.expect(Rule.CALL, app, f"first event of {call.method.name}", first, tuple(told)[:1], call.place)
    for event in call.events:
        for field, asked in _asked(call, event):
            found = event.fields[field]
            subject = Subject(Kind.EVENT, f"{call.contract} {event.name}")
            findings.expect(Rule.CALL, subject, field, asked, found, call.place, event.epoch_id)


def _asked(call: Call, event: Event) -> Iterator[tuple[str, object]]:
    """The fields that a call's arguments decide."""
    assert call.method is not None
    if event.name in OF_ANOTHER_OFFER and event.name != call.method.events[0]:
        return
    if event.name != call.method.events[0] and "toEpochId" in call.arguments:
        return  # the invoice that a credit has paid
    for field in event.fields:
        for name in (field, ASKED_AS.get(field, field), _side(event) if field == "offerId" else field):
            if name in call.arguments and call.arguments[name] != WHATEVER_IS_THERE:
                yield field, call.arguments[name]


def _side(event: Event) -> str:
    return SIDES["BuyOffer" if event.name.startswith("BuyOffer") else "Offer"]
