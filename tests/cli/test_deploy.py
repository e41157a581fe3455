"""`gridpact deploy`: everything once, and nothing twice."""

import json
from pathlib import Path

from tests.cli.harness import Cli, deployed


def test_deploy_creates_funds_and_wires(cli: Cli) -> None:
    outcome = cli.done("deploy", "--yes", "--json")
    assert list(outcome.document["apps"]) == ["KWhReceipt", "PPA", "RevenueVault", "OfferBook"]
    status = cli.read("status")
    assert {one["name"]: one["id"] for one in status["apps"]} == outcome.document["apps"]
    for app in status["apps"]:
        assert (app["admin"], app["operator"]) == (cli.address("DEPLOYER"), cli.address("OPERATOR"))
        assert app["balance_microalgo"] == app["minimum_microalgo"] == 100_000
        assert app["paused"] is False


def test_second_deploy_sends_nothing(cli: Cli) -> None:
    deployed(cli)
    before = cli.last_round
    again = cli.done("deploy", "--yes")
    assert again.out.endswith("Nothing to do: everything is deployed and wired.\n")
    assert again.err == ""
    assert cli.last_round == before


def test_deploy_finds_its_apps_without_the_record(cli: Cli) -> None:
    first = cli.done("deploy", "--yes", "--json").document["apps"]
    Path(cli.environment["GRIDPACT_DEPLOYMENTS"]).unlink()
    before = cli.last_round
    assert cli.done("deploy", "--yes", "--json").document["apps"] == first
    assert cli.last_round == before


def test_a_record_of_another_chain_is_not_believed(cli: Cli) -> None:
    deployed(cli)
    record = Path(cli.environment["GRIDPACT_DEPLOYMENTS"])
    document = json.loads(record.read_text())
    (entry,) = document.values()
    right = entry["kwhReceipt"]
    for wrong in (entry["apps"]["PPA"], 999_999_999):
        entry["kwhReceipt"] = wrong
        record.write_text(json.dumps(document))
        assert cli.read("status")["apps"][0]["id"] == right


def test_a_damaged_record_is_said(cli: Cli) -> None:
    deployed(cli)
    record = Path(cli.environment["GRIDPACT_DEPLOYMENTS"])
    for damage in ("{", "[]", '{"a": 5}', json.dumps({key: {} for key in json.loads(record.read_text())})):
        record.write_text(damage)
        outcome = cli.run("status")
        assert (outcome.exit_code, outcome.sentence) == (1, f"{record} is damaged.")


def test_a_record_that_cannot_be_written_is_said_and_loses_nothing(cli: Cli, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "missing" / "deployments.json")
    outcome = cli.run("deploy", "--yes", GRIDPACT_DEPLOYMENTS=nowhere)
    assert outcome.exit_code == 1
    assert f"The apps are deployed, but {nowhere} cannot be written: No such file or directory." in outcome.err
    cli.done("deploy", "--yes")
    assert len(cli.read("status")["apps"]) == 4


def test_the_id_alone_leads_to_all_apps(cli: Cli, tmp_path: Path) -> None:
    deployed(cli)
    ids = cli.app_ids()
    elsewhere = {"GRIDPACT_DEPLOYMENTS": str(tmp_path / "none.json"), "DEPLOYER_MNEMONIC": ""}
    found = cli.read("status", GRIDPACT_APP_ID=str(ids["KWhReceipt"]), **elsewhere)
    assert {one["name"]: one["id"] for one in found["apps"]} == ids
    for wrong, sentence in (
        (str(ids["PPA"]), f"App {ids['PPA']} is not a KWhReceipt."),
        ("999999999", "There is no app 999999999 on this network."),
        ("abc", "GRIDPACT_APP_ID is 'abc', which is not an app id."),
    ):
        outcome = cli.run("status", GRIDPACT_APP_ID=wrong)
        assert (outcome.exit_code, outcome.sentence) == (1, sentence)


def test_dry_run_says_what_is_missing_and_sends_nothing(cli: Cli) -> None:
    before = cli.last_round
    missing = cli.read("deploy", "--dry-run")["missing"]
    assert missing[:4] == ["Create KWhReceipt", "Create PPA", "Create RevenueVault", "Create OfferBook"]
    assert cli.last_round == before
    deployed(cli)
    assert cli.read("deploy", "--dry-run")["missing"] == []


def test_deploy_asks_and_without_a_terminal_refuses(cli: Cli) -> None:
    before = cli.last_round
    outcome = cli.run("deploy")
    assert outcome.exit_code == 2
    assert outcome.err.endswith("There is no terminal to ask at. Add --yes to do it, or --dry-run to see more.\n")
    assert cli.last_round == before


def test_not_deployed_is_said(cli: Cli) -> None:
    outcome = cli.run("status")
    assert (outcome.exit_code, outcome.sentence) == (1, "The contracts are not deployed on localnet.")
