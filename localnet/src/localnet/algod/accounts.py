"""Accounts, applications and assets in algod's JSON shapes.

Only fields that algokit_utils knows may appear in an account: it passes them all to a constructor.
"""

from collections.abc import Iterable

from localnet.algod.formats import address_text, base64_text, go_string_bytes, key_values, schema
from localnet.engine.blocks import Tree
from localnet.engine.ledger import Ledger

EXCLUDE_CHOICES = frozenset(["all", "none", "created-apps-params", "created-assets-params"])

_STATUS = {0: "Offline", 1: "Online", 2: "NotParticipating"}

# Minimum balance, in microalgo (go-algorand's config/consensus.go).
_PER_ACCOUNT = 100_000
_PER_ASSET = 100_000
_PER_APP_PAGE = 100_000
_PER_APP_OPT_IN = 100_000
_PER_STATE_ENTRY = 25_000
_PER_UINT = 3_500
_PER_BYTE_SLICE = 25_000
_PER_BOX = 2_500
_PER_BOX_BYTE = 400

_ASSET_TEXTS = {"un": "unit-name", "an": "name", "au": "url"}
_ASSET_ROLES = {"m": "manager", "r": "reserve", "f": "freeze", "c": "clawback"}
_PARTICIPATION = {
    "vote": "vote-participation-key",
    "sel": "selection-participation-key",
    "stprf": "state-proof-key",
}


def account_json(ledger: Ledger, address: bytes, exclude: Iterable[str] = frozenset()) -> Tree:
    """``GET /v2/accounts/{address}``: an unknown account is an empty one.

    Args:
        exclude: values of :data:`EXCLUDE_CHOICES`.
    """
    account = ledger.account(address)
    exclude = frozenset(exclude)
    amount = account.get("algo", 0)
    answer: Tree = {
        "address": address_text(address),
        "amount": amount,
        "amount-without-pending-rewards": amount,
        "apps-total-schema": schema(account.get("tsch")),
        "min-balance": minimum_balance(account),
        "pending-rewards": 0,
        "reward-base": account.get("ebase", 0),
        "rewards": 0,
        "round": ledger.last_round,
        "status": _STATUS[account.get("onl", 0)],
        "total-apps-opted-in": len(account.get("appl", ())),
        "total-assets-opted-in": len(account.get("asset", ())),
        "total-created-apps": len(account.get("appp", ())),
        "total-created-assets": len(account.get("apar", ())),
    }
    optional = {
        "apps-total-extra-pages": account.get("teap", 0),
        "total-boxes": account.get("tbx", 0),
        "total-box-bytes": account.get("tbxb", 0),
        "auth-addr": address_text(account["spend"]) if any(account.get("spend", b"")) else None,
        "participation": _participation(account),
    }
    answer |= {key: value for key, value in optional.items() if value}
    if "all" not in exclude:
        answer |= _lists(account, address, exclude)
    return answer


def minimum_balance(account: Tree) -> int:
    """What the account must keep, in microalgo."""
    total = account.get("tsch", {})
    return int(
        _PER_ACCOUNT
        + _PER_ASSET * len(account.get("asset", ()))
        + _PER_APP_PAGE * (len(account.get("appp", ())) + account.get("teap", 0))
        + _PER_APP_OPT_IN * len(account.get("appl", ()))
        + (_PER_STATE_ENTRY + _PER_UINT) * total.get("nui", 0)
        + (_PER_STATE_ENTRY + _PER_BYTE_SLICE) * total.get("nbs", 0)
        + _PER_BOX * account.get("tbx", 0)
        + _PER_BOX_BYTE * account.get("tbxb", 0)
    )


def application_json(app_id: int, creator: bytes, params: Tree) -> Tree:
    """An application with its programs, schemas and global state."""
    answer: Tree = {
        "approval-program": base64_text(params.get("approv", b"")),
        "clear-state-program": base64_text(params.get("clearp", b"")),
        "creator": address_text(creator),
        "global-state-schema": schema(params.get("gsch")),
        "local-state-schema": schema(params.get("lsch")),
    }
    if params.get("epp"):
        answer["extra-program-pages"] = params["epp"]
    if params.get("gs"):
        answer["global-state"] = key_values(params["gs"])
    return {"id": app_id, "params": answer}


def asset_json(asset_id: int, creator: bytes, params: Tree) -> Tree:
    """An asset with its parameters; empty ones are left out, texts that are not UTF-8 have only their base64 form."""
    answer: Tree = {
        "creator": address_text(creator),
        "decimals": params.get("dc", 0),
        "default-frozen": params.get("df", False),
        "total": params.get("t", 0),
    }
    for key, name in _ASSET_ROLES.items():
        if any(params.get(key) or b""):
            answer[name] = address_text(params[key])
    for key, name in _ASSET_TEXTS.items():
        raw = go_string_bytes(params.get(key) or "")
        if raw:
            answer[f"{name}-b64"] = base64_text(raw)
            text = printable(raw)
            if text:
                answer[name] = text
    if any(params.get("am") or b""):
        answer["metadata-hash"] = base64_text(params["am"])
    return {"index": asset_id, "params": answer}


def holding_json(asset_id: int, holding: Tree) -> Tree:
    """What an account holds of an asset."""
    return {"amount": holding.get("a", 0), "asset-id": asset_id, "is-frozen": holding.get("f", False)}


def local_state_json(app_id: int, local: Tree) -> Tree:
    """An account's local state of an application."""
    answer: Tree = {"id": app_id, "schema": schema(local.get("hsch"))}
    if local.get("tkv"):
        answer["key-value"] = key_values(local["tkv"])
    return answer


def printable(raw: bytes) -> str:
    """The text of an asset's name, empty when it is not printable UTF-8."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() else ""


def _lists(account: Tree, address: bytes, exclude: frozenset[str]) -> Tree:
    apps = [application_json(id_, address, params) for id_, params in sorted(account.get("appp", {}).items())]
    assets = [asset_json(id_, address, params) for id_, params in sorted(account.get("apar", {}).items())]
    return {
        "assets": [holding_json(id_, holding) for id_, holding in sorted(account.get("asset", {}).items())],
        "apps-local-state": [local_state_json(id_, local) for id_, local in sorted(account.get("appl", {}).items())],
        "created-apps": [{"id": app["id"]} for app in apps] if "created-apps-params" in exclude else apps,
        "created-assets": (
            [{"index": asset["index"]} for asset in assets] if "created-assets-params" in exclude else assets
        ),
    }


def _participation(account: Tree) -> Tree | None:
    if not account.get("voteLst"):
        return None
    keys = {name: base64_text(account[key]) for key, name in _PARTICIPATION.items() if any(account.get(key, b""))}
    return keys | {
        "vote-first-valid": account.get("voteFst", 0),
        "vote-key-dilution": account.get("voteKD", 0),
        "vote-last-valid": account["voteLst"],
    }
