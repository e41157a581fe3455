"""Energy credit: minted from a producer's meter, transferred, consumed. Each run does it once more."""

from collections.abc import Sequence

from gridpact import contracts
from gridpact.chain.work import Step, Work
from gridpact.contracts import offer_book_config as cfg
from gridpact.contracts.units import SECONDS_PER_HOUR
from gridpact.epochs import epoch_end_ts, epoch_of, epoch_start_ts
from gridpact.market.app import Market
from gridpact.market.effects import EnergyConsumed, EnergyMinted, EnergyTransferred, MeterOpened, MeterRead
from gridpact.market.errors import NoProducerMeter, NotReadYet, ReadAlready, ReadDifferently, SeveralProducerMeters
from gridpact.market.read import Account
from gridpact.production.app import Production
from gridpact.production.read import Meter, Quality, Reading

NO_SOURCE = bytes(32)


def producer_meter(production: Production, name: str | None = None, producer: str | None = None) -> Meter:
    """The meter that energy is minted from.

    Args:
        name: its id or its name.
        producer: whose only meter it is.

    Raises:
        NoProducerMeter: there is no such meter.
        SeveralProducerMeters: it is not clear which one is meant.
    """
    meters = production.meters()
    if name is not None:
        found = [meter for meter in meters if name in (meter.label, str(meter.meter_id))]
    else:
        found = [meter for meter in meters if not meter.is_project and producer in (None, meter.producer)]
    if producer is not None:
        found = [meter for meter in found if meter.producer == producer]
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralProducerMeters(tuple(found), producer)
    raise NoProducerMeter(name, producer)


def mint(
    market: Market,
    production: Production,
    sender: str,
    meter: Meter,
    wh: int,
    *,
    epoch_id: int | None = None,
    interval_id: int | None = None,
    start_ts: int | None = None,
    end_ts: int | None = None,
    quality: Quality = Quality.ACTUAL,
    registers: bool = False,
) -> Work:
    """Record a reading of a producer's meter and mint its energy as credit, in one atomic group.

    Args:
        sender: the operator.
        meter: a producer's.
        wh: metered energy in Wh.
        epoch_id: month, YYYYMM; by default the one that the chain's clock shows.
        interval_id: number of the reading within (epoch, meter); by default the next one. A reading of this number with
            the same energy is taken for this one, and nothing is minted.
        start_ts: Unix time at which the interval starts; by default where the meter's last one ends.
        end_ts: Unix time at which it ends; by default an hour after its start, or as long as the meter's capacity takes
            for the energy; at most now by the chain's clock, and the epoch's end. So the next one has time left, also
            where a chain's clock stands still between two blocks.
        quality: of the reading.
        registers: whether the meter is a new one, which the same group registers first.

    Raises:
        ReadDifferently: the reading of this number has another energy.
        ReadAlready: the meter has a reading of that time.
        NotReadYet: it ends after the chain's clock.
    """
    now = market.connection.now()
    epoch_id = epoch_id or epoch_of(now)
    readings = production.readings_of(epoch_id, meter.meter_id)
    known = next((reading for reading in readings if reading.interval_id == interval_id), None)
    if known is not None and known.wh == wh:
        there = MeterRead(epoch_id, meter.label, known.interval_id, wh, known.start_ts, known.end_ts, known.quality)
        return Work(sender, done=(there,))
    if known is not None:
        raise ReadDifferently(epoch_id, meter.label, known.interval_id, known.wh, wh)
    if interval_id is None:
        interval_id = max((reading.interval_id for reading in readings), default=0) + 1
    if start_ts is None:
        start_ts = max(meter.last_end_ts, epoch_start_ts(epoch_id))
    if end_ts is None:
        end_ts = max(min(start_ts + _seconds_for(meter, wh), now, epoch_end_ts(epoch_id) + 1), start_ts + 1)
    _require_unread(epoch_id, meter, readings, start_ts, end_ts)
    if end_ts > now:
        raise NotReadYet(epoch_id, meter.label, end_ts, now)
    reading = contracts.kwh_receipt_client.RecordReadingArgs(
        epochId=epoch_id,
        meterId=meter.meter_id,
        intervalId=interval_id,
        wh=wh,
        quality=quality.code,
        startTs=start_ts,
        endTs=end_ts,
        sourceHash=NO_SOURCE,
    )
    group = market.group()
    if registers:
        group.add(production.registering(sender, meter))
    group.add(
        production.calls.record_reading(sender, reading, meter.producer),
        market.calls.mint_energy(
            sender, contracts.offer_book_client.MintEnergyArgs(producer=meter.producer, epochId=epoch_id, amountWh=wh)
        ),
    )
    effects = (
        *([MeterOpened(meter.label, meter.producer)] if registers else []),
        MeterRead(epoch_id, meter.label, interval_id, wh, start_ts, end_ts, quality),
        EnergyMinted(meter.producer, epoch_id, wh),
    )
    return Work(sender, (Step(effects, group),))


def _seconds_for(meter: Meter, wh: int) -> int:
    """How long a meter takes for some energy at its capacity, an hour at least."""
    if not meter.capacity_w:
        return SECONDS_PER_HOUR
    return max(SECONDS_PER_HOUR, -(-wh * SECONDS_PER_HOUR // meter.capacity_w))


def _require_unread(epoch_id: int, meter: Meter, readings: Sequence[Reading], start_ts: int, end_ts: int) -> None:
    """Refuse to count energy twice: a time that is recorded, and one after the month, which has nothing left of it."""
    for one in readings:
        overlaps = one.start_ts < end_ts and start_ts < one.end_ts
        if overlaps or start_ts == one.end_ts > epoch_end_ts(epoch_id):
            raise ReadAlready(epoch_id, meter.label, one.interval_id, one.start_ts, one.end_ts)


def mint_recorded(market: Market, sender: str, producer: str, wh: int, epoch_id: int | None = None) -> Work:
    """Mint credit from energy that is recorded for a producer and was not minted.

    Args:
        sender: the operator.
        producer: whose ledger, and whose credit.
        wh: energy in Wh.
        epoch_id: month, YYYYMM; by default the one that the chain's clock shows.
    """
    epoch_id = epoch_id or epoch_of(market.connection.now())
    call = market.calls.mint_energy(
        sender, contracts.offer_book_client.MintEnergyArgs(producer=producer, epochId=epoch_id, amountWh=wh)
    )
    return Work.one(sender, EnergyMinted(producer, epoch_id, wh), market.group().add(call))


def transfer(market: Market, sender: str, receiver: str, wh: int) -> Work:
    """Give available credit to another account.

    Args:
        sender: whose credit; signs.
        receiver: who gets it.
        wh: credit in Wh.
    """
    opens_account = not market.account(receiver).exists
    call = market.calls.transfer_energy(sender, receiver, wh, opens_account=opens_account)
    effect = EnergyTransferred(sender, receiver, wh, cfg.ACCOUNT_MBR_MICROALGO if opens_account else 0)
    return Work.one(sender, effect, market.group().add(call))


def consume(market: Market, account: str, wh: int) -> Work:
    """Use up available credit.

    Args:
        account: whose credit; signs.
        wh: credit in Wh.
    """
    call = market.calls.consume_energy(account, contracts.offer_book_client.ConsumeEnergyArgs(amountWh=wh))
    return Work.one(account, EnergyConsumed(account, wh), market.group().add(call))


def spark(wh: int) -> int:
    """Credit in SPARK, the published unit: 1 Wh is 100,000 SPARK."""
    return wh * cfg.SPARK_PER_WH


def balances_wh(account: Account) -> dict[str, int]:
    """The three balances of an account by their published names, in Wh."""
    return {"Virtual": account.virtual_wh, "Locked": account.locked_wh, "Available": account.available_wh}
