"""The names of meters that are too long for the chain, beside the record of the deployment."""

import json
from collections.abc import Iterable
from pathlib import Path

from gridpact.chain.connection import Connection
from gridpact.chain.errors import FileUnwritable
from gridpact.deployment.errors import RecordDamaged, RecordUnreadable
from gridpact.deployment.record import record_path
from gridpact.production import labels


def path_of(connection: Connection) -> Path:
    """The file."""
    return record_path(connection).with_name("meter-names.json")


def load(connection: Connection) -> None:
    """Learn the names that the file has.

    Raises:
        RecordUnreadable, RecordDamaged: it cannot be read.
    """
    labels.learn(_read(path_of(connection)))


def keep(connection: Connection, names: Iterable[str]) -> None:
    """Add the names that are too long for the chain, and learn them.

    Raises:
        RecordUnreadable, RecordDamaged, FileUnwritable: the file cannot be read or written.
    """
    path = path_of(connection)
    there = _read(path)
    new = [name for name in names if labels.is_hashed(name) and name not in there]
    if not new:
        return
    labels.learn(new)
    draft = path.with_suffix(".new")
    try:
        draft.write_text(json.dumps(sorted([*there, *new]), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FileUnwritable(path, error.strerror or "") from error


def _read(path: Path) -> list[str]:
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise RecordUnreadable(path, error.strerror or "") from error
    except ValueError as error:
        raise RecordDamaged(path) from error
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise RecordDamaged(path)
    return names
