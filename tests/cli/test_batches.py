"""Batches for people who have nothing to do with one another; and dry runs of several groups."""

from pathlib import Path

import pytest
from algosdk.logic import get_application_address
from algosdk.transaction import AssetCloseOutTxn, PaymentTxn, assign_group_id

from tests.cli.harness import EPOCH, Cli, allocated, deployed
from tests.cli.test_signing import with_key
from tests.support.checkpoints import checkpoint

HOLDERS = {"HOLDER_1": "50", "HOLDER_2": "100", "HOLDER_3": "40"}


@checkpoint
def one_has_closed_his_account(cli: Cli) -> None:
    """0.19 ALGO for 190 kW: 0.05, 0.1 and 0.04 ALGO are owed, and who is owed 0.05 has closed their account."""
    allocated(cli)
    cli.done("vault", "bootstrap", "--yes")
    for holder, kw in HOLDERS.items():
        cli.done("vault", "opt-in", *cli.as_(holder), "--yes")
        cli.done("vault", "issue", cli.address(holder), kw, "--yes")
    cli.done("vault", "close-issuance", "--yes")
    cli.done("vault", "deposit", EPOCH, "0.19", "--yes")
    close(cli, "HOLDER_1")


def close(cli: Cli, name: str) -> None:
    """Give the kW tokens back, and leave the ledger."""
    address, vault = cli.address(name), str(get_application_address(cli.app_ids()["RevenueVault"]))
    algod = cli.algorand.client.algod
    parameters = algod.suggested_params()
    token = cli.read("vault", "show")["kw_token"]
    leaving = [
        AssetCloseOutTxn(address, parameters, vault, token),
        PaymentTxn(address, parameters, address, 0, close_remainder_to=cli.address("TREASURY")),
    ]
    key = cli.accounts[name].private_key
    algod.send_transactions([with_key(one, key) for one in assign_group_id(leaving)])


def paid(cli: Cli) -> dict[str, int]:
    """What each holder has got, in microALGO."""
    return {name: cli.read("vault", "show", cli.address(name))["paid_microalgo"] for name in HOLDERS}


def test_who_cannot_be_paid_keeps_nobody_else_from_it(cli: Cli) -> None:
    one_has_closed_his_account(cli)
    claim_all = ("vault", "claim", "--everybody", "--yes")
    outcome = cli.run(*claim_all)
    assert outcome.exit_code == 1
    assert paid(cli) == {"HOLDER_1": 0, "HOLDER_2": 100_000, "HOLDER_3": 40_000}
    assert f"Not done: Pay 0.05 ALGO of deposit 1 (February 2026) to {cli.address('HOLDER_1')}" in outcome.err
    assert cli.address("HOLDER_2") not in outcome.err
    assert not list((cli.folder / ".gridpact").glob("*.json"))
    # Alone they are refused as anybody is.
    again = cli.run(*claim_all)
    assert (again.exit_code, again.sentence) == (1, "An account would fall below its minimum balance.")


def test_two_who_cannot_be_paid_keep_the_third_from_nothing(cli: Cli) -> None:
    """One of them is the first."""
    one_has_closed_his_account(cli)
    close(cli, "HOLDER_3")
    document = cli.run("vault", "claim", "--everybody", "--yes", "--json").document
    assert paid(cli) == {"HOLDER_1": 0, "HOLDER_2": 100_000, "HOLDER_3": 0}
    named = " ".join(effect for one in document["not_done"] for effect in one["effects"])
    assert [cli.address(name) in named for name in HOLDERS] == [True, False, True]


def test_who_cannot_be_paid_is_named_for_programs(cli: Cli) -> None:
    one_has_closed_his_account(cli)
    outcome = cli.run("vault", "claim", "--everybody", "--yes", "--json")
    assert outcome.exit_code == 1
    (one,) = outcome.document["not_done"]
    assert one["name"] == "LedgerError"
    assert cli.address("HOLDER_1") in one["effects"][0]
    assert len(outcome.document["groups"]) == 2


@pytest.mark.parametrize("how", [("--dry-run",), ("--out", "unsigned.txn")], ids=lambda how: how[0])
def test_who_cannot_be_paid_is_found_beforehand(cli: Cli, how: tuple[str, ...]) -> None:
    one_has_closed_his_account(cli)
    before = cli.full_state()
    outcome = cli.run("vault", "claim", "--everybody", *how, "--json")
    assert outcome.exit_code == 1
    assert cli.address("HOLDER_1") in outcome.document["not_done"][0]["effects"][0]
    assert len(outcome.document["groups"]) == 2
    assert cli.full_state() == before


def test_nobody_is_dropped_for_what_is_wrong_with_the_sender(cli: Cli) -> None:
    one_has_closed_his_account(cli)
    outsider = cli.address("OUTSIDER")
    algod = cli.algorand.client.algod
    spare = 10_000_000 - 102_000
    payment = PaymentTxn(outsider, algod.suggested_params(), cli.address("TREASURY"), spare)
    algod.send_transaction(with_key(payment, cli.accounts["OUTSIDER"].private_key))
    before = cli.full_state()
    outcome = cli.run("vault", "claim", "--everybody", "--payer", outsider, *cli.as_("OUTSIDER"), "--yes")
    assert (outcome.exit_code, "Not done" in outcome.err) == (1, False)
    assert cli.full_state() == before


def test_an_offer_that_is_open_keeps_no_other_from_being_pruned(cli: Cli) -> None:
    deployed(cli)
    mine = (*cli.as_("HOLDER_1"), "--yes")
    for _ in range(3):
        cli.done("buy-offer", "create", "--amount-wh", "1000", "--max-price", "0.3", *mine)
    for offer in ("0", "2"):
        cli.done("buy-offer", "cancel", "--offer-id", offer, *mine)
    outcome = cli.run("buy-offer", "prune", "0", "1", "2", *mine)
    assert outcome.exit_code == 1
    (told, _) = outcome.err.splitlines()
    assert told.startswith("Not done: ")
    assert "OfferStillActive" in told
    assert cli.done("buy-offer", "prune", "0", "2", *mine).out.splitlines()[-1] == "Nothing to do."
    assert cli.run("buy-offer", "prune", "1", *mine).sentence.startswith("OfferStillActive")


# --- dry runs ---------------------------------------------------------------------------------------------------------


def nine_new_meters(path: Path) -> None:
    """A day's file of nine meters: two groups register and record them."""
    lines = ["meter_id,interval_start,energy_wh"]
    for meter in range(9):
        lines += [f"new-{meter},2026-02-{day:02}T{hour:02}:00:00Z,1000" for day in range(1, 29) for hour in range(24)]
    path.write_text("\n".join(lines) + "\n")


def test_a_dry_run_of_steps_that_stand_on_one_another(cli: Cli) -> None:
    deployed(cli)
    nine_new_meters(cli.folder / "nine.csv")
    before = cli.full_state()
    command = ("meter", "import", "nine.csv", "--register")
    planned = cli.read(*command, "--dry-run")
    assert cli.full_state() == before
    assert [group["simulated"] for group in planned["groups"]] == [True, False]
    assert (
        "Group 2 stands on what the groups before it change: it could not be simulated."
        in cli.done(*command, "--dry-run").out
    )
    done = cli.read(*command, "--yes")
    assert [len(group["transactions"]) for group in done["groups"]] == [
        len(group["transactions"]) for group in planned["groups"]
    ]
    assert [group["effects"] for group in done["groups"]] == [group["effects"] for group in planned["groups"]]
