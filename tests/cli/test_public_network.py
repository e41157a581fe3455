"""What a public network asks for: every key and all funds are named before anything is sent."""

import pytest
from algokit_utils import AlgoAmount, PaymentParams, SigningAccount
from algosdk import mnemonic
from algosdk.account import generate_account

from gridpact.chain import connection
from gridpact.deployment.deploy import cost_microalgo
from gridpact.example import READINGS
from gridpact.example.month import PLAN, names_of, needed_microalgo
from gridpact.production.readings import parse
from tests.cli.harness import Cli

DEMO = ("demo", "--scale", "1000", "--yes")
MINIMUM_MICROALGO = 100_000


@pytest.fixture
def public(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The commands, on a network that they take for TestNet."""
    monkeypatch.setattr(connection, "_network", lambda genesis_id: "testnet")
    cli.settle()
    return cli


def accounts() -> dict[str, SigningAccount]:
    return {name: SigningAccount(private_key=generate_account()[0]) for name in names_of(PLAN)}


def keys_of(accounts: dict[str, SigningAccount]) -> dict[str, str]:
    return {f"{name}_MNEMONIC": mnemonic.from_private_key(one.private_key) for name, one in accounts.items()}


def fund(cli: Cli, address: str, microalgo: int) -> None:
    dispenser = cli.algorand.account.localnet_dispenser()
    amount = AlgoAmount.from_micro_algo(microalgo)
    payment = PaymentParams(sender=dispenser.address, receiver=address, amount=amount)
    cli.algorand.send.payment(payment, {"suppress_log": True})


def test_all_missing_keys_are_named_at_once(public: Cli) -> None:
    before = public.last_round
    outcome = public.run(*DEMO)
    assert outcome.exit_code == 1
    wanted = [f"{name}_MNEMONIC" for name in names_of(PLAN) if f"{name}_MNEMONIC" not in public.environment]
    assert len(wanted) >= 5
    assert all(name in outcome.sentence for name in wanted)
    assert "DEPLOYER_MNEMONIC" not in outcome.sentence
    assert public.last_round == before


def test_the_template_lists_the_keys(public: Cli, request: pytest.FixtureRequest) -> None:
    template = (request.config.rootpath / ".env.testnet.template").read_text()
    assert [name for name in names_of(PLAN) if f"\n# {name}_MNEMONIC=\n" not in template] == []


def test_all_missing_funds_are_named_at_once(public: Cli) -> None:
    party = accounts()
    fund(public, party["TREASURY"].address, MINIMUM_MICROALGO)
    fund(public, party["COMPANY_A"].address, 5_000_000)
    before = public.last_round
    outcome = public.run(*DEMO, **keys_of(party))
    assert outcome.exit_code == 1
    assert outcome.sentence == "10 accounts of the example cannot pay for what is ahead:"
    assert "TREASURY" not in outcome.err
    assert f"COMPANY_A has 5 ALGO and needs 9.3 ALGO: {party['COMPANY_A'].address}" in outcome.err
    assert public.last_round == before


def test_what_is_asked_for_is_enough(public: Cli) -> None:
    """Nobody has more than what the demo asks for, and it goes to its end; the second run asks for nothing."""
    party = accounts()
    needed = needed_microalgo(PLAN.scaled(1_000), parse(READINGS.read_bytes()))
    for name, microalgo in needed.items():
        fund(public, party[name].address, microalgo)
    done = public.done(*DEMO, **keys_of(party))
    assert "final distribution" in done.out
    before = public.last_round
    public.done(*DEMO, **keys_of(party))
    assert public.last_round == before
    apps = public.read("status", **keys_of(party))["apps"]
    assert [(app["programs_match"], app["updatable"], app["deletable"]) for app in apps] == [(True, False, False)] * 4


def test_deploy_names_missing_funds(public: Cli) -> None:
    party = accounts()
    deployer = party["DEPLOYER"].address
    fund(public, deployer, cost_microalgo() - 1)
    for way in ("--yes", "--dry-run"):
        before = public.last_round
        outcome = public.run("deploy", way, **keys_of(party))
        assert outcome.exit_code == 1
        assert outcome.sentence.startswith(f"{deployer} can pay ")
        assert public.last_round == before
    fund(public, deployer, 1)
    public.done("deploy", "--yes", **keys_of(party))
