"""KMD's HTTP API (``/v1``) as an ASGI application."""

import sqlite3
from base64 import b64encode
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from algosdk.encoding import encode_address
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from localnet.http import (
    DEFAULT_TOKEN,
    ApiError,
    CorsRules,
    Router,
    decode_address,
    json_response,
    kmd_error,
    read_body,
    service,
)
from localnet.kmd import bodies, keys, multisig, signing
from localnet.kmd.bodies import Field
from localnet.kmd.handles import HandleError, Handles
from localnet.kmd.wallets import MultisigAccount, UnlockedWallet, WalletError, WalletInfo, WalletStore

TOKEN_HEADER = "X-KMD-API-Token"
DRIVER = "sqlite"
MAX_BODY_BYTES = 10_000_000

Fields = dict[str, Any]
Answer = dict[str, Any]
Handler = Callable[[Fields], Answer]


class GenesisLedger(Protocol):
    """What KMD needs to know of the ledger."""

    @property
    def genesis_accounts(self) -> Iterable[tuple[str, bytes, bytes, int]]:
        """Name, address, private key (64 bytes) and microalgos of each funded account."""
        ...

    def on_reset(self, listener: Callable[[], None], /) -> None:
        """Call ``listener`` after the chain was reset or restored."""
        ...


def create_kmd_app(data_dir: Path, ledger: GenesisLedger, token: str = DEFAULT_TOKEN) -> ASGIApp:
    """KMD over the wallets in ``data_dir``; its default wallet holds the ledger's genesis accounts."""
    store = WalletStore(data_dir)

    def hold_genesis_accounts() -> None:
        store.ensure_default_wallet([private_key for _name, _address, private_key, _funds in ledger.genesis_accounts])

    hold_genesis_accounts()
    ledger.on_reset(hold_genesis_accounts)
    router = Router(
        error=kmd_error,
        token_header=TOKEN_HEADER,
        token=token,
        open_paths=["/versions"],
        refused="invalid API token",
        not_found=_not_found,
        wrong_method=_not_found,
    )
    for method, path, handler, fields in Kmd(store, Handles()).routes():
        router.add(method, path, _endpoint(handler, fields))
    return service(router, CorsRules(TOKEN_HEADER, echo_origin=True, preflight_status=200, methods="GET,POST,DELETE"))


def _not_found() -> Response:
    return PlainTextResponse("404 page not found\n", 404)


def _endpoint(handler: Handler, fields: dict[str, Field] | None) -> Callable[[Request], Any]:
    """An endpoint that reads the body, when ``fields`` says what it holds, and answers off the event loop."""

    async def respond(request: Request) -> Response:
        read = {} if fields is None else bodies.decode(await read_body(request, MAX_BODY_BYTES), fields)
        try:
            return json_response(await run_in_threadpool(handler, read))
        except HandleError as error:
            raise ApiError(401, str(error)) from None
        except WalletError as error:
            raise ApiError(400, str(error)) from None
        except sqlite3.Error as error:
            raise ApiError(500, f"database error: {error}") from None

    return respond


HANDLE: dict[str, Field] = {"wallet_handle_token": bodies.text}
PASSWORD: dict[str, Field] = {"wallet_password": bodies.text}
ADDRESS: dict[str, Field] = {"address": bodies.text}
COSIGNING: dict[str, Field] = {"public_key": bodies.public_key, "partial_multisig": bodies.partial_multisig}


class Kmd:
    """The requests of KMD's API, one method each."""

    def __init__(self, store: WalletStore, handles: Handles) -> None:
        self._store = store
        self._handles = handles

    def routes(self) -> list[tuple[str, str, Handler, dict[str, Field] | None]]:
        """Method, path, handler and body of each request."""
        guarded = HANDLE | PASSWORD
        name: dict[str, Field] = {"wallet_name": bodies.text}
        wallet_id: dict[str, Field] = {"wallet_id": bodies.text}
        transaction: dict[str, Field] = {"transaction": bodies.blob}
        program: dict[str, Field] = {"data": bodies.blob}
        new_wallet: dict[str, Field] = {
            "wallet_driver_name": bodies.text,
            "master_derivation_key": bodies.blob_of(keys.SECRET_BYTES),
        }
        new_multisig: dict[str, Field] = {
            "multisig_version": bodies.small_number,
            "threshold": bodies.small_number,
            "pks": bodies.public_keys,
        }
        return [
            ("GET", "/versions", self.versions, None),
            ("GET", "/v1/wallets", self.list_wallets, None),
            ("POST", "/v1/wallet", self.create_wallet, name | PASSWORD | new_wallet),
            ("POST", "/v1/wallet/init", self.open_wallet, wallet_id | PASSWORD),
            ("POST", "/v1/wallet/release", self.release, HANDLE),
            ("POST", "/v1/wallet/renew", self.renew, HANDLE),
            ("POST", "/v1/wallet/info", self.info, HANDLE),
            ("POST", "/v1/wallet/rename", self.rename, wallet_id | PASSWORD | name),
            ("POST", "/v1/master-key/export", self.export_master_key, guarded),
            ("POST", "/v1/key", self.generate_key, HANDLE | {"display_mnemonic": bodies.flag}),
            ("DELETE", "/v1/key", self.delete_key, guarded | ADDRESS),
            ("POST", "/v1/key/list", self.list_keys, HANDLE),
            ("POST", "/v1/key/import", self.import_key, HANDLE | {"private_key": bodies.blob_of(64)}),
            ("POST", "/v1/key/export", self.export_key, guarded | ADDRESS),
            (
                "POST",
                "/v1/transaction/sign",
                self.sign_transaction,
                guarded | transaction | {"public_key": bodies.public_key},
            ),
            ("POST", "/v1/program/sign", self.sign_program, guarded | program | ADDRESS),
            ("POST", "/v1/multisig/list", self.list_multisigs, HANDLE),
            ("POST", "/v1/multisig/import", self.import_multisig, HANDLE | new_multisig),
            ("POST", "/v1/multisig/export", self.export_multisig, HANDLE | ADDRESS),
            ("DELETE", "/v1/multisig", self.delete_multisig, guarded | ADDRESS),
            (
                "POST",
                "/v1/multisig/sign",
                self.multisign_transaction,
                guarded | transaction | COSIGNING | {"signer": bodies.blob_of(32)},
            ),
            (
                "POST",
                "/v1/multisig/signprogram",
                self.multisign_program,
                guarded | program | ADDRESS | COSIGNING | {"use_legacy_msig": bodies.flag},
            ),
        ]

    # --- wallets

    def versions(self, _fields: Fields) -> Answer:
        return {"versions": ["v1"]}

    def list_wallets(self, _fields: Fields) -> Answer:
        return _without_empty({"wallets": [_wallet_json(one) for one in self._store.wallets()]})

    def create_wallet(self, fields: Fields) -> Answer:
        if fields["wallet_driver_name"] != DRIVER:
            raise WalletError("unknown wallet driver")
        made = self._store.create(
            fields["wallet_name"], fields["wallet_password"], fields["master_derivation_key"] or None
        )
        return {"wallet": _wallet_json(made)}

    def open_wallet(self, fields: Fields) -> Answer:
        found = self._store.wallet(fields["wallet_id"])
        try:
            wallet = self._store.unlock(found.id, fields["wallet_password"])
        except WalletError as error:
            raise ApiError(401, str(error)) from None
        return {"wallet_handle_token": self._handles.open(wallet, fields["wallet_password"])}

    def release(self, fields: Fields) -> Answer:
        self._handles.release(fields["wallet_handle_token"])
        return {}

    def renew(self, fields: Fields) -> Answer:
        self._handles.renew(fields["wallet_handle_token"])
        return self.info(fields)

    def info(self, fields: Fields) -> Answer:
        wallet = self._wallet(fields)
        left_s = self._handles.seconds_left(fields["wallet_handle_token"])
        shown = _wallet_json(self._store.wallet(wallet.id))
        return {"wallet_handle": _without_empty({"wallet": shown, "expires_seconds": left_s})}

    def rename(self, fields: Fields) -> Answer:
        renamed = self._store.rename(fields["wallet_id"], fields["wallet_password"], fields["wallet_name"])
        return {"wallet": _wallet_json(renamed)}

    def export_master_key(self, fields: Fields) -> Answer:
        return {"master_derivation_key": _base64(self._wallet_guarded(fields).secrets.derivation_key)}

    # --- keys

    def generate_key(self, fields: Fields) -> Answer:
        wallet = self._wallet(fields)
        if fields["display_mnemonic"]:
            raise WalletError("sqlite wallet driver cannot display mnemonics")
        return {"address": encode_address(self._store.generate(wallet))}

    def delete_key(self, fields: Fields) -> Answer:
        address = _address(fields)
        self._store.delete_key(self._wallet_guarded(fields), address)
        return {}

    def list_keys(self, fields: Fields) -> Answer:
        return _addresses_json(self._store.addresses(self._wallet(fields)))

    def import_key(self, fields: Fields) -> Answer:
        wallet = self._wallet(fields)
        if not fields["private_key"]:
            raise WalletError("could not convert secret key to public key")
        return {"address": encode_address(self._store.import_key(wallet, fields["private_key"]))}

    def export_key(self, fields: Fields) -> Answer:
        address = _address(fields)
        seed = self._store.seed(self._wallet_guarded(fields), address)
        return {"private_key": _base64(keys.private_key(seed))}

    # --- signatures

    def sign_transaction(self, fields: Fields) -> Answer:
        wallet = self._wallet(fields)
        txn = _transaction(fields)
        self._check_password(fields)
        signed = signing.sign_transaction(self._store, wallet, txn, fields["public_key"])
        return {"signed_transaction": _base64(signed)}

    def sign_program(self, fields: Fields) -> Answer:
        wallet = self._wallet(fields)
        address = _address(fields)
        self._check_password(fields)
        return {"sig": _base64(signing.sign_program(self._store, wallet, fields["data"], address))}

    # --- multisig accounts

    def list_multisigs(self, fields: Fields) -> Answer:
        return _addresses_json(self._store.multisig_addresses(self._wallet(fields)))

    def import_multisig(self, fields: Fields) -> Answer:
        wallet = self._wallet(fields)
        account = MultisigAccount(fields["multisig_version"], fields["threshold"], fields["pks"])
        address = multisig.address(account)
        self._store.import_multisig(wallet, address, account)
        return {"address": encode_address(address)}

    def export_multisig(self, fields: Fields) -> Answer:
        address = _address(fields)
        account = self._store.multisig(self._wallet(fields), address)
        return {
            "multisig_version": account.version,
            "threshold": account.threshold,
            "pks": [_base64(public_key) for public_key in account.public_keys],
        }

    def delete_multisig(self, fields: Fields) -> Answer:
        address = _address(fields)
        self._store.delete_multisig(self._wallet_guarded(fields), address)
        return {}

    def multisign_transaction(self, fields: Fields) -> Answer:
        wallet = self._wallet(fields)
        txn = _transaction(fields)
        self._check_password(fields)
        signed = signing.multisign_transaction(
            self._store, wallet, txn, fields["public_key"], fields["partial_multisig"], fields["signer"]
        )
        return {"multisig": _base64(signed)}

    def multisign_program(self, fields: Fields) -> Answer:
        wallet = self._wallet(fields)
        address = _address(fields)
        self._check_password(fields)
        signed = signing.multisign_program(
            self._store,
            wallet,
            fields["data"],
            address,
            fields["public_key"],
            fields["partial_multisig"],
            legacy=fields["use_legacy_msig"],
        )
        return {"multisig": _base64(signed)}

    # --- what they share

    def _wallet(self, fields: Fields) -> UnlockedWallet:
        return self._handles.wallet(fields["wallet_handle_token"])

    def _wallet_guarded(self, fields: Fields) -> UnlockedWallet:
        """The handle's wallet, for requests that ask for the password again."""
        wallet = self._wallet(fields)
        self._check_password(fields)
        return wallet

    def _check_password(self, fields: Fields) -> None:
        if not self._handles.password_fits(fields["wallet_handle_token"], fields["wallet_password"]):
            raise WalletError("error decrypting. wrong password?")


def _wallet_json(wallet: WalletInfo) -> Answer:
    return {
        "driver_name": DRIVER,
        "driver_version": 1,
        "id": wallet.id,
        "mnemonic_ux": False,
        "name": wallet.name,
        "supported_txs": ["pay", "keyreg"],
    }


def _addresses_json(addresses: list[bytes]) -> Answer:
    return _without_empty({"addresses": [encode_address(address) for address in addresses]})


def _without_empty(answer: Answer) -> Answer:
    return {name: value for name, value in answer.items() if value}


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _address(fields: Fields) -> bytes:
    try:
        return decode_address(fields["address"])
    except ValueError:
        raise ApiError(400, "could not decode address") from None


def _transaction(fields: Fields) -> signing.Transaction:
    try:
        return signing.decode_transaction(fields["transaction"])
    except ValueError:
        raise ApiError(400, "could not decode transaction") from None
