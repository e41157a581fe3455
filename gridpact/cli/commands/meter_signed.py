"""Readings that meters sign: keys and signatures where no network is, and their way to the chain."""

import base64
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Annotated, Any

import typer

from gridpact import units as fmt
from gridpact.chain.errors import FileExists, FileUnwritable
from gridpact.chain.files import write_atomically
from gridpact.chain.keys import Role
from gridpact.chain.sending import Sent
from gridpact.chain.work import Effect, Step, Work
from gridpact.cli.output import Answer, facts
from gridpact.cli.rows import Column, documents, listing
from gridpact.cli.session import Session
from gridpact.cli.values import GENESIS_HASH_OPTION, ID_OPTION, PUBLIC_KEY, ZONE_OPTION, FileContent, read_file
from gridpact.cli.words import production as words
from gridpact.evidence import sha256
from gridpact.production.effects import SignedReadingRecorded
from gridpact.production.errors import SeveralMeters
from gridpact.production.readings.options import Per

SignedReadings = Annotated[
    FileContent,
    typer.Argument(parser=lambda text: FileContent(Path(text)), metavar="FILE", help="What `meter sign` wrote."),
]


def keygen(
    _session: Session,
    file: Annotated[Path, typer.Argument(help="A new file for the secret key, readable by its owner alone.")],
) -> Answer:
    """Make a meter's key. The secret one goes into the file and is never shown; needs no network.

    Example: gridpact meter keygen meter-1.key
    """
    from gridpact.production.signed import new_key, public_key
    from gridpact.production.signed_file import write_key

    seed = new_key()
    write_key(file, seed)
    key = public_key(seed).hex()
    body = [facts([("Public key", key), ("Secret key", f"in {file}")]), words.meter_key_next(key)]
    return Answer({"public_key": key, "file": str(file)}, body)


def sign_readings(
    _session: Session,
    file: Annotated[
        Path, typer.Argument(help="CSV: meter_id,interval_start,energy_wh[,quality]. - is standard input.")
    ],
    signed: Annotated[Path, typer.Argument(help="Where the signed readings go, for `meter submit`.")],
    key: Annotated[Path, typer.Option("--key", help="The meter's secret key, from `meter keygen`.", dir_okay=False)],
    meter_id: Annotated[int, typer.Option("--meter-id", help="The meter's number on chain.", **ID_OPTION)],
    app: Annotated[int, typer.Option("--app", help="App id of KWhReceipt.", **ID_OPTION)],
    genesis_hash: Annotated[
        bytes, typer.Option("--genesis-hash", help="The network's genesis hash.", **GENESIS_HASH_OPTION)
    ],
    meter: Annotated[
        str | None, typer.Option("--meter", help="The meter's name in the file, where it has several.")
    ] = None,
    per: Annotated[
        Per, typer.Option("--per", help="What one signed reading is of; each takes storage on chain.")
    ] = Per.DAY,
    zone: Annotated[
        tzinfo | None, typer.Option("--zone", help="Of times without an offset: Europe/London, UTC.", **ZONE_OPTION)
    ] = None,
    interval_minutes: Annotated[
        int | None,
        typer.Option("--interval-minutes", min=1, max=60, help="Length of an interval, if the file does not show it."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file of signed readings.")] = False,
) -> Answer:
    """Sign a file of readings with a meter's key, for `meter submit`. Needs no network: it is for the gateway.

    Each is numbered by its end, so a gateway has nothing to count, and the same file gives the same signatures.

    Example: gridpact meter sign today.csv today.json --key meter-1.key --meter-id 1 --app 1002 --genesis-hash HASH
    """
    from gridpact.production.readings import Options
    from gridpact.production.readings.single import singles
    from gridpact.production.signed import MeterRead, Place, public_key, sign
    from gridpact.production.signed_file import read_key, text_of

    seed = read_key(key)
    content = read_file(file)
    found = singles(content, per, Options(zone=zone, interval_minutes=interval_minutes))
    labels = tuple(dict.fromkeys(one.label for one in found))
    own = [one for one in found if one.label == meter] if meter is not None else found
    if not own or (meter is None and len(labels) > 1):
        raise SeveralMeters(labels)
    if not force and (signed.exists() or signed.is_symlink()):
        raise FileExists(signed, is_link=signed.is_symlink())
    place = Place(genesis_hash, app)
    source_hash = sha256(content)
    readings = [
        sign(
            MeterRead(
                epoch_id=one.epoch_id,
                meter_id=meter_id,
                interval_id=one.interval_id,
                wh=one.wh,
                quality=one.quality,
                start_ts=one.start_ts,
                end_ts=one.end_ts,
                source_hash=source_hash,
                sequence=one.end_ts,
            ),
            place,
            seed,
        )
        for one in own
    ]
    try:
        write_atomically(signed, text_of(place, readings))
    except OSError as error:
        raise FileUnwritable(signed, error.strerror or "") from error
    total_wh = sum(one.wh for one in own)
    document = {
        "file": str(signed),
        "readings": len(readings),
        "wh": total_wh,
        "first_ts": own[0].start_ts,
        "last_ts": own[-1].end_ts,
        "public_key": public_key(seed).hex(),
    }
    return Answer(document, [words.meter_signed(len(readings), total_wh, str(signed))])


def submit(
    session: Session,
    file: SignedReadings,
    payer: Annotated[
        str | None, typer.Option("--payer", metavar="ACCOUNT", help="Who signs and pays; the operator by default.")
    ] = None,
) -> Work:
    """Bring readings that their meters signed. Anybody may; what is recorded already is left as it is.

    Example: gridpact meter submit today.json
    """
    from gridpact.production.signed_file import parse
    from gridpact.production.submission import submit as bring

    found = parse(file.content)
    production = session.deployment.production
    session.role = Role.OPERATOR
    sender = session.sender(production.state().roles.operator) if payer is None else session.account(payer, "payer")
    return bring(production, sender, found)


def rotate_key(
    session: Session,
    meter: Annotated[str, typer.Argument(help="The meter's name.")],
    key: Annotated[
        bytes | None, typer.Argument(help="Its public key, as `meter keygen` shows it.", **PUBLIC_KEY)
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="No key: the meter signs nothing from now on.")] = False,
) -> Work:
    """Give a meter another key. What the old one signed and nobody has brought is worth nothing then.

    Example: gridpact meter rotate-key meter-1 9c1185a5c5e9fc54612808977ee8f548b2258d31ac5b2b1b1f8e0d3e9d1f9a11
    """
    from gridpact.production import submission

    if (key is None) != none:
        msg = "Name the public key, or --none."
        raise typer.BadParameter(msg)
    production = session.deployment.production
    sender = session.sender(production.state().roles.operator)
    work = submission.rotate_key(production, sender, meter, key or bytes(32))
    if key is not None:
        place = submission.place_of(production)
        number = next(one.meter_id for one in production.meters() if one.label == meter)
        gateway: dict[str, Any] = {
            "meter_id": number,
            "app": place.app_id,
            "genesis_hash": base64.b64encode(place.genesis_hash).decode(),
        }
        session.beside = Answer({"gateway": gateway}, [words.gateway_signs(**gateway)])
    return work


# --- what is shown ----------------------------------------------------------------------------------------------------


def submission_preview(work: Work) -> Answer:
    """The plan of `submit`: a line for each meter and month."""
    sums = _sums(work.effects)
    return Answer({"readings": documents(SUMS, sums)}, [listing(SUMS, sums, "No reading is missing.")])


def submitted(_work: Work, sent: Sequence[tuple[Step, Sent]]) -> Answer:
    """What `submit` has recorded: a line for each meter and month."""
    sums = _sums([effect for step, _ in sent for effect in step.effects])
    return Answer({"recorded": documents(SUMS, sums)}, [words.meter_submitted(*one) for one in sums])


type _Sum = tuple[str, int, int, int]
"""Meter, month, readings, Wh."""

SUMS: list[Column[_Sum]] = [
    Column("meter", lambda one: one[0], "Meter"),
    Column("epoch", lambda one: one[1], "Month", lambda one: fmt.epoch(one[1])),
    Column("count", lambda one: one[2], ">Readings"),
    Column("wh", lambda one: one[3], ">Energy", lambda one: fmt.energy(one[3])),
]


def _sums(effects: Sequence[Effect]) -> list[_Sum]:
    found: dict[tuple[str, int], list[int]] = {}
    for one in effects:
        assert isinstance(one, SignedReadingRecorded), "what `submit` changes"
        found.setdefault((one.label, one.epoch_id), []).append(one.wh)
    return [(*key, len(wh), sum(wh)) for key, wh in found.items()]
