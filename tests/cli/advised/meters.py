"""Meters, readings, months, signed readings, files and their profiles."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from gridpact.production.signed import public_key
from tests.cli.advised.case import Case
from tests.cli.advised.stages import file, lines, nothing
from tests.cli.harness import EPOCH, READINGS, Cli, deployed, recorded
from tests.cli.test_meter_import import PROFILE, semicolons
from tests.cli.test_meter_signed import METER, OTHER, SEED, key_file, place, readings, sign, signing
from tests.support.checkpoints import checkpoint

IMPORT: Final = f"meter import {READINGS}"


@checkpoint
def one_meter(cli: Cli) -> None:
    """meter-1 is registered, with a reading of February."""
    deployed(cli)
    cli.done("meter", "register", "meter-1", "--capacity-kw", "900", "--yes")
    file("one.csv", lines())(cli)
    cli.done("meter", "import", "one.csv", "--yes")


@checkpoint
def two_meters(cli: Cli) -> None:
    """meter-2 is registered, and has none."""
    one_meter(cli)
    cli.done("meter", "register", "meter-2", "--yes")


@checkpoint
def final(cli: Cli) -> None:
    """The month is closed without meter-2."""
    two_meters(cli)
    cli.done("epoch", "finalize", EPOCH, "--without", "meter-2", "--yes")


def signed(seed: bytes = SEED, days: int = 3, *options: str) -> Callable[[Cli], None]:
    """signed.json, of a gateway."""

    def write(cli: Cli) -> None:
        sign(cli, days, *options, seed=seed)

    return write


def brought(cli: Cli) -> None:
    """The second to the sixth day are recorded."""
    gateway(cli)
    rows = Path(readings(6)).read_text().splitlines()
    Path("gateway.csv").write_text("\n".join([rows[0], *rows[25:]]))
    cli.done("meter", "sign", "gateway.csv", "signed.json", "--key", "meter.key", "--meter-id", "1", *place(cli))
    cli.done("meter", "submit", "signed.json", *cli.as_("OUTSIDER"), "--yes")


@checkpoint
def closed_without(cli: Cli) -> None:
    """The month was final before the meter that signs was known."""
    one_meter(cli)
    cli.done("epoch", "finalize", EPOCH, "--yes")
    cli.done("meter", "register", METER, "--yes")
    cli.done("meter", "rotate-key", METER, public_key(SEED).hex(), "--yes")


def gateway(cli: Cli) -> None:
    """A gateway's key and file."""
    key_file("meter.key", SEED)
    readings(3)


def latin(_cli: Cli) -> None:
    """The file of semicolons, in the encoding of old spreadsheets."""
    text = semicolons(2026, 3).removeprefix("\ufeff").replace("Einspeiser", "Einspeisezähler")
    Path("latin.csv").write_text(text, encoding="latin-1")
    Path("vienna.toml").write_text(
        PROFILE.replace("Einspeiser", "Einspeisezähler").replace("[file]", '[file]\nencoding = "latin-1"')
    )


def in_utc(_cli: Cli) -> None:
    """February of Vienna, in UTC."""
    start = datetime(2026, 1, 31, 23, tzinfo=UTC)
    rows = [
        f"roof,{start + timedelta(hours=one):%Y-%m-%dT%H:%M:%SZ},{abs(12 - one % 24) * 10}" for one in range(28 * 24)
    ]
    Path("utc.csv").write_text("\n".join(["meter_id,interval_start,energy_wh", *rows]))


def nem12(_cli: Cli, *channels: str) -> None:
    """A month of half hours, as Australian meters are read."""
    rows = ["100,NEM12,202603010000,MDP1,Retailer"]
    for channel in channels or ("B1",):
        rows.append(f"200,4103035235,{''.join(channels or ('B1',))},{channel},{channel},N1,METSER123,kWh,30,")
        rows += [f"300,202602{day:02},{','.join(['0.5'] * 48)},A,,,20260301000000," for day in range(1, 29)]
    Path("nem.csv").write_text("\n".join([*rows, "900"]))


SIGN: Final = (
    "meter sign gateway.csv signed.json --key meter.key --meter-id 1 --app {KWhReceipt} --genesis-hash {GENESIS}"
)
GATEWAY: Final = {
    "FILE": "gateway.csv",
    "SIGNED": "signed.json",
    "KEY": "meter.key",
    "ID": "1",
    "APP": "{KWhReceipt}",
    "HASH": "{GENESIS}",
}
SUBMIT: Final = "meter submit signed.json --mnemonic-env OUTSIDER_MNEMONIC"
PUBLIC: Final = public_key(SEED).hex()
LATE_LINES: Final = lines(meter="meter-2", more=1).splitlines()
SAID: Final = (
    "--set time.zone=Europe/Vienna --set time.stamps=start --set value.unit=kWh --set value.kind=interval "
    "--set meter.name=roof"
)
SEMICOLONS: Final = (file("march.csv", semicolons(2026, 3)), file("vienna.toml", PROFILE))

LATE: Final = file("late.csv", lines(meter="meter-2", more=1))

CASES: Final = (
    Case(
        ("production.MeterNotFound",),
        recorded,
        f"epoch restate {EPOCH} --meter meter-9 --to 1 --reason x",
        ("meter list",),
        shows="meter-1",
    ),
    Case(
        ("production.MetersNotRegistered",), deployed, f"{IMPORT} --capacity-kw 900", ("--register",), name="--register"
    ),
    Case(
        ("production.MetersNotRegistered",),
        deployed,
        "meter import one.csv",
        ("meter register",),
        before=(file("one.csv", lines()),),
        fills={"NAME": "meter-1"},
    ),
    Case(
        ("production.EpochNotFound",),
        deployed,
        f"epoch finalize {EPOCH}",
        ("meter import",),
        before=("meter register meter-1", file("one.csv", lines())),
        fills={"FILE": "one.csv"},
    ),
    Case(("production.EpochNotFinal",), recorded, f"epoch anchor {EPOCH} --sha256 {'11' * 32}", ("epoch finalize",)),
    Case(
        ("production.EpochIsFinal",),
        closed_without,
        SUBMIT,
        ("epoch restate",),
        before=(gateway, SIGN.replace("--meter-id 1", "--meter-id 2")),
        fills={"METER": "meter-1", "KWH": "45500", "TEXT": "late"},
        shows="Restated meter-1",
    ),
    Case(
        ("production.NoPlaceInMonth",),
        final,
        "meter import late.csv",
        ("epoch restate",),
        before=("meter register meter-3", file("late.csv", lines(meter="meter-3", more=1))),
        fills={"TEXT": "late"},
        shows="Restated meter-1",
    ),
    Case(
        ("production.OverMeterCapacity",),
        deployed,
        f"{IMPORT} --register --accept checked --capacity-kw 20",
        ("--capacity-kw 900",),
        adds_to=f"{IMPORT} --register --accept checked",
    ),
    Case(
        ("production.MetersWithoutReading",),
        two_meters,
        f"epoch finalize {EPOCH}",
        ("epoch finalize",),
        name="without",
        shows="Finalized February 2026",
    ),
    Case(
        ("production.MetersWithoutReading",),
        two_meters,
        f"epoch finalize {EPOCH}",
        ("meter import",),
        before=(LATE,),
        fills={"FILE": "late.csv --accept checked"},
    ),
    Case(
        ("production.TotalDiffers",),
        recorded,
        f"epoch finalize {EPOCH} --expect 125001",
        ("epoch show",),
        shows="125,000 kWh",
    ),
    Case(
        ("production.ReadingNotFound",),
        recorded,
        f"epoch restate {EPOCH} --meter meter-1 --interval 2 --to 1 --reason x",
        ("epoch show",),
        shows="meter-1",
    ),
    Case(
        ("production.RecordedOtherwise",),
        one_meter,
        "meter import other.csv",
        ("meter import",),
        before=(file("other.csv", lines(more=1000)),),
        fills={"FILE": "other.csv"},
        shows="45,001 kWh",
    ),
    # --- signed readings ------------------------------------------------------------------------------------------
    Case(
        ("production.meter_key_next",),
        signing,
        "meter keygen new.key",
        ("meter rotate-key",),
        fills={"METER": METER},
        code=0,
        shows="Rotated the key of roof-1",
    ),
    Case(
        ("production.gateway_signs",),
        signing,
        f"meter rotate-key {METER} {PUBLIC}",
        ("meter sign",),
        before=(gateway, f"meter rotate-key {METER} --none"),
        fills=GATEWAY,
        code=0,
        then=SUBMIT,
    ),
    Case(
        ("production.meter_signed",),
        signing,
        SIGN,
        ("meter submit",),
        before=(gateway,),
        by="OUTSIDER",
        code=0,
        shows="Recorded 3 signed readings",
    ),
    Case(
        ("production.SIGN_AGAIN",),
        signing,
        SUBMIT,
        ("meter sign",),
        before=(signed(OTHER), gateway),
        fills={**GATEWAY, "SIGNED": "signed.json --force"},
    ),
    Case(
        ("production.NotAMeterKey",),
        signing,
        SIGN,
        ("meter keygen",),
        before=(gateway, file("meter.key", "correct horse")),
        fills={"FILE": "new.key"},
        then=SIGN.replace("meter.key", "new.key"),
    ),
    Case(
        ("production.NotAGenesisHash",),
        signing,
        SIGN.replace("{GENESIS}", "nonsense"),
        ("meter rotate-key",),
        before=(gateway,),
        fills={"METER": METER, "KEY": PUBLIC},
        code=2,
        shows="--genesis-hash",
    ),
    Case(
        ("production.SeveralMeters",),
        signing,
        SIGN.replace("gateway.csv", str(READINGS)),
        ("--meter meter-1",),
        before=(gateway,),
    ),
    Case(
        ("production.SignedForAnotherApp",),
        signing,
        SUBMIT,
        ("--app {KWhReceipt}",),
        before=(gateway, SIGN.replace("{KWhReceipt}", "99")),
        then=SUBMIT,
        adds_to=SIGN.replace("--app {KWhReceipt} ", "") + " --force",
    ),
    Case(
        ("production.IdNotRegistered",),
        signing,
        SUBMIT,
        ("meter list",),
        before=(gateway, SIGN.replace("--meter-id 1", "--meter-id 7")),
        shows=METER,
    ),
    Case(
        ("production.MeterHasNoKey",),
        signing,
        SUBMIT,
        ("meter rotate-key",),
        before=(signed(), f"meter rotate-key {METER} --none"),
        fills={"PUBLICKEY": PUBLIC},
    ),
    Case(
        ("production.SequencePassed",),
        signing,
        SUBMIT,
        ("epoch show",),
        before=(brought, signed(SEED, 1)),
        fills={"EPOCH": EPOCH},
        shows=METER,
    ),
    Case(
        ("production.ReadingOverlaps",),
        signing,
        SUBMIT,
        ("epoch restate",),
        before=(brought, signed(SEED, 28, "--per", "month")),
        fills={"EPOCH": f"{EPOCH} --meter {METER} --interval 1441", "KWH": "45000", "TEXT": "late"},
        shows="Restated roof-1",
    ),
    # --- files ----------------------------------------------------------------------------------------------------
    Case(
        ("readings._profile",),
        one_meter,
        "meter import odd.csv",
        ("meter profile",),
        name="a profile",
        before=(file("odd.csv", lines().replace("energy_wh", "energy_mwh")),),
        shows="value.unit",
    ),
    Case(
        ("readings.ReadingsError",),
        two_meters,
        "meter import gap.csv",
        ("--fill-gaps mean",),
        name="gaps",
        before=(file("gap.csv", "\n".join(line for at, line in enumerate(LATE_LINES) if at not in (300, 301))),),
    ),
    Case(
        ("readings.NotOwnFormat",),
        deployed,
        "meter import march.csv --register --capacity-kw 900",
        ("meter profile", "--profile vienna.toml"),
        before=SEMICOLONS,
    ),
    Case(
        ("readings.OtherEncoding",),
        deployed,
        "meter import latin.csv --register --capacity-kw 900",
        ("meter profile", "--profile vienna.toml"),
        before=(latin,),
    ),
    Case(
        ("readings.LocalMonthInUtc",),
        deployed,
        "meter import utc.csv --register --capacity-kw 900",
        ("--zone Europe/Vienna",),
        before=(in_utc,),
    ),
    Case(
        ("readings.SeveralMonths",),
        deployed,
        "meter import both.csv --register --capacity-kw 900",
        (f"--epoch {EPOCH}",),
        before=(file("both.csv", lines() + lines(month="2026-03").partition("\n")[2]),),
    ),
    Case(
        ("readings._advice",),
        deployed,
        "meter import nem.csv --register --capacity-kw 900",
        ("--format nem12",),
        before=(nem12,),
    ),
    Case(
        ("readings.ChannelsToChoose",),
        deployed,
        "meter import nem.csv --format nem12 --register --capacity-kw 900",
        ("--channel B1",),
        before=(lambda cli: nem12(cli, "B1", "E1"),),
    ),
    Case(
        ("readings.UnknownInterval",),
        signing,
        SIGN.replace("gateway.csv", "single.csv"),
        ("--interval-minutes 60",),
        before=(gateway, file("single.csv", "\n".join(lines(meter=METER).splitlines()[:2]))),
    ),
    Case(
        ("readings.Doubtful",),
        deployed,
        f"{IMPORT} --register --capacity-kw 67",
        ("--accept checked",),
    ),
    Case(
        ("readings.ProfileExists",),
        nothing,
        "meter profile march.csv --out vienna.toml",
        ("--force",),
        name="--force",
        before=SEMICOLONS,
    ),
    Case(
        ("readings.ProfileExists",),
        nothing,
        "meter profile march.csv --out vienna.toml",
        ("--profile vienna.toml",),
        name="--profile",
        before=SEMICOLONS,
        adds_to="meter profile march.csv",
        then="meter profile march.csv --profile vienna.toml",
    ),
    Case(
        ("readings.NotASetting",),
        nothing,
        "meter profile march.csv --set time.zone",
        ("--set time.zone=Europe/Vienna",),
        before=SEMICOLONS,
        adds_to="meter profile march.csv",
    ),
    Case(
        ("readings.ProfileRefused",),
        deployed,
        "meter import march.csv --profile empty.toml",
        ("meter profile",),
        before=(*SEMICOLONS, file("empty.toml", "")),
        shows="time.zone",
    ),
    Case(
        ("commands/meter_profile._next",),
        deployed,
        "meter profile march.csv --out other.toml " + SAID,
        ("Next: meter import",),
        before=SEMICOLONS,
        code=0,
        shows="Registered meter roof",
    ),
    Case(
        ("commands/meter_profile._questions",),
        deployed,
        "meter profile march.csv",
        ("--set time.zone=Europe/Vienna",),
        before=SEMICOLONS[:1],
        adds_to="meter profile march.csv --force",
        code=0,
        shows="Europe/Vienna",
    ),
    Case(
        ("commands/meter._new_meters",),
        deployed,
        f"{IMPORT} --register --dry-run",
        ("--capacity-kw 20",),
        code=0,
        ends=1,
        shows="can hardly be right",
    ),
    Case(("commands/meter_signed.rotate_key",), signing, f"meter rotate-key {METER}", ("--none",), code=2),
    Case(
        ("cli/values._public_key",),
        signing,
        f"meter rotate-key {METER} nonsense",
        ("meter keygen",),
        fills={"FILE": "new.key"},
        code=2,
        shows="key",
    ),
)
