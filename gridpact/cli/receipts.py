"""What the offer book's commands say of a transaction, in the words and order that its users know."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from gridpact.chain.sending import Sent
from gridpact.chain.work import Step
from gridpact.cli.output import Answer

SUCCESS = "SUCCESS"


def receipt(
    title: str,
    sent: Sequence[tuple[Step, Sent]],
    details: Iterable[tuple[str, object]],
    document: Mapping[str, object],
    notes: Sequence[str] = (),
) -> Answer:
    """A headline, the transaction with its details, and notes.

    Args:
        title: what was done.
        sent: the groups; the last call of the last one is the transaction.
        details: names and values, in order.
        document: the same for programs.
        notes: what else happened.
    """
    tx_id = _last_call(sent[-1][1])
    body: list[RenderableType] = [
        f"✅ {title}",
        "",
        "📊 Transaction Details:",
        *lines([("Transaction ID", tx_id), ("Status", SUCCESS), *details]),
    ]
    if notes:
        body += ["", "💡 Note:", *(f"   - {note}" for note in notes)]
    return Answer({"transaction": tx_id, "status": SUCCESS, **document}, [*body, ""])


def lines(pairs: Iterable[tuple[str, object]]) -> list[str]:
    """Names and values, indented, one pair a line."""
    return [f"   {name}: {value}" for name, value in pairs]


def fields(sent: Sequence[tuple[Step, Sent]], name: str) -> dict[str, Any]:
    """The fields of the last event of a name; empty where there is none."""
    found: dict[str, Any] = {}
    for _, confirmed in sent:
        for event in confirmed.events:
            if event.name == name:
                found = dict(event.fields)
    return found


def _last_call(sent: Sent) -> str:
    calls = [
        tx_id
        for tx_id, confirmation in zip(sent.tx_ids, sent.confirmations, strict=True)
        if confirmation["txn"]["txn"]["type"] == "appl"
    ]
    return calls[-1]
