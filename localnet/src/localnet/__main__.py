"""``python -m localnet``: start, stop and rewind a LocalNet that needs no containers."""

import argparse
import contextlib
import http.client
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from localnet import __version__, instance
from localnet.errors import DISK_FULL, LocalNetError, is_disk_full
from localnet.settings import (
    ALGOD_PORT,
    INDEXER_PORT,
    KMD_PORT,
    STATE_FOLDER_VARIABLE,
    Settings,
    default_state_folder,
)

_OK, _FAILED, _USAGE = 0, 1, 2
_START_TIMEOUT_S = 30.0
_STOP_TIMEOUT_S = 10.0
_POLL_S = 0.01
_TOKEN = "a" * 64
_LEAST_FREE_BYTES = 262_144
_LOG = "localnet.log"
_LONGEST_BLOCK_S = 3600.0
AVM = "version 10, without box_splice, box_resize, ec_* and three global fields (docs/localnet.md)"
"""What programs can use here, in a line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status: 0 done, 1 refused or failed, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    ports = (options.algod_port, options.kmd_port, options.indexer_port)
    settings = Settings(*ports, options.data_dir.absolute(), options.block_seconds, options.on_demand)
    commands = {
        "start": _start,
        "run": _run,
        "stop": _stop,
        "status": _status,
        "reset": _reset,
        "snapshot": _snapshot,
        "restore": _restore,
    }
    try:
        return commands[options.command](settings, options)
    except LocalNetError as refusal:
        print(refusal, file=sys.stderr)
        return _FAILED
    except (OSError, sqlite3.Error) as why:
        if is_disk_full(why) or isinstance(why, sqlite3.Error):
            print(DISK_FULL if is_disk_full(why) else f"The ledger's database cannot be used: {why}.", file=sys.stderr)
            return _FAILED
        place = f" ({why.filename})" if why.filename else ""
        print(f"The LocalNet cannot go on: {why.strerror or why}{place}.", file=sys.stderr)
        return _FAILED


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    for name, default in (("algod", ALGOD_PORT), ("kmd", KMD_PORT), ("indexer", INDEXER_PORT)):
        common.add_argument(
            f"--{name}-port", type=_port, default=default, metavar="PORT", help=f"default {default}; 0 takes a free one"
        )
    common.add_argument(
        "--data-dir",
        type=Path,
        default=default_state_folder(),
        metavar="FOLDER",
        help=f"the state folder, default .localnet or what {STATE_FOLDER_VARIABLE} says",
    )
    common.add_argument(
        "--block-seconds",
        type=_seconds,
        default=0.0,
        metavar="SECONDS",
        help="make a block every so many seconds from what has come in; default: one for each group, at once",
    )
    common.add_argument(
        "--on-demand",
        action="store_true",
        help="start the ledger program when a group comes, and not ahead: half the work, later answers",
    )
    parser = argparse.ArgumentParser(prog="python -m localnet", description=__doc__)
    parser.add_argument("--version", action="version", version=f"gridpact-localnet {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("start", parents=[common], help="start it in the background")
    run = commands.add_parser("run", parents=[common], help="run it in the foreground, until Ctrl-C")
    run.add_argument("--until-stdin-closes", action="store_true", help="stop when standard input ends")
    commands.add_parser("stop", parents=[common], help="stop it; the chain stays")
    commands.add_parser("status", parents=[common], help="where it listens and how far it is")
    commands.add_parser("reset", parents=[common], help="begin a new chain")
    snapshot = commands.add_parser("snapshot", parents=[common], help="keep a copy of the chain")
    snapshot.add_argument("name", nargs="?", default="", help="how to call it; default snapshot-N")
    restore = commands.add_parser("restore", parents=[common], help="go back to a snapshot")
    restore.add_argument("name", help="what `snapshot` printed")
    return parser


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port number")
    return number


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= _LONGEST_BLOCK_S:
        raise argparse.ArgumentTypeError(f"a block takes 0 to {_LONGEST_BLOCK_S:.0f} seconds, not {text}")
    return seconds


def _start(settings: Settings, _options: argparse.Namespace) -> int:
    here = instance.running(settings.state_folder)
    if here is not None:
        raise LocalNetError(
            f"A LocalNet is running already (process {here.pid}, algod on port {here.ports['algod']}): "
            "use it, or stop it with `python -m localnet stop`."
        )
    try:
        settings.state_folder.mkdir(parents=True, exist_ok=True)
        log = (settings.state_folder / _LOG).open("ab")
    except OSError as why:
        raise LocalNetError(f"The state folder {settings.state_folder} cannot be written: {why.strerror}.") from None
    with log:
        said_before = log.seek(0, os.SEEK_END)
        process = subprocess.Popen(
            [sys.executable, "-m", "localnet", "run", *_as_arguments(settings)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + _START_TIMEOUT_S
    while True:
        here = instance.read(settings.state_folder)
        if here is not None and here.pid == process.pid:
            _print_services(here, settings)
            print(f"avm         {AVM}")
            return _OK
        if process.poll() is not None:
            said = (settings.state_folder / _LOG).read_bytes()[said_before:].decode(errors="replace").strip()
            raise LocalNetError(said.splitlines()[-1] if said else _silent_end(settings))
        if time.monotonic() > deadline:
            process.kill()
            raise LocalNetError(f"The LocalNet did not start; its log is {settings.state_folder / _LOG}.")
        time.sleep(_POLL_S)


def _silent_end(settings: Settings) -> str:
    if shutil.disk_usage(settings.state_folder).free < _LEAST_FREE_BYTES:
        return DISK_FULL
    return "The LocalNet ended at once and said nothing."


def _run(settings: Settings, options: argparse.Namespace) -> int:
    import uvloop

    from localnet.server import serve

    uvloop.run(serve(settings, until_stdin_closes=options.until_stdin_closes))
    return _OK


def _stop(settings: Settings, _options: argparse.Namespace) -> int:
    here = instance.running(settings.state_folder)
    if here is None:
        print(f"No LocalNet runs with the state folder {settings.state_folder}.")
        return _OK
    os.kill(here.pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_TIMEOUT_S
    while instance.running(settings.state_folder) is not None:
        if time.monotonic() > deadline:
            with contextlib.suppress(ProcessLookupError):
                os.kill(here.pid, signal.SIGKILL)
        time.sleep(_POLL_S)
    print("The LocalNet has stopped; its chain stays.")
    return _OK


def _status(settings: Settings, _options: argparse.Namespace) -> int:
    here = _running(settings)
    status = _ask(here, "GET", "/v2/status")
    _print_services(here, settings)
    print(f"last round  {status['last-round']}")
    return _OK


def _reset(settings: Settings, _options: argparse.Namespace) -> int:
    _ask(_running(settings), "POST", "/x/reset")
    print("A new chain has begun.")
    return _OK


def _snapshot(settings: Settings, options: argparse.Namespace) -> int:
    path = f"/x/snapshot/{options.name}" if options.name else "/x/snapshot"
    kept = _ask(_running(settings), "POST", path)
    print(f"Round {kept['last-round']} is kept as {kept['id']}.")
    return _OK


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    restored = _ask(_running(settings), "POST", f"/x/restore/{options.name}")
    print(f"The chain is at round {restored['last-round']} again.")
    return _OK


def _running(settings: Settings) -> instance.Instance:
    here = instance.running(settings.state_folder)
    if here is None:
        raise LocalNetError(
            f"No LocalNet runs with the state folder {settings.state_folder}: "
            "start one with `python -m localnet start`, or name its --data-dir."
        )
    return here


def _ask(here: instance.Instance, method: str, path: str) -> dict[str, object]:
    """One request to algod.

    Raises:
        LocalNetError: it refused; the text is its message.
    """
    link = http.client.HTTPConnection("127.0.0.1", here.ports["algod"], timeout=60)
    try:
        link.request(method, path, headers={"X-Algo-API-Token": _TOKEN})
        answer = link.getresponse()
        body: dict[str, object] = json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError) as why:
        raise LocalNetError(f"The LocalNet on port {here.ports['algod']} does not answer: {why}.") from None
    finally:
        link.close()
    if answer.status != http.client.OK:
        raise LocalNetError(str(body.get("message", body)))
    return body


def _print_services(here: instance.Instance, settings: Settings) -> None:
    for name in ("algod", "kmd", "indexer"):
        print(f"{name:<11} http://localhost:{here.ports[name]}")
    print(f"state       {settings.state_folder}")


def _as_arguments(settings: Settings) -> list[str]:
    ports = [f"--{name}-port={port}" for name, port in settings.ports.items()]
    ahead = ["--on-demand"] if settings.on_demand else []
    return [*ports, f"--data-dir={settings.state_folder}", f"--block-seconds={settings.block_seconds}", *ahead]


if __name__ == "__main__":
    sys.exit(main())
