"""`gridpact energy`: credit. Also `mint:spark`, `transfer:energy`, `consume:energy`, `query:balance`."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer

from gridpact import units as fmt
from gridpact.chain.keys import KeySource, Role
from gridpact.chain.sending import Sent
from gridpact.chain.work import Step, Work
from gridpact.cli.commands.offer import PANEL, WH
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, talk
from gridpact.cli.receipts import fields, lines, receipt
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.values import EPOCH_OPTION, ID_OPTION
from gridpact.cli.words import defaults
from gridpact.market import credit
from gridpact.market.errors import SeveralProducerMeters
from gridpact.production.read import Meter, Quality

MINT_WH: Final = 1_000
TRANSFER_WH: Final = 100
CONSUME_WH: Final = 100
"""What the bare commands take on a LocalNet."""

AmountWh = Annotated[int | None, typer.Option("--amount-wh", help="Energy; a LocalNet has a default.", **WH)]
Account = Annotated[
    str | None,
    typer.Option("--account", metavar="ACCOUNT", help="Whose credit, and who signs; by default the key's."),
]
TS: Final[dict[str, Any]] = {"metavar": "UNIX-TIME", "min": 0}


def add_to(app: typer.Typer) -> None:
    """Add the commands: under their noun, and under their own names."""
    noun = typer.Typer(cls=Noun, help="Energy credit: minted, transferred, consumed.", no_args_is_help=True)
    for place, mint_name, transfer_name, consume_name, balance_name, panel in (
        (noun, "mint", "transfer", "consume", "balance", None),
        (app, "mint:spark", "transfer:energy", "consume:energy", "query:balance", PANEL),
    ):
        writes(place, mint_name, Role.OPERATOR, minted, panel=panel)(mint)
        writes(place, transfer_name, Role.PRODUCER, transferred, panel=panel)(transfer)
        writes(place, consume_name, Role.CONSUMER, consumed, panel=panel)(consume)
        reads(place, balance_name, panel=panel)(balance)
    app.add_typer(noun, name="energy")


def mint(
    session: Session,
    amount_wh: AmountWh = None,
    meter: Annotated[
        str | None,
        typer.Option("--meter", help="The producer's meter, id or name; needless where there is only one."),
    ] = None,
    producer: Annotated[
        str | None, typer.Option("--producer", metavar="ACCOUNT", help="Whose meter it is, if they have only one.")
    ] = None,
    epoch: Annotated[
        int | None, typer.Option("--epoch", help="The month; by default the chain's.", **EPOCH_OPTION)
    ] = None,
    interval: Annotated[
        int | None,
        typer.Option("--interval", help="Number of the reading in the month; by default the next.", **ID_OPTION),
    ] = None,
    start_ts: Annotated[
        int | None, typer.Option("--start-ts", help="Its start; by default the last one's end.", **TS)
    ] = None,
    end_ts: Annotated[int | None, typer.Option("--end-ts", help="Its end; by default the chain's now.", **TS)] = None,
    quality: Annotated[Quality, typer.Option("--quality", help="Of the reading.")] = Quality.ACTUAL,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="No new reading: mint from what is recorded and was not minted.")
    ] = False,
) -> Work:
    """Record a reading of a producer's meter and mint its energy as credit, in one atomic group. The operator signs.

    It makes the meter's owner a registered producer. Each run records and mints once more, unless --interval names the
    reading: one that is recorded already is not minted again. On a LocalNet nothing has to be named: by default
    1,000 Wh of the meter of PRODUCER, which is registered where there is none.

    Example: gridpact mint:spark --producer PRODUCER --amount-wh 5000
    """
    deployment = session.deployment
    is_bare = amount_wh is None and meter is None and not recorded
    amount_wh = _amount(session, amount_wh, MINT_WH)
    sender = session.sender(deployment.market.state().roles.operator)
    owner = None if producer is None else session.account(producer, "producer")
    if recorded and owner is not None:
        return credit.mint_recorded(deployment.market, sender, owner, amount_wh, epoch)
    if is_bare:
        found, is_new = _own_meter(session, owner)
    else:
        found, is_new = credit.producer_meter(deployment.production, meter, owner), False
    if recorded:
        return credit.mint_recorded(deployment.market, sender, found.producer, amount_wh, epoch)
    return credit.mint(
        deployment.market,
        deployment.production,
        sender,
        found,
        amount_wh,
        epoch_id=epoch,
        interval_id=interval,
        start_ts=start_ts,
        end_ts=end_ts,
        quality=quality,
        registers=is_new,
    )


def _own_meter(session: Session, producer: str | None) -> tuple[Meter, bool]:
    """The meter of a bare command on a LocalNet, and whether it is still to be registered.

    Raises:
        SeveralProducerMeters: it is not clear which one is meant.
    """
    production = session.deployment.production
    meters = production.meters()
    owned = [meter for meter in meters if not meter.is_project and producer in (None, meter.producer)]
    if producer is None and len(owned) != 1:
        producer = session.role_account(Role.PRODUCER)
        taken = {"--producer": producer}
        owned = [meter for meter in owned if meter.producer == producer]
        talk(defaults.taken(taken))
    if len(owned) == 1:
        return owned[0], False
    if owned or producer is None:
        raise SeveralProducerMeters(tuple(owned), producer)
    label = f"spark-{len(meters) + 1}"
    talk(defaults.meter_made(label))
    return Meter.new(len(meters) + 1, label, producer), True


def _amount(session: Session, named: int | None, default: int) -> int:
    """The energy in Wh: what was named, or a LocalNet's default, which is said.

    Raises:
        typer.BadParameter: neither.
    """
    if named is not None:
        return named
    if not session.connection.is_localnet:
        msg = "Name the energy with --amount-wh."
        raise typer.BadParameter(msg)
    talk(defaults.taken({"--amount-wh": default}))
    return default


def minted(_work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What `mint` did."""
    event = fields(sent, "EnergyMinted")
    reading = fields(sent, "ProductionRecorded")
    wh = event["amountWh"]
    details = [
        ("Producer", event["producer"]),
        ("Amount", fmt.energy_wh(wh)),
        ("SPARK", credit.spark(wh)),
        ("Epoch", fmt.epoch(event["epochId"])),
        *([("Meter", reading["meterId"]), ("Interval", reading["intervalId"])] if reading else []),
    ]
    document = {
        "producer": event["producer"],
        "amount_wh": wh,
        "amount_text": fmt.energy_wh(wh),
        "spark": credit.spark(wh),
        "epoch": event["epochId"],
        "meter": reading.get("meterId"),
        "interval": reading.get("intervalId"),
    }
    return receipt("Energy minted successfully!", sent, details, document)


def transfer(
    session: Session,
    receiver: Annotated[
        str | None, typer.Option("--to", metavar="ACCOUNT", help="Who gets the credit; a LocalNet has a default.")
    ] = None,
    amount_wh: AmountWh = None,
    account: Account = None,
) -> Work:
    """Give available credit to another account. Each run transfers once more. On a LocalNet, by default 100 Wh to
    CONSUMER.

    Example: gridpact transfer:energy --to CONSUMER --amount-wh 500
    """
    giver = session.own_account(Role.PRODUCER, account)
    if receiver is not None:
        taker = session.account(receiver, "receiver")
    elif session.connection.is_localnet:
        taker = session.role_account(Role.CONSUMER)
        talk(defaults.taken({"--to": taker}))
    else:
        msg = "Name who gets the credit with --to."
        raise typer.BadParameter(msg)
    return credit.transfer(session.deployment.market, giver, taker, _amount(session, amount_wh, TRANSFER_WH))


def transferred(_work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What `transfer` did."""
    event = fields(sent, "EnergyTransferred")
    amount = fmt.energy_wh(event["amountWh"])
    details = [("From", event["sender"]), ("To", event["receiver"]), ("Amount", amount)]
    document = {
        "from": event["sender"],
        "to": event["receiver"],
        "amount_wh": event["amountWh"],
        "amount_text": amount,
    }
    return receipt("Energy transferred successfully!", sent, details, document)


def consume(session: Session, amount_wh: AmountWh = None, account: Account = None) -> Work:
    """Use up available credit. Each run consumes once more. On a LocalNet, by default 100 Wh of CONSUMER, or of
    PRODUCER where the consumer has no credit.

    Example: gridpact consume:energy --amount-wh 500
    """
    market = session.deployment.market
    if account is None and session.options.source == KeySource() and session.connection.is_localnet:
        owner = _with_credit(session)
        talk(defaults.taken({"--account": owner}))
    else:
        owner = session.own_account(Role.CONSUMER, account)
    return credit.consume(market, owner, _amount(session, amount_wh, CONSUME_WH))


def _with_credit(session: Session) -> str:
    """Whose credit a bare command uses up on a LocalNet: the consumer's, or the producer's where there is none."""
    consumer = session.role_account(Role.CONSUMER)
    if session.deployment.market.account(consumer).virtual_wh:
        return consumer
    session.role = Role.PRODUCER
    return session.role_account(Role.PRODUCER)


def consumed(_work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What `consume` did."""
    event = fields(sent, "EnergyConsumed")
    amount = fmt.energy_wh(event["amountWh"])
    document = {"account": event["account"], "amount_wh": event["amountWh"], "amount_text": amount}
    details = [("Account", event["account"]), ("Amount", amount)]
    return receipt("Energy consumed successfully!", sent, details, document)


def balance(
    session: Session,
    account: Annotated[
        str | None,
        typer.Option("--account", metavar="ACCOUNT", help="Whose credit; by default the producer's of this machine."),
    ] = None,
) -> Answer:
    """Show the credit of an account: all of it, what is locked in sell offers, and what is available.

    Example: gridpact query:balance --account PRODUCER
    """
    found = session.deployment.market.account(session.own_account(Role.PRODUCER, account))
    balances = credit.balances_wh(found)
    document = {
        "account": found.address,
        **{f"{name.lower()}_wh": wh for name, wh in balances.items()},
        # SPARK of large credit is beyond what JavaScript's numbers hold exactly.
        **{f"{name.lower()}_spark": str(credit.spark(wh)) for name, wh in balances.items()},
        "produced_wh": found.produced_wh,
        "is_producer": found.produced_wh > 0,
        "sell_offers": found.sell_offers,
        "buy_offers": found.buy_offers,
    }
    shown = [(f"{name} Balance", fmt.energy_wh(wh)) for name, wh in balances.items()]
    registered = "yes" if found.produced_wh else "no"
    return Answer(
        document,
        [
            "💰 Energy Balance:",
            *lines([("Account", session.book.both(found.address)), *shown, ("Registered Producer", registered)]),
        ],
    )
