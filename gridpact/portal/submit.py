"""Sends what the wallet has signed, and says how it stands."""

import base64
import binascii
from typing import Final

import msgpack
from algosdk import encoding
from algosdk.transaction import LogicSigTransaction, MultisigTransaction, SignedTransaction

from gridpact.chain.errors import LedgerError
from gridpact.chain.node import as_dict
from gridpact.chain.outbox import of_long_ago
from gridpact.chain.sending import Sent, SignedGroup, was_refused
from gridpact.chain.signed import is_whole
from gridpact.cli import words
from gridpact.cli.words.names import DeploymentNames
from gridpact.errors import GridPactError
from gridpact.portal import words as portal_words
from gridpact.portal.errors import NotSignedGroup
from gridpact.portal.evidence import HELD
from gridpact.portal.site import Moment

MOST_TRANSACTIONS: Final = 16
SIGNED: Final = (SignedTransaction, MultisigTransaction, LogicSigTransaction)


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
    try:
        HELD.keep_named(moment.connection, sent.events)
    except GridPactError as error:
        # It is done all the same: only the text behind its hash is kept nowhere.
        told_.append(portal_words.not_kept(error))
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
