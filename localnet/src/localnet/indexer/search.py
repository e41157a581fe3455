"""Searching transactions: what a request asks for, which rows answer it, and in which order and pages."""

from base64 import urlsafe_b64encode
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from starlette.requests import Request

from localnet.engine.blocks import Tree
from localnet.http import ApiError
from localnet.indexer import params
from localnet.indexer.index import Index, Row
from localnet.indexer.params import InvalidInputError, Query
from localnet.indexer.values import ZERO_ADDRESS, present

DEFAULT_LIMIT = 1000
MAX_LIMIT = 10_000
_TOKEN_BYTES = 12
_TYPES = ("hb", "pay", "keyreg", "acfg", "axfer", "afrz", "appl", "stpf")
_SIGNATURES = ("sig", "msig", "lsig")
_CLOSING_FIELDS = frozenset(["close", "aclose"])
_ROLES = {
    "sender": frozenset(["snd", "asnd"]),
    "receiver": frozenset(["rcv", "arcv"]) | _CLOSING_FIELDS,
    "freeze-target": frozenset(["fadd"]),
}
_ZERO_ADDRESS_REFUSALS = {
    "close": "searching transactions by zero address with close address role is not supported",
    "asnd": "searching transactions by zero address with asset sender role is not supported",
    "aclose": "searching transactions by zero address with asset close address role is not supported",
}


@dataclass(frozen=True)
class Filter:
    """What a search asks for; ``None`` and empty values ask for nothing.

    Attributes:
        role_fields: the wire fields of which one must hold the address.
        after_s, before_s: unix seconds, both exclusive.
        amount_field: what ``amount_above`` and ``amount_below`` compare, both exclusive.
        with_logs: only calls that logged.
        inner_alone: inner transactions are found for themselves instead of their root.
    """

    limit: int
    address: bytes | None = None
    role_fields: frozenset[str] = frozenset()
    id: int | None = None
    txid: str | None = None
    group: bytes | None = None
    round: int | None = None
    min_round: int = 0
    max_round: int = 0
    after_s: float | None = None
    before_s: float | None = None
    kind: str | None = None
    signature: str | None = None
    note_prefix: bytes = b""
    amount_field: str = "amt"
    amount_above: int | None = None
    amount_below: int | None = None
    rekeying: bool = False
    with_logs: bool = False
    inner_alone: bool = False
    next_token: str | None = None

    @property
    def newest_first(self) -> bool:
        """The order: of an account newest first, else oldest first."""
        return self.address is not None

    @property
    def roots_only(self) -> bool:
        """Whether nothing but rounds and times is asked for, so that inner transactions find nothing of their own."""
        chosen = (self.address, self.id, self.txid, self.group, self.kind, self.signature)
        amounts = (self.amount_above, self.amount_below)
        return all(one is None for one in (*chosen, *amounts)) and not (self.note_prefix or self.rekeying)


@dataclass(frozen=True)
class Page:
    """What a search found.

    Attributes:
        rows: roots, each once; inner transactions when the filter wants them alone.
        next_token: where the next page begins, None when this one is empty.
    """

    rows: list[Row]
    next_token: str | None


# --- from the request


def parse(query: Query) -> Filter:
    """The filter of a query.

    Raises:
        ApiError: 400 with all reasons, 404 for numbers beyond 63 bits.
    """
    asset_id, application_id = params.identity(query, "asset-id"), params.identity(query, "application-id")
    round_ = params.identity(query, "round")
    min_round, max_round = (params.number(query, name) or 0 for name in ("min-round", "max-round"))
    above, below = (params.number(query, name) for name in ("currency-greater-than", "currency-less-than"))
    limit = params.limit(query, DEFAULT_LIMIT, MAX_LIMIT)
    after, before = params.time(query, "after-time"), params.time(query, "before-time")
    rekeying, without_closing = params.flag(query, "rekey-to"), params.flag(query, "exclude-close-to")

    reasons: list[str] = []

    def decoded[T](name: str, decode: Callable[[str], T]) -> T | None:
        try:
            return decode(query[name]) if name in query else None
        except InvalidInputError as error:
            reasons.append(str(error))
            return None

    role = decoded("address-role", _role_fields) or frozenset()
    address = decoded("address", _decode_address)
    txid = decoded("txid", lambda text: params.check_digest(text, "txid"))
    note_prefix = decoded("note-prefix", lambda text: params.decode_base64(text, "note-prefix"))
    group = decoded("group-id", _decode_group)
    signature = decoded("sig-type", lambda text: _one_of(text, _SIGNATURES, "sig-type"))
    kind = decoded("tx-type", lambda text: _one_of(text.lower(), _TYPES, "tx-type"))
    of_asset = asset_id is not None or kind == "axfer"

    wanted = Filter(
        limit=limit,
        address=address,
        role_fields=role - _CLOSING_FIELDS if without_closing else role,
        id=application_id if asset_id is None else asset_id,
        txid=txid,
        group=group,
        round=round_,
        min_round=min_round,
        max_round=max_round,
        after_s=after.timestamp() if after else None,
        before_s=before.timestamp() if before else None,
        kind=kind,
        signature=signature,
        note_prefix=note_prefix or b"",
        amount_field="aamt" if of_asset else "amt",
        amount_above=above,
        amount_below=below,
        rekeying=rekeying,
        next_token=query.get("next") or None,
    )
    reasons = reasons or _contradictions(wanted)
    if reasons:
        raise ApiError(400, "invalid input: " + ", ".join(reasons))
    if asset_id is not None and application_id is not None and asset_id != application_id:
        raise ApiError(400, "error while searching for transaction: txn query err cannot search both assetid and appid")
    return wanted


def _role_fields(text: str) -> frozenset[str]:
    role = text.lower()
    if role not in _ROLES:
        raise InvalidInputError(f"unknown address role [valid roles: {', '.join(_ROLES)}]: '{role}'")
    return _ROLES[role]


def _decode_address(text: str) -> bytes:
    try:
        return params.decode_address(text)
    except ValueError as error:
        raise InvalidInputError(f"unable to parse address: {error}") from None


def _decode_group(text: str) -> bytes:
    group = params.decode_base64(text, "group-id")
    if len(group) != len(ZERO_ADDRESS):
        raise InvalidInputError("bad length for group ID: 'group-id'")
    return group


def _one_of(text: str, known: Sequence[str], name: str) -> str:
    if text not in known:
        raise InvalidInputError(f"unknown {name} [valid types: {', '.join(known)}]: '{text}'")
    return text


def _contradictions(wanted: Filter) -> list[str]:
    """What cannot be searched, in the indexer's words."""
    reasons = []
    amounts = (wanted.amount_above, wanted.amount_below) if wanted.amount_field == "amt" else ()
    if params.too_large(wanted.min_round, wanted.max_round, *amounts):
        reasons.append(params.TOO_LARGE)
    if wanted.round is not None and (wanted.min_round or wanted.max_round):
        reasons.append("cannot specify round and min-round/max-round")
    if wanted.round is None and wanted.max_round and wanted.min_round > wanted.max_round:
        reasons.append("min-round must be less than max-round")
    if wanted.address in (None, ZERO_ADDRESS):
        reasons += [text for name, text in _ZERO_ADDRESS_REFUSALS.items() if name in wanted.role_fields]
    return reasons


# --- the search


def find(index: Index, wanted: Filter) -> Page:
    """One page of what a filter asks for.

    Raises:
        ApiError: 500 for a token that is none, as the indexer answers it.
    """
    seen: set[str] = set()
    rows: list[Row] = []
    last: Row | None = None
    for row in islice(_matching(index, wanted), wanted.limit):
        if wanted.inner_alone:
            rows.append(row)
        elif row.txid in seen:
            continue
        else:
            rows.append(row.root)
        seen.add(row.txid)
        last = row
    return Page(rows, None if last is None else _token(last, wanted))


def _matching(index: Index, wanted: Filter) -> Iterator[Row]:
    """All rows that fit from the token on, in order."""
    tests = _tests(wanted)
    for row in _from_token(_candidates(index, wanted), wanted):
        for test in tests:
            if not test(row):
                break
        else:
            yield row


def _candidates(index: Index, wanted: Filter) -> list[Row]:
    """The rows that all indexes of the filter hold within its rounds, oldest first."""
    rows = index.rows
    if wanted.round == 0:
        return []
    positions = _positions(index, wanted)
    first, last = wanted.round or wanted.min_round, wanted.round or wanted.max_round
    end = bisect_left(positions, len(rows))  # those of a block that is just being added are not there yet
    begin = bisect_left(positions, first, 0, end, key=lambda at: rows[at].round) if first else 0
    if last:
        end = bisect_left(positions, last + 1, begin, end, key=lambda at: rows[at].round)
    return [rows[at] for at in positions[begin:end]]


def _positions(index: Index, wanted: Filter) -> Sequence[int]:
    indexed: list[Sequence[int]] = []
    if wanted.address is not None:
        indexed.append(index.by_address.get(wanted.address, ()))
    if wanted.txid is not None:
        indexed.append([index.by_txid[wanted.txid]] if wanted.txid in index.by_txid else ())
    if wanted.group is not None:
        indexed.append(index.by_group.get(wanted.group, ()))
    if wanted.id:
        indexed.append(index.by_id.get(wanted.id, ()))
    if not indexed:
        return range(len(index.rows))
    if len(indexed) == 1:
        return indexed[0]
    return sorted(set(indexed[0]).intersection(*indexed[1:]))


def _from_token(rows: list[Row], wanted: Filter) -> Iterator[Row]:
    """The rows in the filter's order, without those of earlier pages."""
    begin = _decode_token(wanted.next_token) if wanted.next_token else None
    if wanted.newest_first:
        end = len(rows) if begin is None else bisect_left(rows, begin, key=_place)
        return reversed(rows[:end])
    start = 0 if begin is None else bisect_left(rows, (begin[0], begin[1] + 1), key=_place)
    return iter(rows[start:])


def _place(row: Row) -> tuple[int, int]:
    return row.round, row.intra


def _tests(wanted: Filter) -> list[Callable[[Row], bool]]:
    """What a candidate must pass, whichever index it came from."""
    return [*_chain_tests(wanted), *_content_tests(wanted)]


def _chain_tests(wanted: Filter) -> Iterator[Callable[[Row], bool]]:
    """Tests of when a transaction was made and of what it belongs to."""
    if wanted.roots_only:
        yield lambda row: row.outer is None
    if wanted.id == 0:
        yield lambda row: row.id == 0
    if (after_s := wanted.after_s) is not None:
        yield lambda row: row.timestamp > after_s
    if (before_s := wanted.before_s) is not None:
        yield lambda row: row.timestamp < before_s
    if (signature := wanted.signature) is not None:
        yield lambda row: signature in row.signed


def _content_tests(wanted: Filter) -> Iterator[Callable[[Row], bool]]:
    """Tests of what a transaction does."""
    if wanted.role_fields:
        yield lambda row: any(row.signed["txn"].get(name) == wanted.address for name in wanted.role_fields)
    if wanted.kind is not None:
        yield lambda row: row.signed["txn"]["type"] == wanted.kind
    if wanted.note_prefix:
        yield lambda row: row.signed["txn"].get("note", b"").startswith(wanted.note_prefix)
    if (above := wanted.amount_above) is not None:
        yield _amount_test(wanted.amount_field, lambda amount: amount > above)
    if (below := wanted.amount_below) is not None:
        yield _amount_test(wanted.amount_field, lambda amount: amount < below)
    if wanted.rekeying:
        yield lambda row: "rekey" in row.signed["txn"]
    if wanted.with_logs:
        yield lambda row: bool((row.signed.get("dt") or {}).get("lg"))


def _amount_test(name: str, fits: Callable[[int], bool]) -> Callable[[Row], bool]:
    """A test of an amount; one of zero is not stored and never fits."""
    return lambda row: name in row.signed["txn"] and fits(row.signed["txn"][name])


# --- tokens


def _token(last: Row, wanted: Filter) -> str:
    """The token after a row. Roots are past their inner transactions in either order."""
    intra = last.intra
    if not wanted.inner_alone:
        intra = last.root.intra if wanted.newest_first else last.root.intra + last.root.inner_count
    return urlsafe_b64encode(last.round.to_bytes(8, "little") + intra.to_bytes(4, "little")).decode()


def _decode_token(text: str) -> tuple[int, int]:
    try:
        token = params.decode_token(text, _TOKEN_BYTES, "DecodeTxnRowNext")
    except ValueError as error:
        raise ApiError(500, f"error while searching for transaction: {error}") from None
    return int.from_bytes(token[:8], "little"), int.from_bytes(token[8:], "little")


# --- the requests


def search(index: Index, request: Request) -> Tree:
    """``GET /v2/transactions``."""
    return _answer(index, request.query_params)


def search_account(index: Index, request: Request) -> Tree:
    """``GET /v2/accounts/{account-id}/transactions``."""
    params.path_address(request)
    elsewhere = {"address-role", "application-id", "exclude-close-to", "group-id"}
    query = {name: value for name, value in request.query_params.items() if name not in elsewhere}
    return _answer(index, query | {"address": request.path_params["account-id"]})


def search_asset(index: Index, request: Request) -> Tree:
    """``GET /v2/assets/{asset-id}/transactions``."""
    elsewhere = {"application-id", "group-id"}
    query = {name: value for name, value in request.query_params.items() if name not in elsewhere}
    return _answer(index, query | {"asset-id": str(params.path_id(request, "asset-id"))})


def lookup(index: Index, request: Request) -> Tree:
    """``GET /v2/transactions/{txid}``."""
    txid = request.path_params["txid"]
    try:
        params.check_digest(txid, "txid")
    except InvalidInputError as error:
        raise ApiError(400, f"invalid input: {error}") from None
    current_round = index.last_round
    at = index.by_txid.get(txid)
    if at is None:
        raise ApiError(404, f"no transaction found for transaction id: {txid}")
    return {"current-round": current_round, "transaction": index.rows[at].root_json()}


def _answer(index: Index, query: Query) -> Tree:
    current_round = index.last_round
    page = find(index, parse(query))
    transactions = [row.root_json() for row in page.rows]
    return present({"current-round": current_round, "next-token": page.next_token, "transactions": transactions})
