"""What was done is what the four apps have said: nobody else's events count, and theirs have to be there."""

import pytest
from algokit_utils import AppCallParams, AppCreateParams, AppUpdateParams
from algosdk import encoding
from algosdk.abi import ABIType
from algosdk.transaction import OnComplete, write_to_file

from gridpact.chain.node import as_dict
from gridpact.chain.specs import Contract, spec
from tests.cli.harness import EPOCH, Cli, allocated
from tests.cli.test_signing import with_key

APPROVES: str = "#pragma version 10\npushint 1"
STORED = {
    "agreementId": 1,
    "epochId": int(EPOCH),
    "kwh": 75_000,
    "pricePerKwh": 120_000,
    "amount": 9_000_000_000,
}


def invoice_paid(cli: Cli, **changed: int) -> bytes:
    """The log line of an `InvoicePaid`."""
    (event,) = [one for one in spec(Contract.PPA)["events"] if one["name"] == "InvoicePaid"]
    types = [one["type"] for one in event["args"]]
    parties = {"buyer": cli.address("BUYER_A"), "treasury": cli.address("TREASURY")}
    values = [{**STORED, **parties, **changed}.get(one["name"], 0) for one in event["args"]]
    signature = f"({','.join(types)})"
    selector: bytes = encoding.checksum(f"InvoicePaid{signature}".encode())[:4]
    return selector + ABIType.from_string(signature).encode(values)


def says(line: bytes) -> str:
    """A program that logs a line and agrees."""
    return f"#pragma version 10\npushbytes 0x{line.hex()}\nlog\npushint 1"


def stranger(cli: Cli, line: bytes) -> int:
    """An app of somebody else's, which logs a line."""
    cli.algorand.account.set_signer_from_account(cli.accounts["OUTSIDER"])
    created = cli.algorand.send.app_create(
        AppCreateParams(
            sender=cli.address("OUTSIDER"), approval_program=says(line), clear_state_program=APPROVES, note=b"stranger"
        )
    )
    return int(created.app_id)


def call_of(cli: Cli, app_id: int) -> AppCallParams:
    """A bare call of an app."""
    return AppCallParams(sender=cli.address("OUTSIDER"), app_id=app_id, on_complete=OnComplete.NoOpOC)


def test_submit_shows_a_strangers_event_as_a_strangers(cli: Cli) -> None:
    allocated(cli)
    app_id = stranger(cli, invoice_paid(cli))
    call = cli.algorand.create_transaction.app_call(call_of(cli, app_id))
    write_to_file([with_key(call, cli.accounts["OUTSIDER"].private_key)], "signed.txn")
    outcome = cli.done("submit", "signed.txn", "--yes")
    assert f"Another app, {app_id}, logged what looks like an event of this deployment: InvoicePaid" in outcome.out
    (group,) = cli.read("submit", "signed.txn", "--yes")["groups"]
    assert group["events"] == []
    assert len(group["other_apps_events"]) == 1
    assert cli.read("invoice", "show", f"1/{EPOCH}")["status"] == "OVERDUE"


@pytest.mark.parametrize("cut", [0, 5, 400])
def test_a_line_that_only_begins_like_an_event_is_none(cli: Cli, cut: int) -> None:
    allocated(cli)
    line = invoice_paid(cli)[: 4 + cut] + bytes(cut == 400)
    app_id = stranger(cli, line)
    call = cli.algorand.create_transaction.app_call(call_of(cli, app_id))
    write_to_file([with_key(call, cli.accounts["OUTSIDER"].private_key)], "signed.txn")
    (group,) = cli.read("submit", "signed.txn", "--yes")["groups"]
    assert (group["events"], group["other_apps_events"]) == ([], [])


def replace_ppa(cli: Cli, program: str) -> None:
    """Let PPA run another program: a LocalNet's apps can be updated."""
    cli.algorand.account.set_signer_from_account(cli.accounts["DEPLOYER"])
    cli.algorand.send.app_update(
        AppUpdateParams(
            sender=cli.address("DEPLOYER"),
            app_id=cli.app_ids()["PPA"],
            approval_program=program,
            clear_state_program=APPROVES,
            on_complete=OnComplete.UpdateApplicationOC,
        )
    )


@pytest.mark.parametrize(
    "changed",
    [None, {"amount": 9}, {"agreementId": 2}, {"epochId": 202603}],
    ids=["no event", "another amount", "another agreement", "another month"],
)
def test_pay_requires_the_promised_event(cli: Cli, changed: dict[str, int] | None) -> None:
    allocated(cli)
    replace_ppa(cli, APPROVES if changed is None else says(invoice_paid(cli, **changed)))
    outcome = cli.run("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A"), "--allow-other-programs", "--yes", "--json")
    assert outcome.exit_code == 1
    assert outcome.document["error"]["name"] == "EventsMissing"
    sentence = outcome.document["error"]["sentence"]
    assert "but its events are missing or different (PPA's InvoicePaid): " in sentence
    paid = [tx_id.rstrip(".") for tx_id in sentence.rpartition(": ")[2].split()]
    confirmed = as_dict(cli.algorand.client.algod.pending_transaction_info(paid[0]))
    assert confirmed["txn"]["txn"]["amt"] == 9_000_000_000
    # It is on chain: the next run does not find it on its way.
    assert not list((cli.folder / ".gridpact").glob("*.json"))


def test_pay_takes_the_promised_event(cli: Cli) -> None:
    allocated(cli)
    replace_ppa(cli, says(invoice_paid(cli)))
    assert (
        f"for invoice 1/{EPOCH}"
        in cli.done("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A"), "--allow-other-programs", "--yes").out
    )


@pytest.mark.parametrize("how", ["--dry-run", "--yes"])
def test_deploy_refuses_what_is_not_ours(cli: Cli, how: str) -> None:
    """A dry run refuses what the run would refuse."""
    allocated(cli)
    replace_ppa(cli, APPROVES)
    before = cli.full_state()
    outcome = cli.run("deploy", how, "--json")
    assert outcome.exit_code == 1
    assert outcome.document["error"]["name"] == "OtherProgram"
    assert cli.full_state() == before
