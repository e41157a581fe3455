"""Accounts, applications, assets, boxes, logs and blocks."""

from typing import Any

import pytest
from algosdk import logic

from tests.localnet.indexer.conftest import APPROVE_TEAL, TEAL, Chain, History, base64

UNKNOWN = 999_999_999
ZERO_ADDRESS = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY5HFKQ"
SMALL_SCHEMA = {"num-byte-slice": 0, "num-uint": 1}


def pages(chain: Chain, path: str, key: str, size: int, **query: object) -> list[dict[str, Any]]:
    """All items of a list, fetched page by page until one is empty, as clients do."""
    items: list[dict[str, Any]] = []
    more: dict[str, object] = {}
    while True:
        answer = chain.get(path, **query, **more, limit=size)
        assert len(answer[key]) <= size
        if not answer[key]:
            assert "next-token" not in answer
            return items
        items += answer[key]
        more = {"next": answer["next-token"]}


# --- accounts


def account(history: History, name: str, **query: object) -> dict[str, Any]:
    answer = history.chain.get(f"/v2/accounts/{history.people[name].address}", **query)
    shown: dict[str, Any] = answer["account"]
    assert shown["round"] == answer["current-round"]
    return shown


def kilowatt(history: History, **more: object) -> dict[str, Any]:
    alice = history.people["alice"].address
    params = {
        "creator": alice,
        "decimals": 2,
        "default-frozen": False,
        "freeze": alice,
        "manager": alice,
        "metadata-hash": base64(b"m" * 32),
        "name": "Kilowatt share",
        "name-b64": base64(b"Kilowatt share"),
        "total": 1000,
        "unit-name": "kW",
        "unit-name-b64": base64(b"kW"),
        "url": "https://asset.example",
        "url-b64": base64(b"https://asset.example"),
    }
    return {
        "created-at-round": history.rounds["create-asset"],
        "deleted": False,
        "index": history.asset,
        "params": params | more,
    }


def score(history: History) -> dict[str, Any]:
    return {
        "deleted": False,
        "id": history.recorder,
        "key-value": [{"key": base64(b"score"), "value": {"bytes": "", "type": 2, "uint": 9}}],
        "opted-in-at-round": history.rounds["opt-in-app"],
        "schema": SMALL_SCHEMA,
    }


def holding(history: History, amount: int, opened: str, *, frozen: bool) -> dict[str, Any]:
    return {
        "amount": amount,
        "asset-id": history.asset,
        "deleted": False,
        "is-frozen": frozen,
        "opted-in-at-round": history.rounds[opened],
    }


def test_a_holder_has_all_fields(history: History) -> None:
    shown = account(history, "bob")
    assert shown.pop("round") >= history.rounds["destroy-asset"]
    paid = 10_000_000 + 1_000_001 - 200_002 + 11 + 13 + 14 - 5 * 1000
    assert shown == {
        "address": history.people["bob"].address,
        "amount": paid,
        "amount-without-pending-rewards": paid,
        "apps-local-state": [score(history)],
        "apps-total-schema": SMALL_SCHEMA,
        "assets": [holding(history, 30, "opt-in-asset", frozen=True)],
        "created-at-round": history.rounds["fund-bob"],
        "deleted": False,
        "min-balance": 100_000 + 100_000 + 100_000 + 28_500,
        "pending-rewards": 0,
        "reward-base": 0,
        "rewards": 0,
        "sig-type": "sig",
        "status": "Offline",
        "total-apps-opted-in": 1,
        "total-assets-opted-in": 1,
        "total-box-bytes": 0,
        "total-boxes": 0,
        "total-created-apps": 0,
        "total-created-assets": 0,
    }


def test_a_creator_lists_what_still_exists(history: History) -> None:
    shown = account(history, "alice")
    assert [one["id"] for one in shown["created-apps"]] == [history.recorder, history.inner]
    assert shown["created-assets"] == [kilowatt(history)]
    assert shown["assets"] == [holding(history, 970, "create-asset", frozen=False)]


def test_include_all_lists_what_is_gone(history: History) -> None:
    shown = account(history, "alice", include_all="true")
    alice, rounds = history.people["alice"].address, history.rounds
    assert shown["created-apps"][-1] == {
        "created-at-round": rounds["create-gone-app"],
        "deleted": True,
        "deleted-at-round": rounds["delete-app"],
        "id": history.gone_app,
        "params": shown["created-apps"][-1]["params"],
    }
    assert shown["created-assets"][-1] == {
        "created-at-round": rounds["create-gone-asset"],
        "deleted": True,
        "destroyed-at-round": rounds["destroy-asset"],
        "index": history.gone_asset,
        "params": {"creator": alice, "decimals": 0, "default-frozen": False, "total": 0},
    }
    assert shown["assets"][-1] == {
        "amount": 0,
        "asset-id": history.gone_asset,
        "deleted": True,
        "is-frozen": False,
        "opted-in-at-round": rounds["create-gone-asset"],
        "opted-out-at-round": rounds["destroy-asset"],
    }


LISTS = {"assets", "created-assets", "apps-local-state", "created-apps"}


@pytest.mark.parametrize("exclude", [*sorted(LISTS), "all", "none", "assets,created-apps"])
def test_lists_can_be_excluded(history: History, exclude: str) -> None:
    for name in ("alice", "bob"):
        whole, rest = account(history, name), account(history, name, exclude=exclude)
        gone = LISTS if exclude == "all" else set(exclude.split(","))
        assert rest == {key: value for key, value in whole.items() if key not in gone}


def test_signature_types_follow_the_last_signature(history: History) -> None:
    types = {name: account(history, name).get("sig-type") for name in ("erin", "contract", "several", "carol")}
    assert types == {"erin": "sig", "contract": "lsig", "several": "msig", "carol": None}


def test_a_rekeyed_account_names_its_authority(history: History, chain: Chain) -> None:
    alice = history.people["alice"].address
    found = chain.get("/v2/accounts", auth_addr=alice)["accounts"]
    assert [one["address"] for one in found] == [history.people["erin"].address]
    assert found[0]["auth-addr"] == alice


def test_a_closed_account_is_found_only_with_include_all(history: History, chain: Chain) -> None:
    dave = history.people["dave"].address
    assert chain.refusal(f"/v2/accounts/{dave}") == (404, f"no accounts found for address: {dave}")
    shown = account(history, "dave", include_all="true")
    assert (shown["amount"], shown["deleted"]) == (0, True)
    assert shown["created-at-round"] == history.rounds["fund-dave"]
    assert shown["closed-at-round"] == history.rounds["close"]


def test_application_accounts_have_their_boxes_counted(history: History, chain: Chain) -> None:
    address = logic.get_application_address(history.recorder)
    shown = chain.get(f"/v2/accounts/{address}")["account"]
    assert (shown["total-boxes"], shown["total-box-bytes"]) == (3, 3 * (4 + 2))
    assert shown["created-at-round"] == history.rounds["fund-recorder"]


def test_balances_of_earlier_rounds(history: History) -> None:
    bob = history.people["bob"].address
    path = f"/v2/accounts/{bob}"
    amounts = []
    for name in ("fund-bob", "pay-bob", "pay-alice", "send-asset"):
        answer = history.chain.get(path, round=history.rounds[name])["account"]
        assert answer["round"] == history.rounds[name]
        amounts.append((answer["amount"], answer["assets"][0]["amount"]))
    after_return = 11_000_001 - 200_002 - 1000
    assert amounts == [(10_000_000, 0), (11_000_001, 0), (after_return, 0), (after_return - 1000, 30)]
    last = history.chain.get("/health")["round"]
    assert history.chain.refusal(path, round=last + 1) == (
        400,
        (
            "failed while searching for account: error while rewinding account: "
            f"the requested round {last + 1} > the current round {last}"
        ),
    )


@pytest.mark.parametrize("name", ["alice", "bob", "carol", "erin", "several"])
def test_rewinding_to_the_first_round_leaves_nothing(history: History, name: str) -> None:
    address = history.people[name].address
    assert history.chain.get(f"/v2/accounts/{address}", round=1)["account"]["amount"] == 0


@pytest.mark.parametrize(
    ("path", "query", "status", "message"),
    [
        ("/v2/accounts/xyz", {}, 400, "unable to parse address: illegal base32 data at input byte 0"),
        (
            f"/v2/accounts/{'A' * 58}",
            {},
            400,
            "unable to parse address: address checksum is incorrect, did you copy the address correctly?",
        ),
        (f"/v2/accounts/{ZERO_ADDRESS}", {}, 404, f"no accounts found for address: {ZERO_ADDRESS}"),
        (
            f"/v2/accounts/{ZERO_ADDRESS}",
            {"exclude": "weather"},
            400,
            'unknown value "weather": invalid exclude argument',
        ),
        ("/v2/accounts", {"next": "zzz"}, 400, "unable to parse next token"),
        ("/v2/accounts", {"round": 3}, 400, "multiple accounts rewind is not supported by this server"),
        (
            "/v2/accounts",
            {"auth-addr": "NOBODY"},
            400,
            "unable to parse auth addr: decoded address is the wrong length, should be 36 bytes",
        ),
        (
            f"/v2/accounts/{ZERO_ADDRESS}/assets",
            {"next": "x"},
            400,
            'unable to parse next token: strconv.ParseUint: parsing "x": invalid syntax',
        ),
        (
            "/v2/accounts/xyz/created-assets",
            {},
            400,
            "unable to parse creator address: illegal base32 data at input byte 0",
        ),
    ],
    ids=str,
)
def test_bad_requests_for_accounts(
    chain: Chain, path: str, query: dict[str, object], status: int, message: str
) -> None:
    assert chain.refusal(path, **query) == (status, message)


def test_accounts_are_listed_by_address_page_by_page(history: History, chain: Chain) -> None:
    whole = chain.get("/v2/accounts", exclude="all")["accounts"]
    assert pages(chain, "/v2/accounts", "accounts", 3, exclude="all") == whole
    people = {person.address for name, person in history.people.items() if name != "dave"}
    assert people <= {one["address"] for one in whole}
    assert history.people["dave"].address not in {one["address"] for one in whole}
    with_closed = chain.get("/v2/accounts", exclude="all", include_all="true")["accounts"]
    assert history.people["dave"].address in {one["address"] for one in with_closed}


def test_accounts_are_narrowed(history: History, chain: Chain) -> None:
    def found(**query: object) -> set[str]:
        named = {person.address: name for name, person in history.people.items()}
        return {named.get(one["address"], "?") for one in chain.get("/v2/accounts", exclude="all", **query)["accounts"]}

    assert found(asset_id=history.asset) == {"alice", "bob"}
    assert found(asset_id=history.asset, currency_greater_than=30) == {"alice"}
    assert found(asset_id=history.asset, currency_less_than=31) == {"bob"}
    assert found(asset_id=history.gone_asset) == set()
    assert found(application_id=history.recorder) == {"bob"}
    assert found(currency_greater_than=300_000, currency_less_than=600_000) == {"carol", "contract", "several"}


def test_lists_of_an_account(history: History, chain: Chain) -> None:
    alice, bob = (f"/v2/accounts/{history.people[name].address}" for name in ("alice", "bob"))
    assert chain.get(f"{bob}/assets")["assets"] == [holding(history, 30, "opt-in-asset", frozen=True)]
    assert chain.get(f"{bob}/apps-local-state")["apps-local-states"] == [score(history)]
    assert chain.get(f"{alice}/created-assets")["assets"] == [searched_kilowatt(history)]
    apps = chain.get(f"{alice}/created-applications")["applications"]
    assert [one["id"] for one in apps] == [history.recorder, history.inner]
    assert [one["id"] for one in pages(chain, f"{alice}/created-applications", "applications", 1)] == [
        history.recorder,
        history.inner,
    ]
    everything = pages(chain, f"{alice}/assets", "assets", 1, include_all="true")
    assert [one["asset-id"] for one in everything] == [history.asset, history.gone_asset]
    assert chain.get(f"{alice}/assets", asset_id=history.gone_asset)["assets"] == []
    assert chain.get(f"/v2/accounts/{ZERO_ADDRESS}/assets")["assets"] == []


# --- applications


def test_application_with_its_state(history: History, chain: Chain) -> None:
    answer = chain.get(f"/v2/applications/{history.recorder}")
    assert answer["application"] == {
        "created-at-round": history.rounds["create-recorder"],
        "deleted": False,
        "id": history.recorder,
        "params": {
            "approval-program": base64(chain.compiled(TEAL)),
            "clear-state-program": base64(chain.compiled(APPROVE_TEAL)),
            "creator": history.people["alice"].address,
            "global-state": [
                {"key": base64(b"counter"), "value": {"bytes": "", "type": 2, "uint": 42}},
                {"key": base64(b"label"), "value": {"bytes": base64(b"metered"), "type": 1, "uint": 0}},
            ],
            "global-state-schema": {"num-byte-slice": 1, "num-uint": 1},
            "local-state-schema": SMALL_SCHEMA,
        },
    }


def test_a_deleted_application_keeps_its_creator(history: History, chain: Chain) -> None:
    path = f"/v2/applications/{history.gone_app}"
    assert chain.refusal(path) == (404, f"no application found for application-id: {history.gone_app}")
    assert chain.get(path, include_all="True")["application"] == {
        "created-at-round": history.rounds["create-gone-app"],
        "deleted": True,
        "deleted-at-round": history.rounds["delete-app"],
        "id": history.gone_app,
        "params": {
            "approval-program": None,
            "clear-state-program": None,
            "creator": history.people["alice"].address,
            "global-state-schema": {"num-byte-slice": 0, "num-uint": 0},
            "local-state-schema": {"num-byte-slice": 0, "num-uint": 0},
        },
    }


def test_applications_of_a_creator(history: History, chain: Chain) -> None:
    alice = history.people["alice"].address
    own = [history.recorder, history.inner]
    assert [one["id"] for one in chain.get("/v2/applications", creator=alice)["applications"]] == own
    assert [one["id"] for one in pages(chain, "/v2/applications", "applications", 1, creator=alice)] == own
    with_deleted = chain.get("/v2/applications", creator=alice, include_all="true")["applications"]
    assert [one["id"] for one in with_deleted] == [*own, history.gone_app]
    assert chain.get("/v2/applications", creator=ZERO_ADDRESS)["applications"] == []
    [one] = chain.get("/v2/applications", application_id=history.inner)["applications"]
    assert one["id"] == history.inner


@pytest.mark.parametrize(
    ("path", "query", "status", "message"),
    [
        (f"/v2/applications/{UNKNOWN}", {}, 404, f"no application found for application-id: {UNKNOWN}"),
        (
            "/v2/applications/first",
            {},
            400,
            (
                "Invalid format for parameter application-id: error binding string parameter: "
                'strconv.ParseUint: parsing "first": invalid syntax'
            ),
        ),
        (
            "/v2/applications",
            {"creator": "NOBODY"},
            400,
            "unable to parse creator address: decoded address is the wrong length, should be 36 bytes",
        ),
        (
            "/v2/applications",
            {"next": "x"},
            400,
            'unable to parse next token: strconv.ParseUint: parsing "x": invalid syntax',
        ),
        (f"/v2/assets/{UNKNOWN}", {}, 404, f"no assets found for asset-id: {UNKNOWN}"),
        (f"/v2/assets/{UNKNOWN}/balances", {"next": "x"}, 400, "unable to parse next token"),
        ("/v2/blocks/99999999", {}, 404, "error while looking up block for round '99999999': block not found"),
        ("/v2/block-headers", {"min-round": 2, "max-round": 1}, 400, "min-round must be less than max-round"),
        (
            "/v2/block-headers",
            {"next": "zzz"},
            400,
            "unable to parse next token: DecodeBlockRowNext() decode err: illegal base64 data at input byte 0",
        ),
        (
            "/v2/block-headers",
            {"after-time": "2026-01-02", "before-time": "2026-01-01"},
            400,
            "invalid input: after-time must be less than before-time",
        ),
    ],
    ids=str,
)
def test_bad_requests(chain: Chain, path: str, query: dict[str, object], status: int, message: str) -> None:
    assert chain.refusal(path, **query) == (status, message)


# --- logs


def log(history: History, name: str, text: bytes) -> dict[str, Any]:
    return {"logs": [base64(text), base64(b"\x00\xff")], "txid": history.id(name)}


def test_logs_of_calls_from_outside_and_from_inside(history: History, chain: Chain) -> None:
    outside, inside = log(history, "log", b"\x01\x02"), log(history, "inner-call", b"inside")
    recorder, inner = (f"/v2/applications/{app}/logs" for app in (history.recorder, history.inner))
    answer = chain.get(recorder)
    assert (answer["application-id"], answer["log-data"]) == (history.recorder, [outside])
    assert chain.get(inner)["log-data"] == [inside]
    assert chain.get(recorder, txid=history.id("log"))["log-data"] == [outside]
    assert chain.get(recorder, sender_address=history.people["bob"].address)["log-data"] == [outside]
    caller = logic.get_application_address(history.recorder)
    assert chain.get(inner, sender_address=caller)["log-data"] == [inside]
    rounds = history.rounds
    assert chain.get(recorder, min_round=rounds["log"], max_round=rounds["score"])["log-data"] == [outside]


@pytest.mark.parametrize(
    "query",
    [{"sender-address": ZERO_ADDRESS}, {"min-round": 10**9}, {"txid": "AAAA"}],
    ids=str,
)
def test_no_logs_no_list(history: History, chain: Chain, query: dict[str, object]) -> None:
    for app in (history.recorder, history.gone_app, UNKNOWN):
        answer = chain.get(f"/v2/applications/{app}/logs", **query)
        assert answer == {"application-id": app, "current-round": answer["current-round"]}


def test_logs_page_by_page(history: History, chain: Chain) -> None:
    path = f"/v2/applications/{history.inner}/logs"
    first = chain.get(path, limit=1)
    assert first["log-data"] == [log(history, "inner-call", b"inside")]
    assert "log-data" not in chain.get(path, limit=1, next=first["next-token"])


# --- boxes


def test_boxes_by_name(history: History, chain: Chain) -> None:
    path = f"/v2/applications/{history.recorder}/boxes"
    names = [{"name": base64(b"row" + bytes([key]))} for key in range(3)]
    answer = chain.get(path)
    assert (answer["application-id"], answer["boxes"]) == (history.recorder, names)
    assert pages(chain, path, "boxes", 2) == names
    values = [{"value": base64(b"v%d" % key)} for key in range(3)]
    with_values = [name | value for name, value in zip(names, values, strict=True)]
    assert chain.get(path, include="values")["boxes"] == with_values
    assert chain.get(f"/v2/applications/{UNKNOWN}/boxes")["boxes"] == []


def test_one_box(history: History, chain: Chain) -> None:
    path = f"/v2/applications/{history.recorder}/box"
    name = "b64:" + base64(b"row\x01")
    answer = chain.get(path, name=name)
    assert (answer["name"], answer["value"]) == (base64(b"row\x01"), base64(b"v1"))
    round_ = answer["round"]
    missing = f"round={round_}, appid={history.recorder}, boxName=str:none"
    assert chain.refusal(path, name="str:none") == (404, f"no application boxes found: {missing}")
    missing = f"round={round_}, appid={UNKNOWN}, boxName=str:none"
    assert chain.refusal(f"/v2/applications/{UNKNOWN}/box", name="str:none") == (
        404,
        f"no application found for application-id: {missing}",
    )
    assert chain.refusal(path, name="none") == (
        400,
        (
            "LookupApplicationBoxByIDAndName received illegal box name (none): "
            "all arguments and box names should be of the form 'encoding:value'"
        ),
    )
    assert chain.ask(path).status == 400


# --- assets


def searched_kilowatt(history: History) -> dict[str, Any]:
    return kilowatt(history, clawback=ZERO_ADDRESS, reserve=ZERO_ADDRESS)


def test_asset(history: History, chain: Chain) -> None:
    assert chain.get(f"/v2/assets/{history.asset}")["asset"] == searched_kilowatt(history)


def test_a_destroyed_asset_keeps_its_creator(history: History, chain: Chain) -> None:
    path = f"/v2/assets/{history.gone_asset}"
    assert chain.refusal(path) == (404, f"no assets found for asset-id: {history.gone_asset}")
    assert chain.get(path, include_all="true")["asset"] == {
        "created-at-round": history.rounds["create-gone-asset"],
        "deleted": True,
        "destroyed-at-round": history.rounds["destroy-asset"],
        "index": history.gone_asset,
        "params": {
            "clawback": ZERO_ADDRESS,
            "creator": history.people["alice"].address,
            "decimals": 0,
            "default-frozen": False,
            "freeze": ZERO_ADDRESS,
            "manager": ZERO_ADDRESS,
            "reserve": ZERO_ADDRESS,
            "total": 0,
        },
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, True),
        ({"name": "LOWATT SH"}, True),
        ({"name": "no such name"}, False),
        ({"unit": "k"}, True),
        ({"unit": "MW"}, False),
        ({"creator": ZERO_ADDRESS}, False),
    ],
    ids=str,
)
def test_assets_are_found_by_parts_of_their_names(
    history: History, chain: Chain, query: dict[str, object], found: bool
) -> None:
    assert chain.get("/v2/assets", **query)["assets"] == ([searched_kilowatt(history)] if found else [])


def test_assets_page_by_page(history: History, chain: Chain) -> None:
    found = pages(chain, "/v2/assets", "assets", 1, include_all="true")
    assert [one["index"] for one in found] == [history.asset, history.gone_asset]


def test_balances(history: History, chain: Chain) -> None:
    path = f"/v2/assets/{history.asset}/balances"

    def balance(name: str, amount: int, opened: str, *, frozen: bool) -> dict[str, Any]:
        shown = holding(history, amount, opened, frozen=frozen) | {"address": history.people[name].address}
        del shown["asset-id"]
        return shown

    alice, bob = balance("alice", 970, "create-asset", frozen=False), balance("bob", 30, "opt-in-asset", frozen=True)
    by_address = sorted((alice, bob), key=lambda one: history.people["alice" if one is alice else "bob"].public_key)
    assert chain.get(path)["balances"] == by_address
    assert pages(chain, path, "balances", 1) == by_address
    assert chain.get(path, currency_greater_than=30)["balances"] == [alice]
    assert chain.get(path, currency_less_than=970)["balances"] == [bob]
    gone = f"/v2/assets/{history.gone_asset}/balances"
    assert chain.get(gone)["balances"] == []
    assert [one["deleted"] for one in chain.get(gone, include_all="true")["balances"]] == [True]


# --- blocks


def test_block(history: History, chain: Chain) -> None:
    round_ = history.rounds["pair-0"]
    block = chain.get(f"/v2/blocks/{round_}")
    assert [one["id"] for one in block["transactions"]] == [history.id("pair-0"), history.id("pair-1")]
    assert (block["round"], block["genesis-id"]) == (round_, "dockernet-v1")
    before = chain.get(f"/v2/blocks/{round_ - 1}")
    assert block["timestamp"] >= before["timestamp"]
    assert block["txn-counter"] == before["txn-counter"] + 2
    header = chain.get(f"/v2/blocks/{round_}", header_only="true")
    assert header == block | {"transactions": []}


def test_every_round_has_a_block(chain: Chain) -> None:
    last = chain.get("/health")["round"]
    assert [chain.get(f"/v2/blocks/{round_}")["round"] for round_ in range(last + 1)] == list(range(last + 1))


def test_block_headers(history: History, chain: Chain) -> None:
    first, last = history.rounds["set"], history.rounds["score"]
    query: dict[str, object] = {"min_round": first, "max_round": last}
    headers = chain.get("/v2/block-headers", **query)["blocks"]
    assert [one["round"] for one in headers] == list(range(first, last + 1))
    assert all("transactions" not in one for one in headers)
    assert pages(chain, "/v2/block-headers", "blocks", 1, **query) == headers
    assert chain.get("/v2/block-headers", **query, proposers=ZERO_ADDRESS)["blocks"] == []
    assert chain.get("/v2/block-headers", min_round=1, before_time="2001-01-01")["blocks"] == []
