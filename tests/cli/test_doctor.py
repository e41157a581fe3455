"""`gridpact doctor`: each part, well and not well, with its next step."""

from typing import Any

import pytest
from algokit_utils import AlgoAmount, PaymentParams

from gridpact.chain.programs import approval, clear
from gridpact.chain.specs import Contract
from tests.cli.harness import Cli, deployed
from tests.cli.test_programs import ALWAYS, replace

WORDS = "abandon " * 24 + "art"


def findings(cli: Cli, *, exit_code: int, **environment: str) -> list[dict[str, Any]]:
    """What it finds."""
    outcome = cli.run("doctor", "--json", **environment)
    assert outcome.exit_code == exit_code, outcome.out
    document = outcome.document
    assert document["bad"] == sum(one["health"] == "bad" for one in document["findings"])
    found: list[dict[str, Any]] = document["findings"]
    return found


def worst(found: list[dict[str, Any]], part: str) -> dict[str, Any]:
    """The worst finding of a part."""
    return min((one for one in found if one["part"] == part), key=lambda one: str(one["health"]) != "bad")


def test_a_deployment_that_is_well(cli: Cli) -> None:
    deployed(cli)
    before = cli.last_round
    found = findings(cli, exit_code=0)
    assert {one["health"] for one in found} == {"good"}
    assert list(dict.fromkeys(one["part"] for one in found)) == [
        *("versions", "node", "clock", "indexer", "KMD", "apps", "programs", "balances", "keys")
    ]
    assert len([one for one in found if one["part"] == "programs"]) == 4
    assert {one["advice"] for one in found} == {""}
    assert cli.last_round == before
    shown = cli.done("doctor").out
    assert shown.endswith("Everything is well.\n")
    assert "UPDATABLE and DELETABLE by the admin" in shown


def test_nothing_answers(cli: Cli) -> None:
    found = findings(cli, exit_code=1, ALGOD_PORT="1")
    node = worst(found, "node")
    assert node["health"] == "bad"
    assert node["sentence"].startswith("No node answers at http://localhost:1 ")
    assert "python -m localnet start" in node["advice"]


def test_wrong_token(cli: Cli) -> None:
    node = worst(findings(cli, exit_code=1, ALGOD_TOKEN="b" * 64), "node")
    assert "refuses the API token" in node["sentence"]
    assert "ALGOD_TOKEN" in node["advice"]


def test_settings_that_contradict(cli: Cli) -> None:
    settings = worst(findings(cli, exit_code=1, ALGOD_SERVER=""), "settings")
    assert settings["sentence"] == "ALGOD_SERVER is empty in the environment."


def test_nothing_is_deployed(cli: Cli) -> None:
    apps = worst(findings(cli, exit_code=1), "apps")
    assert apps["sentence"].startswith("The contracts are not deployed on localnet")
    assert "gridpact deploy" in apps["advice"]


def test_kmd_and_indexer_do_not_answer(cli: Cli) -> None:
    deployed(cli)
    found = findings(cli, exit_code=1, KMD_PORT="1", INDEXER_PORT="1")
    assert worst(found, "KMD")["health"] == worst(found, "indexer")["health"] == "bad"
    assert worst(found, "apps")["health"] == "good"


def test_other_programs(cli: Cli) -> None:
    deployed(cli)
    replace(cli, Contract.PPA, ALWAYS, clear(Contract.PPA))
    found = findings(cli, exit_code=1)
    bad = [one for one in found if one["health"] == "bad"]
    assert [one["part"] for one in bad] == ["programs"]
    assert bad[0]["sentence"].startswith(f"PPA (app {cli.app_ids()['PPA']}): OTHER PROGRAMS")


def test_programs_that_nobody_may_change(cli: Cli) -> None:
    deployed(cli)
    for contract in Contract:
        fixed = approval(contract, updatable=False, deletable=False)
        replace(cli, contract, fixed, clear(contract))
    sentences = [one["sentence"] for one in findings(cli, exit_code=0) if one["part"] == "programs"]
    assert all(sentence.endswith("this version's, IMMUTABLE.") for sentence in sentences)
    assert "\nPrograms: this version's, IMMUTABLE.\n" in cli.done("status").out


def test_a_paused_app(cli: Cli) -> None:
    deployed(cli)
    cli.done("pause", "--app", "PPA", *cli.as_("DEPLOYER"), "--yes")
    found = findings(cli, exit_code=0)
    assert [one["sentence"] for one in found if one["health"] == "doubtful"] == [
        f"PPA (app {cli.app_ids()['PPA']}) is paused."
    ]


def test_an_operator_without_funds(cli: Cli) -> None:
    deployed(cli)
    operator = cli.accounts["OPERATOR"]
    held = cli.algorand.account.get_information(operator.address).amount.micro_algo
    left = 100_000 + 5_000
    payment = PaymentParams(
        sender=operator.address,
        receiver=cli.address("TREASURY"),
        amount=AlgoAmount.from_micro_algo(held - left - 1_000),
    )
    cli.algorand.set_signer_from_account(operator)
    cli.algorand.send.payment(payment, {"suppress_log": True})
    (found,) = (one for one in findings(cli, exit_code=0) if one["health"] == "doubtful")
    assert found["sentence"].endswith("has 0.105 ALGO, 0.005 ALGO of it free.")
    assert found["advice"] == f"Send it at least 0.095 ALGO: {operator.address}."


@pytest.mark.parametrize("words", [WORDS, "one two"])
def test_a_key_that_is_none(cli: Cli, words: str) -> None:
    deployed(cli)
    found = findings(cli, exit_code=1, ADMIN_MNEMONIC=words)
    assert "ADMIN_MNEMONIC" in worst(found, "keys")["sentence"]
    assert "abandon" not in str(found)


def test_a_key_of_somebody_else(cli: Cli) -> None:
    deployed(cli)
    outsider = cli.environment["OUTSIDER_MNEMONIC"]
    (found,) = (one for one in findings(cli, exit_code=0, OPERATOR_MNEMONIC=outsider) if one["health"] == "doubtful")
    assert found["sentence"] == f"OPERATOR_MNEMONIC is the key of {cli.address('OUTSIDER')}."
    assert found["advice"] == f"On chain the role belongs to {cli.address('OPERATOR')}."
