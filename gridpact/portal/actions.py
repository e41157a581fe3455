"""What the pages' buttons do: each is an action of the library, built for whoever is connected."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgpack
from algosdk import encoding
from algosdk.transaction import LogicSigTransaction, MultisigTransaction, SignedTransaction, Transaction

from gridpact.billing import invoices
from gridpact.chain.call import Box
from gridpact.chain.errors import LedgerError
from gridpact.chain.keys import require_address
from gridpact.chain.node import as_dict
from gridpact.chain.outbox import of_long_ago
from gridpact.chain.sending import Sent, SignedGroup, was_refused
from gridpact.chain.signed import is_whole
from gridpact.chain.work import Work
from gridpact.cli import words
from gridpact.cli.words.names import DeploymentNames
from gridpact.deployment.record import Deployment
from gridpact.errors import GridPactError
from gridpact.portal import words as portal_words
from gridpact.portal.errors import FieldMissing, NotSignedGroup, NotWhole, UnknownAction
from gridpact.portal.site import Moment

MOST_TRANSACTIONS: Final = 16
SIGNED: Final = (SignedTransaction, MultisigTransaction, LogicSigTransaction)


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody filled in."""

    fields: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A field.

        Raises:
            FieldMissing: it is empty.
        """
        value = self.fields.get(name)
        if not isinstance(value, str) or not value.strip():
            raise FieldMissing(name)
        return value.strip()

    def whole(self, name: str) -> int:
        """A whole number.

        Raises:
            FieldMissing: it is empty.
            NotWhole: it is none.
        """
        return _whole(name, self.text(name))

    def address(self, name: str) -> str:
        """An address.

        Raises:
            FieldMissing: it is empty.
            NotAnAddress: it is none.
        """
        return require_address(self.text(name), name)

    def many(self, name: str) -> list[str]:
        """A field that may be given several times.

        Raises:
            FieldMissing: it is given nowhere.
        """
        value = self.fields.get(name)
        if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
            raise FieldMissing(name)
        return value

    def invoices(self) -> list[tuple[int, int]]:
        """The invoices that were chosen, as (agreement, epoch).

        Raises:
            FieldMissing, NotWhole: there are none.
        """
        pairs = []
        for name in self.many("invoices"):
            agreement, _, epoch = name.partition("/")
            pairs.append((_whole("invoices", agreement), _whole("invoices", epoch)))
        return pairs


type Action = Callable[[Deployment, str, Form], Work]


def _pay(deployment: Deployment, sender: str, form: Form) -> Work:
    return invoices.pay(deployment.billing, form.invoices(), sender)


ACTIONS: Final[dict[str, Action]] = {"pay": _pay}
"""By the last part of their address."""


def build(moment: Moment, name: str, fields: Mapping[str, Any]) -> dict[str, object]:
    """The unsigned groups of an action, simulated, and what they do in words.

    Args:
        moment: the chain.
        name: the action's.
        fields: what was filled in; `sender` is who is connected.

    Raises:
        GridPactError: it is refused.
    """
    action = ACTIONS.get(name)
    if action is None:
        raise UnknownAction(name)
    form = Form(fields)
    work = action(moment.deployment, form.address("sender"), form)
    paid: set[Box] = set()
    groups: list[list[Transaction]] = []
    for step in work.steps:
        # Later groups may stand on what the first one makes: only that one can be tried before it is sent.
        group = step.group
        groups.append(group.unsigned(paid) if groups else group.tried(paid)[0])
    return {
        "groups": [[_encoded(one) for one in group] for group in groups],
        "plans": [words.plan(effect) for effect in work.effects],
        "done": words.there(work.done, with_advice=False),
    }


def submit(moment: Moment, encoded: object) -> dict[str, object]:
    """Send a signed group on, and say how it stands. Posting it again is no second time: the ledger takes it once.

    Args:
        moment: the chain.
        encoded: the signed transactions, base64.

    Raises:
        NotSignedGroup: it is none.
    """
    group = signed_group(encoded)
    deployment = moment.deployment
    try:
        sent = _sent(moment, group)
    except GridPactError as error:
        if not was_refused(error) and not isinstance(error, LedgerError):
            raise
        told = portal_words.refusal(error)
        return {"state": "refused", "final": was_refused(error), "sentence": told.sentence, "advice": told.advice}
    if sent is None:
        return {"state": "sent"}
    told_ = words.told((), sent.events, DeploymentNames(deployment))
    return {"state": "confirmed", "round": sent.round, "told": told_}


def signed_group(encoded: object) -> SignedGroup:
    """The signed group that a page posted.

    Raises:
        NotSignedGroup: it is none.
    """
    if not isinstance(encoded, list) or not 1 <= len(encoded) <= MOST_TRANSACTIONS:
        raise NotSignedGroup
    try:
        transactions = tuple(encoding.msgpack_decode(_canonical(one)) for one in encoded)
    except Exception as error:  # algosdk passes whatever its decoders raise on bytes that are no transactions
        raise NotSignedGroup from error
    if not all(isinstance(one, SIGNED) for one in transactions):
        raise NotSignedGroup
    group = SignedGroup(transactions)
    if not is_whole(group):
        raise NotSignedGroup
    return group


def _sent(moment: Moment, group: SignedGroup) -> Sent | None:
    """How a group stands once it was sent; None while it waits."""
    connection, apps = moment.connection, moment.deployment.apps
    there = group.look(connection.algod, apps)
    if there is not None:
        return there
    if group.last_valid_round < moment.round:
        old = of_long_ago(connection, apps, group)
        if old is not None:
            return old
    group.send(connection.algod, apps)
    there = group.look(connection.algod, apps)
    if there is None:
        connection.algod.status_after_block(int(as_dict(connection.algod.status())["last-round"]))
        there = group.look(connection.algod, apps)
    return there


def _encoded(transaction: Transaction) -> str:
    return str(encoding.msgpack_encode(transaction))


def _canonical(text: object) -> str:
    """The same bytes; a text that is no base64 of one MessagePack object is refused."""
    if not isinstance(text, str):
        raise NotSignedGroup
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise NotSignedGroup from error
    msgpack.unpackb(content, raw=False)
    return text


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 20):
        raise NotWhole(name, text)
    return int(text)
