"""Any request gets an answer, and none opens what it should not."""

import json
import string
from pathlib import Path
from random import Random

import pytest

from tests.localnet.kmd.conftest import Kmd, Wallet

REQUESTS = 750
PATHS = [
    "/v1/wallets",
    "/v1/wallet",
    "/v1/wallet/init",
    "/v1/wallet/renew",
    "/v1/wallet/info",
    "/v1/wallet/rename",
    "/v1/master-key/export",
    "/v1/key",
    "/v1/key/list",
    "/v1/key/import",
    "/v1/key/export",
    "/v1/transaction/sign",
    "/v1/program/sign",
    "/v1/multisig",
    "/v1/multisig/list",
    "/v1/multisig/import",
    "/v1/multisig/export",
    "/v1/multisig/sign",
    "/v1/multisig/signprogram",
]
FIELDS = [
    "wallet_id",
    "wallet_password",
    "wallet_name",
    "wallet_driver_name",
    "wallet_handle_token",
    "master_derivation_key",
    "display_mnemonic",
    "address",
    "private_key",
    "transaction",
    "public_key",
    "data",
    "multisig_version",
    "threshold",
    "pks",
    "partial_multisig",
    "signer",
    "use_legacy_msig",
]
KEY = "A" * 43 + "="
VALUES: tuple[object, ...] = (
    *(None, "", 0, 1, -1, 256, True, False, 1.5, 10**30, [], {}, [1], ["AAAA"], [["x"]], {"a": 1}, [KEY]),
    *(
        "AAAA",
        "A" * 88,
        "\0",
        "../x",
        "sqlite",
        KEY,
        "A" * 86 + "==",
        "gA==",
        "haNzbmTEAA==",
        "3///////",
        "open sesame",
    ),
    *({"subsig": [{"pk": "AAAA"}], "thr": 1, "v": 1}, {"subsig": [{"pk": KEY}], "thr": 1, "v": 1}),
)


@pytest.mark.parametrize("seed", range(3))
def test_any_request_is_answered(kmd: Kmd, wallet: Wallet, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    files = sorted(tmp_path.rglob("*"))
    key = wallet.key()
    for _ in range(REQUESTS):
        fields = {name: random.choice([*VALUES, key, wallet.id]) for name in random.sample(FIELDS, random.randrange(6))}
        if random.random() < 0.7:
            fields["wallet_handle_token"] = wallet.handle
        body = json.dumps(fields).encode()
        if random.random() < 0.1:
            body = "".join(random.choice(string.printable) for _ in range(random.randrange(60))).encode()
        method, path = random.choice(["POST"] * 8 + ["DELETE", "GET"]), random.choice(PATHS)
        answer = kmd.send(method, path, body=body)
        assert answer.status_code < 500, (method, path, body, answer.text)
        secret = {"private_key", "master_derivation_key"} & answer.json().keys() if answer.status_code == 200 else set()
        assert not secret or fields.get("wallet_password") == wallet.password
    assert sorted(tmp_path.rglob("*")) == files
