"""Searching transactions: filters, order, pages, refusals."""

from base64 import urlsafe_b64encode
from typing import Any

import pytest

from tests.localnet.indexer.conftest import Chain, History, base64

NOWHERE = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY5HFKQ"


def test_of_an_account_newest_first(history: History) -> None:
    """Also as a foreign account, and as the receiver of an inner payment."""
    bob = history.people["bob"].address
    expected = [
        "offline",
        "by-alice",
        "close",
        "pair-0",
        "score",
        "log",
        "opt-in-app",
        "freeze",
        "send-asset",
        "opt-in-asset",
        "pay-alice",
        "pay-bob",
        "fund-bob",
    ]
    assert history.found(address=bob) == expected
    assert history.found(f"/v2/accounts/{bob}/transactions") == expected
    assert history.found(address=history.people["carol"].address) == ["pair-1", "nested", "inner-pay"]


def test_of_all_oldest_first(history: History) -> None:
    assert history.found(min_round=history.rounds["fund-alice"]) == list(history.txns)


@pytest.mark.parametrize(
    ("role", "found"),
    [
        ("sender", ["offline", "log", "opt-in-app", "opt-in-asset", "pay-alice"]),
        ("receiver", ["by-alice", "close", "pair-0", "send-asset", "opt-in-asset", "pay-bob", "fund-bob"]),
        ("freeze-target", ["freeze"]),
    ],
)
def test_by_role(history: History, role: str, found: list[str]) -> None:
    assert history.found(address=history.people["bob"].address, address_role=role) == found


def test_closing_to_counts_as_receiving_unless_excluded(history: History) -> None:
    asked: dict[str, Any] = {"address": history.people["alice"].address, "address_role": "receiver", "tx_type": "pay"}
    assert history.found(**asked) == ["close", "pay-alice", "fund-alice"]
    assert history.found(**asked, exclude_close_to="true") == ["pay-alice", "fund-alice"]


def test_by_application_with_creation_and_inner_calls(history: History) -> None:
    boxes = [f"box-{key}" for key in range(3)]
    own = ["opt-in-app", "set", "log", "score", "inner-pay", "inner-call", "nested", *boxes]
    assert history.found(application_id=history.recorder) == ["create-recorder", *own]
    assert history.found(application_id=history.inner) == ["create-inner", "inner-call", "nested"]
    assert history.found(application_id=history.gone_app) == ["create-gone-app", "delete-app"]


def test_by_asset(history: History) -> None:
    expected = ["create-asset", "opt-in-asset", "send-asset", "freeze"]
    assert history.found(asset_id=history.asset) == expected
    assert history.found(f"/v2/assets/{history.asset}/transactions") == expected
    of_bob = history.found(f"/v2/assets/{history.asset}/transactions", address=history.people["bob"].address)
    assert of_bob == ["freeze", "send-asset", "opt-in-asset"]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("pay", ["by-alice", "close", "pair-0", "pay-alice", "pay-bob", "fund-bob"]),
        ("keyreg", ["offline"]),
        ("acfg", []),
        ("axfer", ["send-asset", "opt-in-asset"]),
        ("afrz", ["freeze"]),
        ("appl", ["score", "log", "opt-in-app"]),
    ],
)
def test_by_type(history: History, kind: str, found: list[str]) -> None:
    assert history.found(address=history.people["bob"].address, tx_type=kind) == found


def test_an_inner_transaction_finds_its_root_once(history: History) -> None:
    since = history.rounds["inner-pay"]
    found = history.found(min_round=since, max_round=history.rounds["box-2"], tx_type="pay")
    assert found == ["inner-pay", "nested"]


@pytest.mark.parametrize(("kind", "found"), [("lsig", ["pay-from-contract"]), ("msig", ["pay-from-several"])])
def test_by_signature(history: History, kind: str, found: list[str]) -> None:
    assert history.found(sig_type=kind) == found
    assert found[0] not in history.found(sig_type="sig")


def test_by_note(history: History) -> None:
    prefix = base64(b"history:")
    assert history.found(note_prefix=prefix) == ["pay-bob", "pay-alice"]
    assert history.found(note_prefix=prefix, address=history.people["bob"].address) == ["pay-alice", "pay-bob"]
    assert history.found(note_prefix=base64(b"inner")) == ["inner-pay", "nested"]


def test_as_deployment_looks_for_its_app(history: History, chain: Chain) -> None:
    answer = chain.get(
        "/v2/transactions",
        limit=1,
        note_prefix=base64(b"ALGOKIT_DEPLOYER"),
        min_round=history.rounds["create-recorder"],
        address=history.people["alice"].address,
        address_role="sender",
        application_id=history.recorder,
    )
    assert answer == {"current-round": answer["current-round"], "transactions": []}


def test_by_group(history: History) -> None:
    group = base64(history.group_of("pair-0"))
    assert history.found(group_id=group) == ["pair-0", "pair-1"]
    assert history.found(group_id=group, address=history.people["carol"].address) == ["pair-1"]
    assert history.found(group_id=base64(bytes(32))) == []


def test_by_rounds(history: History) -> None:
    rounds = history.rounds
    assert history.found(round=rounds["pair-0"]) == ["pair-0", "pair-1"]
    assert history.found(min_round=rounds["set"], max_round=rounds["score"]) == ["set", "log", "score"]
    alice = history.people["alice"].address
    assert history.found(min_round=rounds["set"], max_round=rounds["score"], address=alice) == ["score", "set"]
    assert history.found(round=0) == []
    assert history.found(min_round=10**9) == []


def test_by_time(history: History) -> None:
    carol = history.people["carol"].address
    everything = ["pair-1", "nested", "inner-pay"]
    for early in ("2001-01-01T00:00:00Z", "2001-01-01", "2001-01-01T02:00:00.123+02:00"):
        assert history.found(address=carol, before_time=early) == []
        assert history.found(address=carol, after_time=early) == everything
    assert history.found(address=carol, before_time="2100-01-01") == everything
    assert history.found(after_time="2026-02-02", before_time="2026-01-01") == []


def test_by_amount(history: History) -> None:
    bob = history.people["bob"].address
    assert history.found(address=bob, currency_greater_than=200_002) == ["pay-bob", "fund-bob"]
    small = history.found(address=bob, currency_less_than=13, currency_greater_than=0, tx_type="pay")
    assert small == ["pair-0"]
    assert history.found(asset_id=history.asset, currency_greater_than=29) == ["send-asset"]
    assert history.found(asset_id=history.asset, currency_greater_than=30) == []
    assert history.found(tx_type="axfer", currency_less_than=31) == ["send-asset"]


def test_by_rekeying(history: History) -> None:
    assert history.found(rekey_to="True") == ["rekey"]
    assert len(history.found(rekey_to="false")) == len(history.txns)


def test_nothing_found_is_an_empty_list(chain: Chain) -> None:
    answer = chain.get("/v2/transactions", address=NOWHERE)
    assert answer == {"current-round": answer["current-round"], "transactions": []}


# --- pages


@pytest.mark.parametrize("size", [1, 2, 3, 5, 50])
@pytest.mark.parametrize(
    "query",
    [
        {"address": "bob"},
        {"address": "carol"},
        {"address": "alice", "tx_type": "appl"},
        {"application_id": "recorder"},
        {"application_id": "inner"},
        {},
    ],
    ids=str,
)
def test_pages_put_together_are_the_whole(history: History, chain: Chain, size: int, query: dict[str, str]) -> None:
    asked: dict[str, object] = dict(query)
    if "address" in query:
        asked["address"] = history.people[query["address"]].address
    if "application_id" in query:
        asked["application_id"] = getattr(history, query["application_id"])
    whole = chain.ids("/v2/transactions", **asked)
    paged: list[str] = []
    more: dict[str, object] = {}
    while True:
        page = chain.get("/v2/transactions", **asked, **more, limit=size)
        if not page["transactions"]:
            assert "next-token" not in page
            break
        paged += [one["id"] for one in page["transactions"]]
        more = {"next": page["next-token"]}
    assert paged == whole


def test_a_limit_beyond_the_maximum_gives_what_there_is(history: History) -> None:
    assert len(history.found(limit=10**6)) == len(history.txns)


def test_a_page_counts_transactions_and_not_their_inner_ones(history: History) -> None:
    first = history.rounds["inner-pay"]
    assert history.found(min_round=first, limit=3) == ["inner-pay", "inner-call", "nested"]


# --- refusals

LARGE = 2**63
TOO_LARGE = (
    "searching by round or application-id or asset-id or filter by value greater than 9223372036854775807"
    " is not supported"
)


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        (
            {"limit": "many"},
            400,
            (
                "Invalid format for parameter limit: error binding string parameter: "
                'strconv.ParseUint: parsing "many": invalid syntax'
            ),
        ),
        (
            {"round": -1},
            400,
            (
                "Invalid format for parameter round: error binding string parameter: "
                'strconv.ParseUint: parsing "-1": invalid syntax'
            ),
        ),
        (
            {"min-round": 2**64},
            400,
            (
                "Invalid format for parameter min-round: error binding string parameter: "
                f'strconv.ParseUint: parsing "{2**64}": value out of range'
            ),
        ),
        (
            {"rekey-to": "yes"},
            400,
            (
                "Invalid format for parameter rekey-to: error binding string parameter: "
                'strconv.ParseBool: parsing "yes": invalid syntax'
            ),
        ),
        (
            {"after-time": "yesterday"},
            400,
            (
                "Invalid format for parameter after-time: error parsing 'yesterday' as RFC3339 or 2006-01-02 time: "
                'parsing time "yesterday" as "2006-01-02": cannot parse "yesterday" as "2006"'
            ),
        ),
        ({"min-round": 9, "max-round": 3}, 400, "invalid input: min-round must be less than max-round"),
        (
            {"round": 3, "max-round": 3},
            400,
            "invalid input: cannot specify round and min-round/max-round",
        ),
        (
            {"tx-type": "swap"},
            400,
            "invalid input: unknown tx-type [valid types: hb, pay, keyreg, acfg, axfer, afrz, appl, stpf]: 'swap'",
        ),
        ({"sig-type": "ink"}, 400, "invalid input: unknown sig-type [valid types: sig, msig, lsig]: 'ink'"),
        ({"note-prefix": "???"}, 400, "invalid input: unable to parse base64 data: 'note-prefix'"),
        ({"group-id": "AAAA"}, 400, "invalid input: bad length for group ID: 'group-id'"),
        (
            {"address": "NOBODY"},
            400,
            "invalid input: unable to parse address: decoded address is the wrong length, should be 36 bytes",
        ),
        (
            {"address": "A" * 58, "tx-type": "swap"},
            400,
            (
                "invalid input: unable to parse address: address checksum is incorrect, did you copy the address "
                "correctly?, unknown tx-type [valid types: hb, pay, keyreg, acfg, axfer, afrz, appl, stpf]: 'swap'"
            ),
        ),
        (
            {"address": NOWHERE, "address-role": "friend"},
            400,
            "invalid input: unknown address role [valid roles: sender, receiver, freeze-target]: 'friend'",
        ),
        (
            {"address-role": "sender"},
            400,
            "invalid input: searching transactions by zero address with asset sender role is not supported",
        ),
        ({"asset-id": LARGE}, 404, TOO_LARGE),
        ({"round": LARGE}, 404, TOO_LARGE),
        ({"min-round": LARGE}, 400, f"invalid input: {TOO_LARGE}"),
        (
            {"next": "zzz"},
            500,
            "error while searching for transaction: DecodeTxnRowNext() decode err: illegal base64 data at input byte 0",
        ),
        (
            {"next": "AAAA"},
            500,
            "error while searching for transaction: DecodeTxnRowNext() bad next token b: 000000",
        ),
        (
            {"asset-id": 5, "application-id": 6},
            400,
            "error while searching for transaction: txn query err cannot search both assetid and appid",
        ),
    ],
    ids=str,
)
def test_a_bad_query_is_refused(chain: Chain, query: dict[str, object], status: int, message: str) -> None:
    assert chain.refusal("/v2/transactions", **query) == (status, message)


def test_a_bad_account_in_the_path_is_refused(chain: Chain) -> None:
    bad = "unable to parse address: illegal base32 data at input byte 0"
    assert chain.refusal("/v2/accounts/xyz/transactions") == (400, bad)


def test_a_token_beyond_the_end_gives_an_empty_page(chain: Chain) -> None:
    beyond = urlsafe_b64encode((2**63 - 1).to_bytes(8, "little") + bytes(4)).decode()
    assert chain.get("/v2/transactions", next=beyond)["transactions"] == []
