"""The network, keys, roles, files, the deployment and its past."""

import hashlib
import sqlite3
from pathlib import Path
from typing import Final
from unittest.mock import patch

from gridpact.chain.specs import Contract
from tests.cli.advised.case import UNASKED, Case
from tests.cli.advised.stages import file, nothing
from tests.cli.harness import EPOCH, Cli, allocated, deployed, finalized
from tests.cli.test_corrections import paid
from tests.cli.test_keys import rekey
from tests.cli.test_programs import ALWAYS, replace
from tests.cli.test_signing import sign
from tests.support.checkpoints import checkpoint

REGISTER: Final = "meter register roof-1"
ANCHOR: Final = f"epoch anchor {EPOCH} --sha256 {'11' * 32}"
PAY: Final = f"invoice pay 1/{EPOCH} --mnemonic-env BUYER_A_MNEMONIC"
KEYLESS: Final = {"OPERATOR_MNEMONIC": "", "DEPLOYER_MNEMONIC": ""}


def unsigned(cli: Cli) -> None:
    """A payment that was written out, and is not signed."""
    cli.done(*PAY.split(), "--out", "group.txn")


def other_program(cli: Cli) -> None:
    """The offer book runs a program of somebody's."""
    deployed(cli)
    replace(cli, Contract.OFFER_BOOK, ALWAYS, ALWAYS)


def rekeyed(cli: Cli) -> None:
    """The operator signs with the outsider's key."""
    deployed(cli)
    rekey(cli, "OPERATOR", cli.address("OUTSIDER"))


def kept_split() -> Path:
    """Where the reason of the void is kept."""
    return Path("evidence") / hashlib.sha256(b"wrong split").hexdigest()


def changed_evidence(cli: Cli) -> None:
    """A text behind a hash was changed; the right one lies elsewhere."""
    cli.done("invoice", "void", f"1/{EPOCH}", "--reason", "wrong split", "--yes")
    kept_split().write_text("right split")
    Path("sent.txt").write_text("wrong split")


def locked(cli: Cli) -> None:
    """A wallet with a password."""
    if all(one["name"] != "locked" for one in cli.algorand.client.kmd.list_wallets()):
        cli.algorand.client.kmd.create_wallet("locked", "secret")


@checkpoint
def unwired(cli: Cli) -> None:
    """A deployment was stopped when the apps were there, and did not know each other."""
    with patch("gridpact.deployment.deploy._missing_items", return_value=[]):
        cli.run("deploy", "--yes")


def lost(_cli: Cli) -> None:
    """A kept text is gone."""
    kept_split().unlink()


def unrecorded(_cli: Cli) -> None:
    """The record of deployments is deleted."""
    Path("deployments.json").unlink()


def forgotten(cli: Cli) -> None:
    """The history has lost an invoice that a later event changes."""
    cli.done("history", "sync")
    (database,) = Path(".gridpact").rglob("*.sqlite")
    with sqlite3.connect(database) as connection:
        connection.execute("DELETE FROM invoices")
    cli.done("invoice", "void", f"1/{EPOCH}", "--reason", "wrong", "--yes")


CASES: Final = (
    # --- the node and its services --------------------------------------------------------------------------------
    Case(
        ("network.START",),
        deployed,
        "status",
        (),
        settings={"ALGOD_PORT": "1"},
        mends={"ALGOD_SERVER": "{ALGOD_SERVER}", "ALGOD_PORT": "{ALGOD_PORT}", "ALGOD_TOKEN": "{ALGOD_TOKEN}"},
    ),
    Case(
        ("network.NoKmdError",),
        deployed,
        f"{REGISTER} --wallet operator",
        ("--mnemonic-env OUR_KEY",),
        settings={"KMD_PORT": "1", "OUR_KEY": "{OPERATOR_MNEMONIC}"},
        adds_to=REGISTER,
    ),
    Case(
        ("network.KmdNotNamed",),
        deployed,
        f"{REGISTER} --wallet operator",
        ("--mnemonic-env OPERATOR_MNEMONIC",),
        settings={"KMD_SERVER": "", "KMD_PORT": ""},
        adds_to=REGISTER,
    ),
    # --- keys -----------------------------------------------------------------------------------------------------
    Case(
        ("network.WordsInsteadOfName",),
        deployed,
        f"{REGISTER} --mnemonic-env '{{OPERATOR_MNEMONIC}}'",
        ("--mnemonic-env OPERATOR_MNEMONIC",),
        adds_to=REGISTER,
    ),
    Case(
        ("network.Bip39Mnemonic",),
        deployed,
        REGISTER,
        ("--out group.txn",),
        settings={"OPERATOR_MNEMONIC": "abandon " * 23 + "art", "DEPLOYER_MNEMONIC": ""},
        mends={"OPERATOR_MNEMONIC": ""},
    ),
    Case(
        ("network.WrongKey",),
        deployed,
        REGISTER,
        ("--mnemonic-env OUR_KEY",),
        name="--mnemonic-env",
        settings={"OPERATOR_MNEMONIC": "{OUTSIDER_MNEMONIC}", "OUR_KEY": "{OPERATOR_MNEMONIC}"},
    ),
    Case(
        ("network.WrongKey",),
        deployed,
        REGISTER,
        ("--out group.txn",),
        name="--out",
        settings={"OPERATOR_MNEMONIC": "{OUTSIDER_MNEMONIC}"},
    ),
    Case(
        ("network.KeyMissing",),
        deployed,
        REGISTER,
        (),
        name="set it",
        settings=KEYLESS,
        mends={"OPERATOR_MNEMONIC": "{OPERATOR_MNEMONIC}"},
    ),
    Case(("network.KeyMissing",), deployed, REGISTER, ("--out group.txn",), name="--out", settings=KEYLESS),
    Case(
        ("network.WalletNotFound",),
        deployed,
        "terms set --buy-wh 5 --max-buy-price 0.1 --wallet newcomer",
        ("account create",),
    ),
    Case(
        ("network.Rekeyed",),
        rekeyed,
        REGISTER,
        ("--mnemonic-env OUTSIDER_MNEMONIC",),
    ),
    Case(
        ("network.WalletLocked",),
        deployed,
        f"{REGISTER} --wallet locked",
        ("account list", "--mnemonic-env OPERATOR_MNEMONIC"),
        before=(locked,),
        adds_to=REGISTER,
    ),
    # --- the deployment -------------------------------------------------------------------------------------------
    Case(("deployment.RUN_DEPLOY",), unwired, REGISTER, ("deploy",)),
    Case(("deployment.NotDeployedError",), nothing, "meter list", ("deploy",)),
    Case(
        ("chain.AppNotFoundError",),
        nothing,
        "meter list",
        ("deploy",),
        settings={"GRIDPACT_APP_ID": "999999"},
        mends={"GRIDPACT_APP_ID": ""},
    ),
    Case(
        ("deployment.RecordDamaged",),
        deployed,
        "meter list",
        ("deploy",),
        before=(file("deployments.json", "{"),),
        followed=unrecorded,
    ),
    Case(("chain.OtherProgram",), other_program, REGISTER, ("--allow-other-programs",)),
    Case(("deployment.NotProposed",), deployed, "roles accept --mnemonic-env OUTSIDER_MNEMONIC", ("roles propose",)),
    Case(
        ("program.SeveralAccounts",),
        deployed,
        "roles accept --mnemonic-env OUTSIDER_MNEMONIC",
        ("--app PPA", "roles show"),
        before=("roles propose {OUTSIDER} --app PPA", "roles propose {BUYER_A} --app KWhReceipt"),
    ),
    Case(("checkup.AppPaused",), deployed, "doctor", ("unpause",), before=("pause",), code=0, then="doctor"),
    # --- groups and files -----------------------------------------------------------------------------------------
    Case(
        ("chain.SIGN_IT",),
        allocated,
        "submit signed.txn",
        (),
        before=(unsigned, lambda cli: Path("signed.txn").write_bytes(Path("group.txn").read_bytes())),
        followed=lambda cli: sign(cli, "BUYER_A", "group.txn", "signed.txn"),
    ),
    Case(
        ("cli/run._write_out",),
        allocated,
        f"{PAY} --out group.txn",
        ("submit",),
        fills={"SIGNED": "signed.txn"},
        code=0,
        followed=lambda cli: sign(cli, "BUYER_A", "group.txn", "signed.txn"),
        shows="InvoicePaid",
    ),
    Case(("chain.FileExists",), allocated, f"{PAY} --out group.txn", ("--force",), before=(unsigned,)),
    Case(("cli/run.confirm",), deployed, f"{REGISTER} {UNASKED}", ("--yes",), name="--yes", code=2),
    Case(("cli/run.confirm",), deployed, f"{REGISTER} {UNASKED}", ("--dry-run",), code=2, shows="Simulated only"),
    Case(
        ("deployment.EvidenceChanged",),
        allocated,
        "evidence show",
        ("evidence add",),
        before=(changed_evidence,),
        fills={"FILE": "sent.txt"},
        followed=lost,
    ),
    Case(
        ("program.NothingNamed",), allocated, "evidence add", ("--text 'wrong split'",), before=(changed_evidence, lost)
    ),
    Case(
        ("program.ReasonMissing",),
        allocated,
        f"invoice void 1/{EPOCH} --reason ' '",
        ("--reason wrong",),
    ),
    Case(
        ("program.ReportMissing",),
        finalized,
        f"epoch anchor {EPOCH}",
        ("epoch anchor", f"--sha256 {'11' * 32}"),
    ),
    # --- the past -------------------------------------------------------------------------------------------------
    Case(("audit.NothingToProve",), paid, f"audit invoice 9/{EPOCH}", ("history payments",), shows=f"1/{EPOCH}"),
    Case(
        ("settings.ProjectNotFound",),
        deployed,
        "--project nowhere meter list",
        (),
        followed=lambda _cli: Path("nowhere").mkdir(),
        before=("roles show",),
        then="--project . meter list",
    ),
    Case(
        ("history.EventMissing",),
        allocated,
        "history sync",
        ("history rebuild",),
        before=(forgotten,),
    ),
)
