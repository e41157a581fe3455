"""Blocks and their headers."""

from base64 import urlsafe_b64encode

from starlette.requests import Request

from localnet.algod.formats import base64_text
from localnet.engine.blocks import Tree
from localnet.http import ApiError
from localnet.indexer import params
from localnet.indexer.index import Index
from localnet.indexer.params import Query
from localnet.indexer.search import MAX_LIMIT as MAX_TRANSACTIONS
from localnet.indexer.search import Filter, find
from localnet.indexer.values import ZERO_ADDRESS, address, address_or_none, bytes_or_none, present

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
MAX_ADDRESSES = 1000
_TOKEN_BYTES = 8
_ZERO_DIGEST = bytes(32)
_PARTICIPANTS = {"proposers": "prp", "expired": "partupdrmv", "absent": "partupdabs"}


def lookup(index: Index, request: Request) -> Tree:
    """``GET /v2/blocks/{round-number}``."""
    round_ = params.path_id(request, "round-number")
    header_only = params.flag(request.query_params, "header-only")
    if round_ > index.last_round:
        raise ApiError(404, f"error while looking up block for round '{round_}': block not found")
    shown = _header(index.ledger.block(round_), round_)
    if header_only:
        return shown | {"transactions": []}
    rows = find(index, Filter(limit=MAX_TRANSACTIONS + 1, round=round_)).rows
    if len(rows) > MAX_TRANSACTIONS:
        raise ApiError(400, "Max transactions limit exceeded. header-only flag should be enabled")
    return shown | {"transactions": [row.root_json() for row in rows]}


def search_headers(index: Index, request: Request) -> Tree:
    """``GET /v2/block-headers``."""
    query = request.query_params
    current_round = index.last_round
    first, last = _rounds(query, current_round)
    after, before = params.time(query, "after-time"), params.time(query, "before-time")
    if after and before and after > before:
        raise ApiError(400, "invalid input: after-time must be less than before-time")
    limit = params.limit(query, DEFAULT_LIMIT, MAX_LIMIT)
    participants = _participants(query)
    headers = []
    for round_ in range(first, last + 1):
        block = index.ledger.block(round_)
        timestamp = block.get("ts", 0)
        if (after and timestamp <= after.timestamp()) or (before and timestamp >= before.timestamp()):
            continue
        if participants and not _takes_part(block, *participants):
            continue
        headers.append(_header(block, round_))
        if len(headers) == limit:
            break
    token = _token(headers[-1]["round"]) if headers else None
    return present({"blocks": headers, "current-round": current_round, "next-token": token})


def _rounds(query: Query, current_round: int) -> tuple[int, int]:
    """First and last round of a search."""
    first, last = params.number(query, "min-round"), params.number(query, "max-round")
    if first is not None and last is not None and first > last:
        raise ApiError(400, "min-round must be less than max-round")
    first = first or 0
    if "next" in query:
        try:
            token = params.decode_token(query["next"], _TOKEN_BYTES, "DecodeBlockRowNext")
        except ValueError as error:
            raise ApiError(400, f"unable to parse next token: {error}") from None
        first = max(first, int.from_bytes(token, "little") + 1)
    if params.too_large(first, last):
        raise ApiError(400, f"invalid input: {params.TOO_LARGE}")
    return first, current_round if last is None else min(last, current_round)


def _participants(query: Query) -> tuple[str, frozenset[bytes]] | None:
    """The header's field and the addresses of which it must hold one."""
    asked = [name for name in _PARTICIPANTS if name in query]
    if not asked:
        return None
    if len(asked) > 1:
        raise ApiError(400, "only one of `proposer`, `expired`, or `absent` can be specified")
    [name] = asked
    texts = query[name].split(",")
    if len(texts) > MAX_ADDRESSES:
        raise ApiError(400, f"{name} list too long, max size is {MAX_ADDRESSES}")
    addresses = set()
    for text in texts:
        try:
            addresses.add(params.decode_address(text))
        except ValueError as error:
            raise ApiError(400, f"unable to parse {name.rstrip('s')} address `{text}`: {error}") from None
    return _PARTICIPANTS[name], frozenset(addresses)


def _takes_part(block: Tree, field: str, addresses: frozenset[bytes]) -> bool:
    found = block.get(field) or ()
    return not addresses.isdisjoint([found] if isinstance(found, bytes) else found)


def _token(round_: int) -> str:
    return urlsafe_b64encode(round_.to_bytes(_TOKEN_BYTES, "little")).decode()


def _header(block: Tree, round_: int) -> Tree:
    return present(
        {
            "bonus": block.get("bi") or None,
            "fees-collected": block.get("fc") or None,
            "genesis-hash": base64_text(block.get("gh", _ZERO_DIGEST)),
            "genesis-id": block.get("gen", ""),
            "participation-updates": _participation_updates(block),
            "previous-block-hash": base64_text(block.get("prev", _ZERO_DIGEST)),
            "previous-block-hash-512": bytes_or_none(block.get("prev512")),
            "proposer": address_or_none(block.get("prp")),
            "proposer-payout": block.get("pp") or None,
            "rewards": {
                "fee-sink": address(block.get("fees", ZERO_ADDRESS)),
                "rewards-calculation-round": block.get("rwcalr", 0),
                "rewards-level": block.get("earn", 0),
                "rewards-pool": address(block.get("rwd", ZERO_ADDRESS)),
                "rewards-rate": block.get("rate", 0),
                "rewards-residue": block.get("frac", 0),
            },
            "round": round_,
            "seed": base64_text(block.get("seed", _ZERO_DIGEST)),
            "state-proof-tracking": _state_proofs(block),
            "timestamp": block.get("ts", 0),
            "transactions-root": base64_text(block.get("txn", _ZERO_DIGEST)),
            "transactions-root-sha256": base64_text(block.get("txn256", _ZERO_DIGEST)),
            "transactions-root-sha512": bytes_or_none(block.get("txn512")),
            "txn-counter": block.get("tc", 0),
            "upgrade-state": present(
                {
                    "current-protocol": block.get("proto", ""),
                    "next-protocol": block.get("nextproto") or None,
                    "next-protocol-approvals": block.get("nextyes", 0),
                    "next-protocol-switch-on": block.get("nextswitch", 0),
                    "next-protocol-vote-before": block.get("nextbefore", 0),
                }
            ),
            "upgrade-vote": present(
                {
                    "upgrade-approve": block.get("upgradeyes", False),
                    "upgrade-delay": block.get("upgradedelay", 0),
                    "upgrade-propose": block.get("upgradeprop") or None,
                }
            ),
        }
    )


def _participation_updates(block: Tree) -> Tree | None:
    updates = {
        "absent-participation-accounts": [address(one) for one in block.get("partupdabs") or ()],
        "expired-participation-accounts": [address(one) for one in block.get("partupdrmv") or ()],
    }
    return {name: found for name, found in updates.items() if found} or None


def _state_proofs(block: Tree) -> list[Tree]:
    tracking = block.get("spt") or {}
    return [
        present(
            {
                "next-round": tracking[kind].get("n", 0),
                "online-total-weight": tracking[kind].get("t", 0),
                "type": kind,
                "voters-commitment": bytes_or_none(tracking[kind].get("v")),
            }
        )
        for kind in sorted(tracking)
    ]
