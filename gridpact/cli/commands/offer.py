"""`gridpact offer` and `gridpact buy-offer`, and their eight commands under their own names."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import RenderableType

from gridpact import units as fmt
from gridpact.addresses import AddressBook
from gridpact.chain.keys import Role
from gridpact.chain.sending import Sent
from gridpact.chain.work import Step, Work
from gridpact.cli import completion
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer
from gridpact.cli.receipts import fields, lines, receipt
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.values import ID_OPTION, FileContent, parser, whole_number
from gridpact.cli.words.market import terms
from gridpact.market import offer_file, offers
from gridpact.market.read import Counters, Offer, Side, Status
from gridpact.units import EUR_DECIMALS, base_units

PANEL: Final = "Offer book, by the commands' own names"
DEFAULT_LIMIT: Final = 50
SELL_STATISTICS: Final = ("📈 Offer Statistics:", "Total Offers", "Active Offers")
BUY_STATISTICS: Final = ("📈 Buy Offer Statistics:", "Total Buy Offers", "Active Buy Offers")

WH: Final[dict[str, Any]] = {"parser": parser(whole_number), "metavar": "WH"}
UNITS: Final[dict[str, Any]] = {"parser": parser(whole_number), "metavar": "UNITS"}
EUR: Final[dict[str, Any]] = {"parser": parser(lambda text: base_units(text, EUR_DECIMALS, "price")), "metavar": "EUR"}
COUNT: Final[dict[str, Any]] = {"parser": parser(whole_number), "metavar": "NUMBER"}

SELL_OFFER: Final[dict[str, Any]] = {**ID_OPTION, "autocompletion": completion.sell_offers}
BUY_OFFER: Final[dict[str, Any]] = {**ID_OPTION, "autocompletion": completion.buy_offers}

OfferId = Annotated[int, typer.Option("--offer-id", envvar="OFFER_ID", help="The sell offer.", **SELL_OFFER)]
BuyOfferId = Annotated[int, typer.Option("--offer-id", envvar="BUY_OFFER_ID", help="The buy offer.", **BUY_OFFER)]
MatchWh = Annotated[
    int,
    typer.Option("--amount-wh", envvar="MATCH_AMOUNT_WH", help="Energy to match, at most the offer's.", **WH),
]
Offset = Annotated[int, typer.Option("--offset", envvar="OFFSET", help="Matching offers to pass over.", **COUNT)]
Limit = Annotated[int, typer.Option("--limit", envvar="LIMIT", help="Matching offers to show.", **COUNT)]
Consent = Annotated[
    bool,
    typer.Option(
        "--consent",
        help="On a LocalNet, whose wallets are everybody's: let the other side set terms that allow this match first, "
        "in the same group.",
    ),
]
OfferFile = Annotated[
    FileContent,
    typer.Argument(
        parser=lambda text: FileContent(Path(text)), metavar="FILE", help="CSV, TOML or JSON: amount_wh,price."
    ),
]
Batch = Annotated[str, typer.Option("--batch", metavar="NAME", help="Tells imports of the same file apart.")]
EXPIRY: Final[dict[str, Any]] = {"metavar": "UNIX-TIME", "min": 0}
Expiry = Annotated[
    int, typer.Option("--expiry-ts", help="The last second in which it may be matched; 0 for no end.", **EXPIRY)
]
Maker = Annotated[
    str | None, typer.Option("--account", metavar="ACCOUNT", help="Whose offer, and who signs; by default the key's.")
]


class SellQuery(StrEnum):
    """Which sell offers."""

    ACTIVE = "active"
    SELLER = "seller"
    ALL = "all"


class BuyQuery(StrEnum):
    """Which buy offers."""

    ACTIVE = "active"
    BUYER = "buyer"
    ALL = "all"


def add_to(app: typer.Typer) -> None:
    """Add the commands: under their nouns, and under their own names."""
    sell = typer.Typer(cls=Noun, help="Sell offers: energy for sale.", no_args_is_help=True)
    buy = typer.Typer(cls=Noun, help="Buy offers: energy wanted.", no_args_is_help=True)
    for place, name, panel in ((sell, "{}", None), (app, "{}:offer", PANEL)):
        writes(place, name.format("create"), Role.PRODUCER, created, panel=panel)(create)
        writes(place, name.format("match"), Role.OPERATOR, matched, panel=panel)(match)
        writes(place, name.format("cancel"), Role.PRODUCER, cancelled, panel=panel)(cancel)
    writes(sell, "import", Role.PRODUCER)(import_offers)
    reads(sell, "query")(query)
    reads(app, "query:offers", panel=PANEL)(query)
    writes(sell, "prune", Role.PRODUCER)(prune)
    for place, name, panel in ((buy, "{}", None), (app, "{}:buy-offer", PANEL)):
        writes(place, name.format("create"), Role.CONSUMER, buy_created, panel=panel)(create_buy)
        writes(place, name.format("match"), Role.OPERATOR, buy_matched, panel=panel)(match_buy)
        writes(place, name.format("cancel"), Role.CONSUMER, buy_cancelled, panel=panel)(cancel_buy)
    writes(buy, "import", Role.CONSUMER)(import_buy_offers)
    reads(buy, "query")(query_buy)
    reads(app, "query:buy-offers", panel=PANEL)(query_buy)
    writes(buy, "prune", Role.CONSUMER)(prune_buy)
    app.add_typer(sell, name="offer")
    app.add_typer(buy, name="buy-offer")


# --- sell offers ------------------------------------------------------------------------------------------------------


def create(
    session: Session,
    amount_wh: Annotated[int, typer.Option("--amount-wh", envvar="OFFER_AMOUNT_WH", help="Energy to sell.", **WH)],
    price_units: Annotated[
        int | None,
        typer.Option(
            "--price-per-kwh",
            envvar="OFFER_PRICE_PER_KWH",
            help="EUR per kWh with 8 decimals: 15000000 is 0.15.",
            **UNITS,
        ),
    ] = None,
    price: Annotated[
        int | None, typer.Option("--price", help="The price in EUR per kWh, as 0.15; goes before the other.", **EUR)
    ] = None,
    expiry_ts: Expiry = 0,
    account: Maker = None,
) -> Work:
    """Create a sell offer and lock its energy. Producers only. Each run creates another one.

    Example: OFFER_AMOUNT_WH=1000 OFFER_PRICE_PER_KWH=15000000 gridpact create:offer
    """
    units = _one_price(price, price_units, "--price", "OFFER_PRICE_PER_KWH")
    seller = session.own_account(Role.PRODUCER, account)
    return offers.create_offer(session.deployment.market, seller, amount_wh, units, expiry_ts)


def created(_work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What `create` did."""
    event = fields(sent, "OfferCreated")
    details = [
        ("Seller", event["seller"]),
        ("Amount", fmt.energy_wh(event["amountWh"])),
        ("Price", fmt.eur_price(event["pricePerKwh"])),
        ("Offer ID", event["offerId"]),
    ]
    document = {"offer_id": event["offerId"], "seller": event["seller"]} | _figures(event, "pricePerKwh")
    return receipt("Energy offer created successfully!", sent, details, document)


def import_offers(
    session: Session,
    file: OfferFile,
    batch: Batch = "",  # noqa: ARG001 - it makes the command another one
    account: Maker = None,
) -> Work:
    """Create the sell offers of a file, many at once: columns amount_wh and price, in EUR per kWh.

    A file is imported once: the same bytes of the same maker, run again, go on where they were cut off, and then do
    nothing. --batch tells several imports of one file apart.

    Example: gridpact offer import offers.csv --batch 2026-02-14
    """
    return _import(session, Side.SELL, Role.PRODUCER, file, account)


def match(
    session: Session,
    offer_id: OfferId,
    buyer: Annotated[
        str, typer.Option("--buyer", envvar="BUYER_ADDRESS", metavar="ACCOUNT", help="Who gets the energy.")
    ],
    amount_wh: MatchWh,
    consent: Consent = False,
) -> Work:
    """Sell energy of an offer to a buyer whose trading terms allow it. The operator signs.

    Less than the whole offer opens a new offer with the rest. A match closes the offer that it names: run again, it is
    refused.

    Example: OFFER_ID=0 BUYER_ADDRESS=CONSUMER MATCH_AMOUNT_WH=500 gridpact match:offer
    """
    deployment = session.deployment
    sender = session.sender(deployment.market.state().roles.operator)
    other = session.account(buyer, "buyer")
    consents = consent and session.may_sign(other, Role.CONSUMER)
    return offers.match_offer(deployment.market, sender, offer_id, other, amount_wh, consents=consents)


def matched(_work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What `match` did."""
    event = fields(sent, "OfferMatched")
    child = fields(sent, "OfferCreated")
    details = [
        ("Offer ID", event["offerId"]),
        ("Buyer", event["buyer"]),
        ("Matched Amount", fmt.energy_wh(event["amountWh"])),
        ("Price", fmt.eur_price(event["pricePerKwh"])),
    ]
    document = {
        "offer_id": event["offerId"],
        "seller": event["seller"],
        "buyer": event["buyer"],
        **_figures(event, "pricePerKwh"),
        **_child(child),
    }
    notes = [*_match_notes("offer", "Offer", child), *_consent_note(sent, "buyer")]
    return receipt("Energy offer matched successfully!", sent, details, document, notes)


def cancel(session: Session, offer_id: OfferId) -> Work:
    """Cancel a sell offer: its energy is free again. Its seller signs, or with the operator's key the operator.

    Example: OFFER_ID=0 gridpact cancel:offer
    """
    return _cancel(session, Side.SELL, offer_id)


def cancelled(work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What `cancel` did."""
    event = fields(sent, "OfferCancelled")
    details = [("Offer ID", event["offerId"]), ("Caller", work.sender)]
    document = {"offer_id": event["offerId"], "caller": work.sender, "seller": event["seller"]}
    return receipt(
        "Energy offer cancelled successfully!",
        sent,
        details,
        document | _amount(event),
        [f"{fmt.energy_wh(event['amountWh'])} are no longer locked"],
    )


def query(
    session: Session,
    offer_id: Annotated[
        int | None, typer.Option("--offer-id", envvar="OFFER_ID", help="Only this offer.", **SELL_OFFER)
    ] = None,
    kind: Annotated[
        SellQuery | None,
        typer.Option(
            "--type",
            envvar="QUERY_TYPE",
            metavar="active|seller|all",
            help="active (by default), all of one seller, or all: the history.",
            show_choices=False,
            case_sensitive=False,
        ),
    ] = None,
    seller: Annotated[
        str | None,
        typer.Option(
            "--seller", envvar="SELLER_ADDRESS", metavar="ACCOUNT", help="Only this seller's; with --type seller yours."
        ),
    ] = None,
    offset: Offset = 0,
    limit: Limit = DEFAULT_LIMIT,
) -> Answer:
    """Show sell offers. Offset and limit count the offers that match.

    Examples: gridpact query:offers; QUERY_TYPE=seller SELLER_ADDRESS=PRODUCER gridpact query:offers
    """
    maker = _maker(session, seller, Role.PRODUCER, is_own=kind is SellQuery.SELLER)
    is_active = kind in (None, SellQuery.ACTIVE)
    return _query(session, Side.SELL, offer_id, maker, is_active=is_active, offset=offset, limit=limit)


def prune(
    session: Session,
    offer_ids: Annotated[list[int], typer.Argument(help="The offers.", **ID_OPTION)],
    payer: Annotated[
        str | None, typer.Option("--payer", metavar="ACCOUNT", help="Who signs and pays the fees.")
    ] = None,
) -> Work:
    """Remove the records of closed sell offers. Anybody may; the makers get their storage deposits back.

    Example: gridpact offer prune 0 1
    """
    return offers.prune(session.deployment.market, session.own_account(Role.PRODUCER, payer), Side.SELL, offer_ids)


# --- buy offers -------------------------------------------------------------------------------------------------------


def create_buy(
    session: Session,
    amount_wh: Annotated[int, typer.Option("--amount-wh", envvar="BUY_OFFER_AMOUNT_WH", help="Energy to buy.", **WH)],
    price_units: Annotated[
        int | None,
        typer.Option(
            "--max-price-per-kwh",
            envvar="BUY_OFFER_MAX_PRICE_PER_KWH",
            help="The most to pay, EUR per kWh with 8 decimals: 20000000 is 0.20.",
            **UNITS,
        ),
    ] = None,
    price: Annotated[
        int | None,
        typer.Option("--max-price", help="The most to pay in EUR per kWh, as 0.20; goes before the other.", **EUR),
    ] = None,
    expiry_ts: Expiry = 0,
    account: Maker = None,
) -> Work:
    """Create a buy offer. Anybody may, and nothing is locked. Each run creates another one.

    Example: BUY_OFFER_AMOUNT_WH=1000 BUY_OFFER_MAX_PRICE_PER_KWH=20000000 gridpact create:buy-offer
    """
    units = _one_price(price, price_units, "--max-price", "BUY_OFFER_MAX_PRICE_PER_KWH")
    buyer = session.own_account(Role.CONSUMER, account)
    return offers.create_buy_offer(session.deployment.market, buyer, amount_wh, units, expiry_ts)


def buy_created(_work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What `create_buy` did."""
    event = fields(sent, "BuyOfferCreated")
    details = [
        ("Buyer", event["buyer"]),
        ("Amount", fmt.energy_wh(event["amountWh"])),
        ("Max Price", fmt.eur_price(event["maxPricePerKwh"])),
        ("Buy Offer ID", event["offerId"]),
    ]
    document = {"buy_offer_id": event["offerId"], "buyer": event["buyer"]} | _figures(event, "maxPricePerKwh")
    return receipt("Energy buy offer created successfully!", sent, details, document)


def import_buy_offers(
    session: Session,
    file: OfferFile,
    batch: Batch = "",  # noqa: ARG001 - it makes the command another one
    account: Maker = None,
) -> Work:
    """Create the buy offers of a file, many at once: columns amount_wh and price, the most to pay in EUR per kWh.

    A file is imported once: the same bytes of the same maker, run again, go on where they were cut off, and then do
    nothing. --batch tells several imports of one file apart.

    Example: gridpact buy-offer import wanted.csv --batch 2026-02-14
    """
    return _import(session, Side.BUY, Role.CONSUMER, file, account)


def match_buy(
    session: Session,
    offer_id: BuyOfferId,
    seller: Annotated[
        str, typer.Option("--seller", envvar="SELLER_ADDRESS", metavar="ACCOUNT", help="Who gives the energy.")
    ],
    amount_wh: MatchWh,
    consent: Consent = False,
) -> Work:
    """Serve a buy offer from a seller whose trading terms allow it, at that seller's price. The operator signs.

    Less than the whole offer opens a new offer with the rest. A match closes the offer that it names: run again, it is
    refused.

    Example: BUY_OFFER_ID=0 SELLER_ADDRESS=PRODUCER MATCH_AMOUNT_WH=500 gridpact match:buy-offer
    """
    deployment = session.deployment
    sender = session.sender(deployment.market.state().roles.operator)
    other = session.account(seller, "seller")
    consents = consent and session.may_sign(other, Role.PRODUCER)
    return offers.match_buy_offer(deployment.market, sender, offer_id, other, amount_wh, consents=consents)


def buy_matched(_work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What `match_buy` did."""
    event = fields(sent, "BuyOfferMatched")
    child = fields(sent, "BuyOfferCreated")
    details = [
        ("Buy Offer ID", event["offerId"]),
        ("Seller", event["seller"]),
        ("Matched Amount", fmt.energy_wh(event["amountWh"])),
        ("Price", fmt.eur_price(event["pricePerKwh"])),
    ]
    document = {
        "buy_offer_id": event["offerId"],
        "buyer": event["buyer"],
        "seller": event["seller"],
        **_figures(event, "pricePerKwh"),
        **_child(child),
    }
    notes = [*_match_notes("buy offer", "Buy Offer", child), *_consent_note(sent, "seller")]
    return receipt("Energy buy offer matched successfully!", sent, details, document, notes)


def cancel_buy(session: Session, offer_id: BuyOfferId) -> Work:
    """Cancel a buy offer. Its buyer signs, or with the operator's key the operator.

    Example: BUY_OFFER_ID=0 gridpact cancel:buy-offer
    """
    return _cancel(session, Side.BUY, offer_id)


def buy_cancelled(work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What `cancel_buy` did."""
    event = fields(sent, "BuyOfferCancelled")
    details = [("Buy Offer ID", event["offerId"]), ("Caller", work.sender)]
    document = {"buy_offer_id": event["offerId"], "caller": work.sender, "buyer": event["buyer"]}
    return receipt("Energy buy offer cancelled successfully!", sent, details, document | _amount(event))


def query_buy(
    session: Session,
    offer_id: Annotated[
        int | None, typer.Option("--offer-id", envvar="BUY_OFFER_ID", help="Only this offer.", **BUY_OFFER)
    ] = None,
    kind: Annotated[
        BuyQuery | None,
        typer.Option(
            "--type",
            envvar="QUERY_TYPE",
            metavar="active|buyer|all",
            help="active (by default), all of one buyer, or all: the history.",
            show_choices=False,
            case_sensitive=False,
        ),
    ] = None,
    buyer: Annotated[
        str | None,
        typer.Option(
            "--buyer", envvar="BUYER_ADDRESS", metavar="ACCOUNT", help="Only this buyer's; with --type buyer yours."
        ),
    ] = None,
    offset: Offset = 0,
    limit: Limit = DEFAULT_LIMIT,
) -> Answer:
    """Show buy offers. Offset and limit count the offers that match.

    Examples: gridpact query:buy-offers; QUERY_TYPE=buyer BUYER_ADDRESS=CONSUMER gridpact query:buy-offers
    """
    maker = _maker(session, buyer, Role.CONSUMER, is_own=kind is BuyQuery.BUYER)
    is_active = kind in (None, BuyQuery.ACTIVE)
    return _query(session, Side.BUY, offer_id, maker, is_active=is_active, offset=offset, limit=limit)


def prune_buy(
    session: Session,
    offer_ids: Annotated[list[int], typer.Argument(help="The offers.", **ID_OPTION)],
    payer: Annotated[
        str | None, typer.Option("--payer", metavar="ACCOUNT", help="Who signs and pays the fees.")
    ] = None,
) -> Work:
    """Remove the records of closed buy offers. Anybody may; the makers get their storage deposits back.

    Example: gridpact buy-offer prune 0 1
    """
    return offers.prune(session.deployment.market, session.own_account(Role.CONSUMER, payer), Side.BUY, offer_ids)


# --- both sides -------------------------------------------------------------------------------------------------------


def _one_price(price: int | None, units: int | None, option: str, variable: str) -> int:
    """The price that was named: as EUR, else in the smallest units.

    Raises:
        typer.BadParameter: none was.
    """
    named = units if price is None else price
    if named is None:
        msg = f"Name the price with {option} or {option}-per-kwh, or set {variable}."
        raise typer.BadParameter(msg)
    return named


def _import(session: Session, side: Side, role: Role, file: FileContent, account: str | None) -> Work:
    rows = offer_file.parse(file.content, file.path.suffix)
    return offers.create_all(session.deployment.market, side, session.own_account(role, account), rows, session.landed)


def _cancel(session: Session, side: Side, offer_id: int) -> Work:
    deployment = session.deployment
    offer = deployment.market.existing(side, offer_id)
    return offers.cancel(deployment.market, session.sender(offer.maker), offer)


def _maker(session: Session, named: str | None, role: Role, *, is_own: bool) -> str | None:
    """Whose offers are asked for; None for everybody's."""
    return session.own_account(role, named) if named is not None or is_own else None


def _query(
    session: Session, side: Side, offer_id: int | None, maker: str | None, *, is_active: bool, offset: int, limit: int
) -> Answer:
    reader = session.deployment.market
    counters = reader.state()
    if offer_id is not None:
        return _listed(session.book, side, [reader.existing(side, offer_id)], counters, "", offset=0, more=False)
    matching: Iterator[Offer] = reader.offers(side)
    if maker is not None:
        matching = (offer for offer in matching if offer.maker == maker)
    if is_active:
        matching = (offer for offer in matching if offer.status is Status.ACTIVE)
    found = list(islice(matching, offset, offset + limit + 1))
    kind = "active " if is_active else ""
    return _listed(session.book, side, found[:limit], counters, kind, offset=offset, more=len(found) > limit)


def _listed(
    book: AddressBook, side: Side, shown: Sequence[Offer], counters: Counters, kind: str, *, offset: int, more: bool
) -> Answer:
    noun = "offer" if side is Side.SELL else "buy offer"
    title, total, active = SELL_STATISTICS if side is Side.SELL else BUY_STATISTICS
    where = f", from number {offset + 1} on" if offset else ""
    body: list[RenderableType] = [f"📊 Found {len(shown)} {kind}{noun}{'' if len(shown) == 1 else 's'}{where}:"]
    for number, offer in enumerate(shown, offset + 1):
        body += ["", f"--- {noun.title()} #{number} ---", *lines(_offer_lines(book, offer))]
    if more:
        body += ["", f"More follow: OFFSET={offset + len(shown)}"]
    body += ["", title, *lines([(total, counters.total(side)), (active, counters.active(side))])]
    document = {
        "offers": [offer_document(offer) for offer in shown],
        "offset": offset,
        "more": more,
        "total_offers": counters.total(side),
        "active_offers": counters.active(side),
    }
    return Answer(document, body)


def _offer_lines(book: AddressBook, offer: Offer) -> list[tuple[str, object]]:
    is_sell = offer.side is Side.SELL
    shown: list[tuple[str, object]] = [
        ("Offer ID" if is_sell else "Buy Offer ID", offer.offer_id),
        ("Seller" if is_sell else "Buyer", book.both(offer.maker)),
        ("Amount", fmt.energy_wh(offer.amount_wh)),
        (
            "Price" if is_sell else "Max Price",
            f"{fmt.eur_price(offer.price_per_kwh)} ({offer.price_per_kwh} smallest units)",
        ),
        ("Timestamp", fmt.iso(offer.since_ts)),
        ("Status", offer.status.value),
    ]
    if offer.expiry_ts:
        shown.append(("Expires", fmt.iso(offer.expiry_ts)))
    if offer.matched_wh:
        shown.append(("Matched", fmt.energy_wh(offer.matched_wh)))
    if offer.child_id is not None:
        shown.append(("New Offer ID" if is_sell else "New Buy Offer ID", offer.child_id))
    return shown


def offer_document(offer: Offer) -> dict[str, object]:
    """An offer for programs."""
    is_sell = offer.side is Side.SELL
    return {
        "offer_id" if is_sell else "buy_offer_id": offer.offer_id,
        "seller" if is_sell else "buyer": offer.maker,
        "amount_wh": offer.amount_wh,
        "amount_text": fmt.energy_wh(offer.amount_wh),
        "price_per_kwh" if is_sell else "max_price_per_kwh": offer.price_per_kwh,
        "price_text": fmt.eur_price(offer.price_per_kwh),
        "since_ts": offer.since_ts,
        "timestamp": fmt.iso(offer.since_ts),
        "status": offer.status.value,
        "matched_wh": offer.matched_wh,
        "child_id": offer.child_id,
        "is_child": offer.is_child,
        "expiry_ts": offer.expiry_ts,
    }


def _amount(event: dict[str, Any]) -> dict[str, object]:
    return {"amount_wh": event["amountWh"], "amount_text": fmt.energy_wh(event["amountWh"])}


def _figures(event: dict[str, Any], price: str) -> dict[str, object]:
    name = "max_price_per_kwh" if price == "maxPricePerKwh" else "price_per_kwh"
    return _amount(event) | {name: event[price], "price_text": fmt.eur_price(event[price])}


def _child(event: dict[str, Any]) -> dict[str, object]:
    return {
        "new_offer_id": event["offerId"] if event else None,
        "remaining_wh": event["amountWh"] if event else 0,
    }


def _match_notes(noun: str, title: str, child: dict[str, Any]) -> list[str]:
    rest = (
        [
            f"Partial match: New {noun} created with remaining {child['amountWh']} Wh",
            f"New {title} ID: {child['offerId']}",
        ]
        if child
        else [f"Full match: {noun} completed"]
    )
    return [*rest, "Energy transferred from seller to buyer", "Transaction record created for audit trail"]


def _consent_note(sent: Sequence[tuple[Step, Sent]], other: str) -> list[str]:
    """That the other side's terms were set for the match, where they were."""
    event = fields(sent, "TradingTermsSet")
    if not event:
        return []
    names = ("sellWh", "minSellPrice", "buyWh", "maxBuyPrice", "expiryTs")
    allowed = terms(*(event[name] for name in names))
    return [f"Terms of the {other} set for this match: {allowed}"]
