"""Transactions as the indexer shows them, made from a block's entries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from localnet.algod.formats import base64_text, go_string_bytes, schema
from localnet.engine.blocks import Tree
from localnet.indexer.values import ZERO_ADDRESS, address, address_or_none, asset_params, bytes_or_none, present

_ON_COMPLETION = ("noop", "optin", "closeout", "clear", "update", "delete")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a transaction is in the chain.

    Attributes:
        intra: its place in the block, inner transactions before it counted; an inner one has its root's.
        timestamp: the block's time in unix seconds.
    """

    round: int
    intra: int
    timestamp: int


def root_json(signed: Tree, txid: str, place: Place) -> Tree:
    """A transaction with its id, its signature and all inner transactions."""
    return transaction_json(signed, place) | {"id": txid, "signature": _signature(signed)}


def transaction_json(signed: Tree, place: Place) -> Tree:
    """A transaction as an inner one is shown: without id and signature."""
    txn, delta = signed["txn"], signed.get("dt") or {}
    kind = txn["type"]
    shown: Tree = {
        "auth-addr": address_or_none(signed.get("sgnr")),
        "close-rewards": signed.get("rc", 0),
        "closing-amount": signed.get("ca", 0),
        "confirmed-round": place.round,
        "fee": txn.get("fee", 0),
        "first-valid": txn.get("fv", 0),
        "genesis-hash": bytes_or_none(txn.get("gh")),
        "genesis-id": txn.get("gen"),
        "global-state-delta": _state_delta(delta.get("gd")),
        "group": bytes_or_none(txn.get("grp")),
        "inner-txns": [transaction_json(inner, place) for inner in delta.get("itx") or ()] or None,
        "intra-round-offset": place.intra,
        "last-valid": txn.get("lv", 0),
        "lease": bytes_or_none(txn.get("lx")),
        "local-state-delta": _local_state_deltas(txn, delta),
        "logs": [base64_text(go_string_bytes(log)) for log in delta.get("lg") or ()] or None,
        "note": bytes_or_none(txn.get("note")),
        "receiver-rewards": signed.get("rr", 0),
        "rekey-to": address_or_none(txn.get("rekey")),
        "round-time": place.timestamp,
        "sender": address(txn.get("snd", ZERO_ADDRESS)),
        "sender-rewards": signed.get("rs", 0),
        "tx-type": kind,
    }
    if kind in _BY_TYPE:
        name, convert = _BY_TYPE[kind]
        shown[name] = convert(signed)
    if kind == "acfg" and not txn.get("caid"):
        shown["created-asset-index"] = signed.get("caid")
    if kind == "appl" and not txn.get("apid"):
        shown["created-application-index"] = signed.get("apid")
    return present(shown)


# --- by type


def _payment(signed: Tree) -> Tree:
    txn = signed["txn"]
    return present(
        {
            "amount": txn.get("amt", 0),
            "close-amount": signed.get("ca", 0),
            "close-remainder-to": address_or_none(txn.get("close")),
            "receiver": address(txn.get("rcv", ZERO_ADDRESS)),
        }
    )


def _key_registration(signed: Tree) -> Tree:
    txn = signed["txn"]
    return present(
        {
            "non-participation": txn.get("nonpart", False),
            "selection-participation-key": bytes_or_none(txn.get("selkey")),
            "state-proof-key": bytes_or_none(txn.get("sprfkey")),
            "vote-first-valid": txn.get("votefst", 0),
            "vote-key-dilution": txn.get("votekd", 0),
            "vote-last-valid": txn.get("votelst", 0),
            "vote-participation-key": bytes_or_none(txn.get("votekey")),
        }
    )


def _asset_configuration(signed: Tree) -> Tree:
    txn = signed["txn"]
    params = txn.get("apar")
    return present(
        {"asset-id": txn.get("caid", 0), "params": asset_params(txn["snd"], params) if params else None},
    )


def _asset_transfer(signed: Tree) -> Tree:
    txn = signed["txn"]
    return present(
        {
            "amount": txn.get("aamt", 0),
            "asset-id": txn.get("xaid", 0),
            "close-amount": signed.get("aca", 0),
            "close-to": address_or_none(txn.get("aclose")),
            "receiver": address(txn.get("arcv", ZERO_ADDRESS)),
            "sender": address_or_none(txn.get("asnd")),
        }
    )


def _asset_freeze(signed: Tree) -> Tree:
    txn = signed["txn"]
    return {
        "address": address(txn.get("fadd", ZERO_ADDRESS)),
        "asset-id": txn.get("faid", 0),
        "new-freeze-status": txn.get("afrz", False),
    }


def _application_call(signed: Tree) -> Tree:
    txn = signed["txn"]
    foreign_apps = txn.get("apfa") or []
    return present(
        {
            "access": [],  # lists of the later consensus versions; this ledger has none
            "accounts": [address(one) for one in txn.get("apat") or ()],
            "application-args": [base64_text(arg) for arg in txn.get("apaa") or ()],
            "application-id": txn.get("apid", 0),
            "approval-program": bytes_or_none(txn.get("apap")),
            "box-references": [
                {"app": _referenced_app(box.get("i", 0), foreign_apps), "name": base64_text(box.get("n", b""))}
                for box in txn.get("apbx") or ()
            ],
            "clear-state-program": bytes_or_none(txn.get("apsu")),
            "extra-program-pages": txn.get("apep") or None,
            "foreign-apps": foreign_apps,
            "foreign-assets": txn.get("apas") or [],
            "global-state-schema": schema(txn.get("apgs")),
            "local-state-schema": schema(txn.get("apls")),
            "on-completion": _ON_COMPLETION[txn.get("apan", 0)],
        }
    )


def _referenced_app(index: int, foreign_apps: list[int]) -> int:
    """The application of a box reference: 0 stands for the one that is called, i for the i-th foreign one."""
    return foreign_apps[index - 1] if index else 0


_BY_TYPE: dict[str, tuple[str, Callable[[Tree], Tree]]] = {
    "pay": ("payment-transaction", _payment),
    "keyreg": ("keyreg-transaction", _key_registration),
    "acfg": ("asset-config-transaction", _asset_configuration),
    "axfer": ("asset-transfer-transaction", _asset_transfer),
    "afrz": ("asset-freeze-transaction", _asset_freeze),
    "appl": ("application-transaction", _application_call),
}


# --- deltas


def _state_delta(delta: Mapping[bytes | str, Tree] | None) -> list[Tree] | None:
    """What a transaction changed in one state, sorted by key."""
    if not delta:
        return None
    pairs = sorted((go_string_bytes(key), change) for key, change in delta.items())
    return [{"key": base64_text(key), "value": _change(change)} for key, change in pairs]


def _change(change: Tree) -> Tree:
    return present(
        {
            "action": change.get("at", 0),
            "bytes": base64_text(go_string_bytes(change.get("bs", b""))) or None,
            "uint": change.get("ui", 0),
        }
    )


def _local_state_deltas(txn: Tree, delta: Tree) -> list[Tree] | None:
    """Changes of local states; accounts are numbered from the sender on, through references, to shared ones."""
    if not delta.get("ld"):
        return None
    accounts = [txn["snd"], *(txn.get("apat") or ()), *(delta.get("sa") or ())]
    changed = ((accounts[index], _state_delta(delta["ld"][index])) for index in sorted(delta["ld"]))
    return [{"address": address(account), "delta": changes} for account, changes in changed if changes]


# --- signatures


def _signature(signed: Tree) -> Tree:
    return present(
        {
            "logicsig": _logic_signature(signed["lsig"]) if signed.get("lsig") else None,
            "multisig": _multisig(signed.get("msig")),
            "sig": bytes_or_none(signed.get("sig")),
        }
    )


def _multisig(multisig: Tree | None) -> Tree | None:
    if not multisig:
        return None
    return {
        "subsignature": [
            present({"public-key": bytes_or_none(one.get("pk")), "signature": bytes_or_none(one.get("s"))})
            for one in multisig.get("subsig") or ()
        ],
        "threshold": multisig.get("thr", 0),
        "version": multisig.get("v", 0),
    }


def _logic_signature(logic: Tree) -> Tree:
    return present(
        {
            "args": [base64_text(arg) for arg in logic.get("arg") or ()],
            "logic": base64_text(logic.get("l", b"")),
            "logic-multisig-signature": _multisig(logic.get("lmsig")),
            "multisig-signature": _multisig(logic.get("msig")),
            "signature": bytes_or_none(logic.get("sig")),
        }
    )
