"""Before what cannot be undone, and what can never be paid: refused, with the option that says it is meant."""

import pytest
from algokit_utils import AssetCreateParams, AssetFreezeParams, AssetOptInParams
from algosdk.logic import get_application_address

from tests.cli.harness import EPOCH, READINGS, Cli, allocated, finalized, issued, recorded
from tests.support.checkpoints import checkpoint
from tests.support.events import block_ts

TERMS = ("--price", "0.1", "--from", EPOCH, "--to", EPOCH)


@checkpoint
def one_is_not_billed(cli: Cli) -> None:
    """Agreement 1 has 75,000 of 125,000 kWh, agreement 2 nothing; 1,000 kW are in three hands."""
    finalized(cli)
    cli.done("allocate", EPOCH, "1", "75000", "--yes")
    issued(cli)


@checkpoint
def all_are_billed(cli: Cli) -> None:
    """Both agreements have their invoice; 1,000 kW are in three hands."""
    allocated(cli)
    issued(cli)


def asset(cli: Cli, **roles: str) -> int:
    """A euro of the outsider's."""
    cli.algorand.account.set_signer_from_account(cli.accounts["OUTSIDER"])
    created = cli.algorand.send.asset_create(
        AssetCreateParams(
            sender=cli.address("OUTSIDER"),
            total=10**12,
            decimals=2,
            unit_name="EUR",
            manager=party(cli, roles, "manager"),
            freeze=party(cli, roles, "freeze"),
            clawback=party(cli, roles, "clawback"),
        )
    )
    return int(created.asset_id)


def party(cli: Cli, roles: dict[str, str], role: str) -> str | None:
    """Who has a role of an asset."""
    return cli.address(roles[role]) if role in roles else None


def create(cli: Cli, buyer: str, treasury: str, *more: str) -> tuple[str, ...]:
    return ("agreement", "create", "--buyer", buyer, "--treasury", treasury, *TERMS, *more)


def test_deposit_while_an_agreement_has_no_invoice(cli: Cli) -> None:
    one_is_not_billed(cli)
    before = cli.full_state()
    deposit = ("vault", "deposit", EPOCH, "0.000001")
    for how in ("--yes", "--dry-run"):
        outcome = cli.run(*deposit, how)
        assert (outcome.exit_code, outcome.sentence) == (
            1,
            (
                "Agreement 2 covers February 2026 and has no invoice for it: "
                "a deposit takes the remaining 50,000 kWh for ever."
            ),
        )
    assert cli.full_state() == before
    assert "--unbilled 2" in outcome.err
    assert cli.run(*deposit, "--unbilled", "1", "--yes").exit_code == 1
    assert cli.full_state() == before
    cli.done(*deposit, "--unbilled", "2", "--yes")
    # It is there: nobody is asked again.
    assert "Nothing to do" in cli.done(*deposit, "--yes").out


def test_deposit_while_a_newer_month_waits(cli: Cli) -> None:
    all_are_billed(cli)
    text = READINGS.read_text().replace("2026-02-", "2026-03-")
    (cli.folder / "march.csv").write_text(text)
    cli.done("meter", "import", "march.csv", "--fill-gaps", "zero", "--yes")
    cli.done("epoch", "finalize", "202603", "--yes")
    before = cli.full_state()
    outcome = cli.run("vault", "deposit", EPOCH, "3000", "--yes")
    assert (outcome.exit_code, outcome.sentence) == (
        1,
        "March 2026 is final and has no deposit, but this one is for February 2026.",
    )
    assert cli.full_state() == before
    cli.done("vault", "deposit", EPOCH, "3000", "--older", "--yes")


@pytest.mark.parametrize("contract", ["KWhReceipt", "PPA", "RevenueVault", "OfferBook"])
def test_an_app_is_no_party(cli: Cli, contract: str) -> None:
    recorded(cli)
    app, buyer = str(get_application_address(cli.app_ids()[contract])), cli.address("BUYER_A")
    before = cli.full_state()
    for what, command in (("treasury", create(cli, buyer, app)), ("buyer", create(cli, app, buyer))):
        outcome = cli.run(*command, "--yes")
        assert (outcome.exit_code, outcome.sentence) == (
            1,
            f"The {what} is the account of {contract}, which nobody has the key to.",
        )
    assert cli.full_state() == before


def test_parties_can_hold_the_asset(cli: Cli) -> None:
    recorded(cli)
    euro = asset(cli, freeze="OUTSIDER")
    buyer, treasury = cli.address("BUYER_A"), cli.address("TREASURY")
    agree = create(cli, buyer, treasury, "--asset", str(euro), "--yes")
    for name, what in (("BUYER_A", "buyer"), ("TREASURY", "treasury")):
        outcome = cli.run(*agree)
        assert outcome.exit_code == 1
        assert outcome.sentence.startswith(f"The {what} {cli.address(name)} cannot hold EUR (asset {euro})")
        assert outcome.err.splitlines()[1] == f"Let it run `gridpact asset opt-in {euro}`."
        done = cli.done("asset", "opt-in", str(euro), *cli.as_(name), "--yes")
        assert f"Opted in to EUR (asset {euro})" in done.out
        assert "Nothing to do." in cli.done("asset", "opt-in", str(euro), *cli.as_(name), "--yes").out
    cli.algorand.send.asset_freeze(
        AssetFreezeParams(sender=cli.address("OUTSIDER"), asset_id=euro, account=treasury, frozen=True)
    )
    assert "cannot hold" in cli.run(*agree).sentence
    cli.algorand.send.asset_freeze(
        AssetFreezeParams(sender=cli.address("OUTSIDER"), asset_id=euro, account=treasury, frozen=False)
    )
    cli.done(*agree)


def test_a_buyer_who_could_take_the_payment_back(cli: Cli) -> None:
    recorded(cli)
    euro = asset(cli, manager="OUTSIDER", clawback="BUYER_A")
    for name in ("BUYER_A", "TREASURY"):
        cli.algorand.account.set_signer_from_account(cli.accounts[name])
        cli.algorand.send.asset_opt_in(AssetOptInParams(sender=cli.address(name), asset_id=euro))
    agree = create(cli, cli.address("BUYER_A"), cli.address("TREASURY"), "--asset", str(euro))
    before = cli.full_state()
    outcome = cli.run(*agree, "--yes")
    assert (outcome.exit_code, outcome.sentence) == (
        1,
        f"The buyer {cli.address('BUYER_A')} is clawback of EUR (asset {euro}), and could undo a payment.",
    )
    assert cli.full_state() == before
    asked = cli.run(*agree, "--buyer-controls-asset")
    roles = f"its asset has manager {cli.address('OUTSIDER')}, freeze nobody and clawback {cli.address('BUYER_A')}"
    assert (asked.exit_code, roles in asked.err) == (2, True)
    cli.done(*agree, "--buyer-controls-asset", "--yes")


def test_mint_what_was_read_already(cli: Cli) -> None:
    """A month's file and then credit for the same month: the energy counts once."""
    recorded(cli)
    holder = cli.address("HOLDER_1")
    cli.done("meter", "register", "roof-1", "--producer", holder, "--capacity-kw", "5", "--yes")
    lines = [f"roof-1,2026-02-{day:02}T{hour:02}:00:00Z,200" for day in range(1, 29) for hour in range(24)]
    (cli.folder / "roof.csv").write_text("\n".join(["meter_id,interval_start,energy_wh", *lines]) + "\n")
    cli.done("meter", "import", "roof.csv", "--yes")
    before = cli.full_state()
    mint = ("mint:spark", "--producer", holder, "--epoch", EPOCH, "--amount-wh", "5000")
    inside = ("--start-ts", "1770076800", "--end-ts", "1770080400")
    for more in ((), inside):
        outcome = cli.run(*mint, *more, "--yes")
        assert outcome.exit_code == 1
        assert outcome.sentence.startswith("roof-1 was read from February 1, 2026")
        assert "--recorded" in outcome.err
    assert cli.full_state() == before
    cli.done(*mint, "--recorded", "--yes")
    assert cli.read("query:balance", "--account", holder)["virtual_wh"] == 5_000


def test_overdue_invoices(cli: Cli) -> None:
    allocated(cli)
    cli.done("invoice", "pay", f"2/{EPOCH}", *cli.as_("BUYER_B"), "--yes")
    listed = cli.read("invoice", "list", "--overdue")
    (one,) = listed["invoices"]
    now = block_ts(cli.algorand.client.algod, cli.last_round)
    days = (now - one["due_ts"] - 1) // 86_400 + 1
    assert (one["agreement"], one["days_late"], one["issued_late"]) == (1, days, True)
    everything = cli.read("invoice", "list")["sums"]
    assert everything == [
        {
            "asset": 0,
            "invoices": 2,
            "amount": 12_000_000_000,
            "paid_amount": 3_000_000_000,
            "unpaid_amount": 9_000_000_000,
            "overdue_amount": 9_000_000_000,
        }
    ]
    shown = cli.done("invoice", "list", "--overdue").out
    assert f"{days:,} days, issued after it was due" in shown


def test_an_invoice_after_its_due_day_says_so(cli: Cli) -> None:
    finalized(cli)
    assert "due March 15, 2026, already past" in cli.run("allocate", EPOCH, "1", "75000").err
    assert "due March 15, 2026, already past." in cli.done("allocate", EPOCH, "1", "75000", "--yes").out
