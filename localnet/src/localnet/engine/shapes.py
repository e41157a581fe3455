"""Which kind of value each field of a signed transaction has.

Checked before anything reads a client's transaction, so that the rest may rely on it. Fields that are not known here
are left to the ledger program, which names them.
"""

from collections.abc import Callable, Mapping

type Check = Callable[[object], bool]

_MAX_UINT64 = 2**64 - 1


class ShapeError(ValueError):
    """A field has a value of the wrong kind; the text names the field."""


def check_signed(signed: object) -> None:
    """Check a decoded signed transaction.

    Raises:
        ShapeError: it is none.
    """
    _check_map(signed, _SIGNED, "")


def _check_map(value: object, shape: Mapping[str, object], name: str) -> None:
    if not isinstance(value, dict):
        raise ShapeError("only encoded map or array can be decoded into a struct" if not name else _wrong(name))
    for key, item in value.items():
        if not isinstance(key, str):
            raise ShapeError(_wrong(f"a key of {name or 'a transaction'}"))
        expected = shape.get(key)
        if expected is None or item is None:
            continue
        if isinstance(expected, Mapping):
            _check_map(item, expected, key)
        elif callable(expected) and not expected(item):
            raise ShapeError(_wrong(key))


def _wrong(name: str) -> str:
    return f"{name} has a value of the wrong kind"


def _uint(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_UINT64


def _bool(value: object) -> bool:
    return isinstance(value, bool)


def _text(value: object) -> bool:
    return isinstance(value, str)


def _data(value: object) -> bool:
    return isinstance(value, bytes)


def _sized(size: int) -> Check:
    return lambda value: isinstance(value, bytes) and len(value) == size


def _list(member: Check | Mapping[str, object]) -> Check:
    def check(value: object) -> bool:
        if not isinstance(value, list):
            return False
        for item in value:
            if isinstance(member, Mapping):
                _check_map(item, member, "a list's member")
            elif not member(item):
                return False
        return True

    return check


_KEY = _sized(32)
_SIGNATURE = _sized(64)
_SCHEMA = {"nui": _uint, "nbs": _uint}
_ASSET = {
    **dict.fromkeys(("t", "dc"), _uint),
    "df": _bool,
    **dict.fromkeys(("un", "an", "au"), _text),
    **dict.fromkeys(("am", "m", "r", "f", "c"), _KEY),
}
_TRANSACTION: dict[str, object] = {
    **dict.fromkeys(("type", "gen"), _text),
    **dict.fromkeys(("snd", "rcv", "close", "rekey", "asnd", "arcv", "aclose", "fadd", "gh", "grp", "lx"), _KEY),
    **dict.fromkeys(("votekey", "selkey"), _KEY),
    "sprfkey": _SIGNATURE,
    **dict.fromkeys(("fee", "fv", "lv", "amt", "votefst", "votelst", "votekd", "caid", "xaid", "aamt", "faid"), _uint),
    **dict.fromkeys(("apid", "apan", "apep", "sptype"), _uint),
    **dict.fromkeys(("nonpart", "afrz"), _bool),
    **dict.fromkeys(("note", "apap", "apsu"), _data),
    "apar": _ASSET,
    "apls": _SCHEMA,
    "apgs": _SCHEMA,
    "apaa": _list(_data),
    "apat": _list(_KEY),
    "apfa": _list(_uint),
    "apas": _list(_uint),
    "apbx": _list({"i": _uint, "n": _data}),
    "sp": {},
    "spmsg": {},
}
_MULTISIG = {"v": _uint, "thr": _uint, "subsig": _list({"pk": _KEY, "s": _SIGNATURE})}
_SIGNED: dict[str, object] = {
    "sig": _SIGNATURE,
    "sgnr": _KEY,
    "msig": _MULTISIG,
    "lsig": {"l": _data, "arg": _list(_data), "sig": _SIGNATURE, "msig": _MULTISIG},
    "txn": _TRANSACTION,
}
