"""Net revenue in other assets, what a deposit says of its sale, and what comes back out of the vault."""

import hashlib
from pathlib import Path

from algokit_utils import AlgoAmount, AssetCreateParams, AssetOptInParams, PaymentParams
from algosdk.logic import get_application_address

from gridpact.chain.node import as_dict
from tests.cli.harness import EPOCH, Cli, allocated, issued
from tests.support.checkpoints import checkpoint


@checkpoint
def open_for_revenue(cli: Cli) -> int:
    """The month waits for its revenue; the operator has an asset with six decimals, and so may HOLDER_1."""
    allocated(cli)
    issued(cli)
    operator, holder = cli.accounts["OPERATOR"], cli.accounts["HOLDER_1"]
    cli.algorand.account.set_signer_from_account(operator)
    cli.algorand.account.set_signer_from_account(holder)
    made = cli.algorand.send.asset_create(
        AssetCreateParams(sender=operator.address, total=10**12, decimals=6, unit_name="EURX", asset_name="Euro X"),
        {"suppress_log": True},
    )
    cli.algorand.send.asset_opt_in(
        AssetOptInParams(sender=holder.address, asset_id=made.asset_id), {"suppress_log": True}
    )
    return int(made.asset_id)


def holding(cli: Cli, name: str, asset_id: int) -> int:
    found = as_dict(cli.algorand.client.algod.account_asset_info(cli.address(name), asset_id))
    return int(found["asset-holding"]["amount"])


def test_deposit_in_an_asset(cli: Cli) -> None:
    """Price and evidence stand with the deposit; who has not opted in waits, and keeps nobody else from his share."""
    asset = str(open_for_revenue(cli))
    Path("sale.pdf").write_bytes(b"what the market paid")
    deposit = ("vault", "deposit", EPOCH, "450", "--asset", asset, "--price", "0.15", "--evidence", "sale.pdf")
    refused = cli.run(*deposit, "--kwh", "3000", "--yes")
    assert refused.exit_code == 1
    assert "gridpact vault opt-in-asset" in refused.err

    cli.done("vault", "opt-in-asset", asset, "--dry-run")
    cli.done("vault", "opt-in-asset", asset, "--yes")
    assert "Nothing to do." in cli.done("vault", "opt-in-asset", asset, "--yes").out
    dry = " ".join(cli.done(*deposit, "--kwh", "3000", "--dry-run").out.split())
    assert "450 EURX" in dry
    cli.done(*deposit, "--kwh", "3000", "--yes")
    (shown,) = cli.read("vault", "show")["deposits"]
    assert (shown["asset"], shown["net_amount_microalgo"], shown["energy_wh"]) == (int(asset), 450_000_000, 3_000_000)
    assert shown["price_per_kwh"] == 150_000
    assert shown["evidence_hash"] == hashlib.sha256(b"what the market paid").hexdigest()

    claimed = cli.done("vault", "claim", "--everybody", "--yes")
    assert holding(cli, "HOLDER_1", int(asset)) == 225_000_000
    assert "HOLDER" in claimed.out or cli.address("HOLDER_2")[:4] in claimed.out
    assert cli.read("epoch", "show", EPOCH)["remaining_wh"] == 17_000_000


def test_return_energy(cli: Cli) -> None:
    """What a deposit drew can be allocated after all; its money stays."""
    open_for_revenue(cli)
    cli.done("vault", "deposit", EPOCH, "3000", "--yes")
    assert cli.read("epoch", "show", EPOCH)["remaining_wh"] == 0
    some = ("vault", "return-energy", "1", "--kwh", "500")
    assert "500 kWh" in cli.done(*some, "--dry-run").out
    cli.done(*some, "--yes")
    (shown,) = cli.read("vault", "show")["deposits"]
    assert (shown["returned_wh"], shown["net_amount_microalgo"]) == (500_000, 3_000_000_000)
    cli.done("vault", "return-energy", "1", "--yes")
    assert cli.read("epoch", "show", EPOCH)["remaining_wh"] == 20_000_000
    assert "Nothing to do." in cli.done("vault", "return-energy", "1", "--yes").out
    before = cli.full_state()
    assert cli.run("vault", "return-energy", "1", "--kwh", "1", "--yes").exit_code == 1
    assert cli.run("vault", "return-energy", "9", "--yes").exit_code == 1
    assert cli.full_state() == before


def test_withdraw(cli: Cli) -> None:
    """ALGO that the vault does not need goes to the admin; what is owed stays."""
    open_for_revenue(cli)
    cli.done("vault", "deposit", EPOCH, "3000", "--yes")
    gift(cli, "RevenueVault")
    admin = ("vault", "withdraw", *cli.as_("DEPLOYER"))
    assert cli.run(*admin, "--amount", "6", "--yes").exit_code == 1
    cli.done(*admin, "--amount", "2", "--dry-run")
    cli.done(*admin, "--amount", "2", "--yes")
    cli.done(*admin, "--yes")
    assert cli.read("vault", "show")["owed_microalgo"] == 3_000_000_000
    cli.done("vault", "claim", "--everybody", "--yes")


def gift(cli: Cli, app: str) -> None:
    """Somebody sends an app 3 ALGO by mistake."""
    outsider = cli.accounts["OUTSIDER"]
    cli.algorand.account.set_signer_from_account(outsider)
    cli.algorand.send.payment(
        PaymentParams(
            sender=outsider.address,
            receiver=get_application_address(cli.app_ids()[app]),
            amount=AlgoAmount.from_algo(3),
        ),
        {"suppress_log": True},
    )


def test_market_withdraw(cli: Cli) -> None:
    open_for_revenue(cli)
    gift(cli, "OfferBook")
    admin = ("market", "withdraw", *cli.as_("DEPLOYER"))
    before = cli.full_state()
    assert cli.run(*admin, "--amount", "4", "--yes").exit_code == 1
    assert cli.run("market", "withdraw", "--amount", "1", *cli.as_("OUTSIDER"), "--yes").exit_code == 1
    assert cli.full_state() == before
    cli.done(*admin, "--amount", "1", "--dry-run")
    cli.done(*admin, "--amount", "1", "--yes")
    cli.done(*admin, "--yes")
