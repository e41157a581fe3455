"""What the pages' buttons do: each is an action of the library, built for whoever is connected."""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgpack
from algosdk import encoding
from algosdk.transaction import LogicSigTransaction, MultisigTransaction, SignedTransaction, Transaction

from gridpact.billing import agreements, invoices
from gridpact.billing.invoices import Allocation
from gridpact.chain.assets import asset as read_asset
from gridpact.chain.call import Box
from gridpact.chain.errors import LedgerError
from gridpact.chain.node import as_dict
from gridpact.chain.outbox import of_long_ago
from gridpact.chain.sending import Sent, SignedGroup, was_refused
from gridpact.chain.signed import is_whole
from gridpact.chain.specs import Contract
from gridpact.chain.work import Work
from gridpact.cli import words
from gridpact.cli.words.names import DeploymentNames
from gridpact.contracts.offer_book_layout import TradingTerms
from gridpact.deployment import governance
from gridpact.deployment.record import Deployment
from gridpact.errors import GridPactError
from gridpact.market import credit, offers
from gridpact.market.clearing import clear
from gridpact.market.read import Side
from gridpact.market.terms import set_terms
from gridpact.portal import words as portal_words
from gridpact.portal.errors import FieldMissing, NotSignedGroup, UnknownAction
from gridpact.portal.form import Form, whole
from gridpact.portal.site import Moment
from gridpact.production import actions as production
from gridpact.production.boxes import PROJECT
from gridpact.production.read import Quality
from gridpact.production.readings.files import Options, parse
from gridpact.production.readings.options import FillGaps
from gridpact.production.readings.profile import load
from gridpact.production.readings.typed import TypedReading, typed
from gridpact.revenue import distribution, issuance
from gridpact.units import ALGO, EUR_DECIMALS, KW_TOKEN_DECIMALS, base_units

MOST_TRANSACTIONS: Final = 16
KWH_DECIMALS: Final = 3
"""Of energy that is typed in kWh: down to the Wh."""
SIGNED: Final = (SignedTransaction, MultisigTransaction, LogicSigTransaction)


type Action = Callable[[Deployment, str, Form], Work]

ALL: Final = tuple(Contract)


def _invoices(form: Form) -> list[tuple[int, int]]:
    """The invoices that were chosen, as (agreement, epoch)."""
    pairs = (name.partition("/") for name in form.many("invoices"))
    return [(whole("invoices", agreement), whole("invoices", epoch)) for agreement, _, epoch in pairs]


# --- production -------------------------------------------------------------------------------------------------------


def _record(deployment: Deployment, sender: str, form: Form) -> Work:
    epoch = form.whole_or("epoch", 0) or None
    gaps = form.given("fill_gaps")
    profile = load(form.file("profile")) if form.given("profile") else None
    options = Options(profile, fill_gaps=FillGaps(gaps) if gaps in set(FillGaps) else None)
    readings = parse(form.file("file"), epoch, options)
    return production.record(deployment.production, sender, readings, register=form.is_on("register"))


def _record_typed(deployment: Deployment, sender: str, form: Form) -> Work:
    quality = Quality(form.text("quality")) if form.given("quality") in set(Quality) else Quality.ACTUAL
    rows = [
        TypedReading(label, base_units(kwh.replace(",", ""), KWH_DECIMALS, "energy"), quality)
        for label, kwh in zip(form.many("meter"), form.many("kwh"), strict=False)
        if label and kwh
    ]
    if not rows:
        raise FieldMissing("kwh")
    readings = typed(form.whole("epoch"), rows)
    return production.record(deployment.production, sender, readings, register=form.is_on("register"))


def _finalize(deployment: Deployment, sender: str, form: Form) -> Work:
    expected = form.units_or("expected_kwh", KWH_DECIMALS, -1)
    return production.finalize(deployment.production, sender, form.whole("epoch"), None if expected < 0 else expected)


# --- billing ----------------------------------------------------------------------------------------------------------


def _pay(deployment: Deployment, sender: str, form: Form) -> Work:
    return invoices.pay(deployment.billing, _invoices(form), sender)


def _agree(deployment: Deployment, sender: str, form: Form) -> Work:
    asset = read_asset(deployment.connection.algod, form.whole_or("asset", 0))
    wanted = agreements.terms(
        buyer=form.address("buyer"),
        treasury=form.address("treasury"),
        price_per_kwh=form.units("price", asset.decimals),
        first_epoch=form.whole("first_epoch"),
        last_epoch=form.whole("last_epoch"),
        asset_id=asset.asset_id,
        cap_kwh=form.whole_or("cap_kwh", 0),
        due_day=form.whole_or("due_day", 15),
    )
    return agreements.create(deployment.billing, sender, wanted)


def _end(deployment: Deployment, sender: str, form: Form) -> Work:
    return agreements.end(deployment.billing, sender, form.whole("agreement"), form.whole("last_epoch"))


def _allocate(deployment: Deployment, sender: str, form: Form) -> Work:
    plan = [Allocation(form.whole("agreement"), form.whole("kwh"))]
    expected = form.whole_or("expected_kwh", -1)
    return invoices.allocate(
        deployment.billing,
        deployment.production,
        sender,
        form.whole("epoch"),
        plan,
        None if expected < 0 else expected,
    )


def _void(deployment: Deployment, sender: str, form: Form) -> Work:
    (pair,) = _invoices(form)[:1]
    return invoices.void(deployment.billing, sender, *pair, form.text("reason"))


# --- revenue ----------------------------------------------------------------------------------------------------------


def _bootstrap(deployment: Deployment, sender: str, _form: Form) -> Work:
    return issuance.bootstrap(deployment.revenue, sender)


def _opt_in(deployment: Deployment, sender: str, _form: Form) -> Work:
    return issuance.opt_in(deployment.revenue, sender)


def _issue(deployment: Deployment, sender: str, form: Form) -> Work:
    return issuance.issue(deployment.revenue, sender, form.address("holder"), form.units("kw", KW_TOKEN_DECIMALS))


def _close_issuance(deployment: Deployment, sender: str, _form: Form) -> Work:
    return issuance.close_issuance(deployment.revenue, sender)


def _deposit(deployment: Deployment, sender: str, form: Form) -> Work:
    amount = form.units("amount", ALGO.decimals)
    return distribution.deposit(deployment.revenue, deployment.production, sender, form.whole("epoch"), amount)


def _claim(deployment: Deployment, sender: str, form: Form) -> Work:
    deposit_id = form.whole_or("deposit", 0)
    return distribution.claim(deployment.revenue, sender, [sender], [deposit_id] if deposit_id else None)


# --- market -----------------------------------------------------------------------------------------------------------


def _offer(deployment: Deployment, sender: str, form: Form) -> Work:
    return offers.create_offer(deployment.market, sender, form.whole("amount_wh"), form.units("price", EUR_DECIMALS))


def _buy_offer(deployment: Deployment, sender: str, form: Form) -> Work:
    price = form.units("max_price", EUR_DECIMALS)
    return offers.create_buy_offer(deployment.market, sender, form.whole("amount_wh"), price)


def _cancel(deployment: Deployment, sender: str, form: Form) -> Work:
    side = Side.SELL if form.text("side") == Side.SELL.name.lower() else Side.BUY
    return offers.cancel(deployment.market, sender, deployment.market.existing(side, form.whole("offer")))


def _terms(deployment: Deployment, sender: str, form: Form) -> Work:
    terms = TradingTerms(
        min_sell_price=form.units_or("min_sell_price", EUR_DECIMALS, 0),
        sell_wh=form.whole_or("sell_wh", 0),
        max_buy_price=form.units_or("max_buy_price", EUR_DECIMALS, 0),
        buy_wh=form.whole_or("buy_wh", 0),
        expiry_ts=0,
    )
    return set_terms(deployment.market, sender, terms)


def _match(deployment: Deployment, sender: str, _form: Form) -> Work:
    return clear(deployment.market, sender)


def _register(deployment: Deployment, sender: str, form: Form) -> Work:
    producer = form.address("producer") if form.given("producer") else PROJECT
    capacity = form.units_or("capacity_kw", KW_TOKEN_DECIMALS, 0)
    return production.register_meter(deployment.production, sender, form.text("label"), capacity, producer)


def _mint(deployment: Deployment, sender: str, form: Form) -> Work:
    meter = credit.producer_meter(deployment.production, form.text("label"))
    return credit.mint(
        deployment.market,
        deployment.production,
        sender,
        meter,
        form.whole("amount_wh"),
        epoch_id=form.whole("epoch"),
    )


# --- governance -------------------------------------------------------------------------------------------------------


def _set_operator(deployment: Deployment, sender: str, form: Form) -> Work:
    return governance.set_operator(deployment, sender, ALL, form.address("operator"))


def _propose_admin(deployment: Deployment, sender: str, form: Form) -> Work:
    return governance.propose_admin(deployment, sender, ALL, form.address("admin"))


def _accept_admin(deployment: Deployment, sender: str, _form: Form) -> Work:
    return governance.accept_admin(deployment, sender, ALL)


def _pause(deployment: Deployment, sender: str, _form: Form) -> Work:
    return governance.pause(deployment, sender, ALL)


def _unpause(deployment: Deployment, sender: str, _form: Form) -> Work:
    return governance.unpause(deployment, sender, ALL)


ACTIONS: Final[dict[str, Action]] = {
    "record": _record,
    "record-typed": _record_typed,
    "finalize": _finalize,
    "pay": _pay,
    "agree": _agree,
    "end": _end,
    "allocate": _allocate,
    "void": _void,
    "bootstrap": _bootstrap,
    "opt-in": _opt_in,
    "issue": _issue,
    "close-issuance": _close_issuance,
    "deposit": _deposit,
    "claim": _claim,
    "offer": _offer,
    "buy-offer": _buy_offer,
    "cancel": _cancel,
    "terms": _terms,
    "match": _match,
    "register": _register,
    "mint": _mint,
    "set-operator": _set_operator,
    "propose-admin": _propose_admin,
    "accept-admin": _accept_admin,
    "pause": _pause,
    "unpause": _unpause,
}
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
