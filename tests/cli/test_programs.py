"""Nothing is signed for apps that run other programs than this version's."""

from typing import Any

import pytest
from algokit_utils import AppUpdateParams
from algosdk.transaction import OnComplete

from gridpact.chain import apps as known_apps
from gridpact.chain.programs import approval, clear
from gridpact.chain.specs import Contract
from gridpact.chain.state import app_params
from gridpact.units import short
from tests.cli.harness import READINGS, Cli, deployed

ALWAYS = b"\x0a\x81\x01"
"""A program that allows everything: version 10, pushint 1."""
REGISTER = ("meter", "register", "roof-1", "--yes")
OURS = approval(Contract.OFFER_BOOK, updatable=True, deletable=True)


def replace(cli: Cli, contract: Contract, approval_program: bytes, clear_program: bytes) -> int:
    """Let the admin of a LocalNet's app replace its programs; the app."""
    app_id = cli.app_ids()[contract.value]
    cli.algorand.set_signer_from_account(cli.accounts["DEPLOYER"])
    cli.algorand.send.app_update(
        AppUpdateParams(
            sender=cli.address("DEPLOYER"),
            app_id=app_id,
            approval_program=approval_program,
            clear_state_program=clear_program,
            on_complete=OnComplete.UpdateApplicationOC,
        ),
        {"suppress_log": True},
    )
    return app_id


@pytest.mark.parametrize(
    ("approval_program", "clear_program"),
    [(ALWAYS, clear(Contract.OFFER_BOOK)), (OURS, b"\x0a\x81\x01"), (OURS[:-1] + b"\x81\x00\x43", ALWAYS)],
    ids=["approval", "clear", "both"],
)
def test_other_programs_are_refused(cli: Cli, approval_program: bytes, clear_program: bytes) -> None:
    deployed(cli)
    app_id = replace(cli, Contract.OFFER_BOOK, approval_program, clear_program)
    before = cli.last_round
    for way in ((), ("--dry-run",), ("--out", str(cli.folder / "group"))):
        outcome = cli.run(*REGISTER, *way)
        assert outcome.exit_code == 1
        assert outcome.sentence == f"OfferBook (app {app_id}) runs another program than this version's."
        assert "--allow-other-programs" in outcome.err
    assert cli.last_round == before
    assert not (cli.folder / "group").exists()
    shown = {app["name"]: app for app in cli.read("status")["apps"]}
    assert [app["programs_match"] for app in shown.values()] == [name != "OfferBook" for name in shown]
    assert f"OfferBook (app {app_id}): OTHER PROGRAMS than this version's" in cli.done("status").out


def test_other_programs_may_be_allowed_on_a_localnet(cli: Cli) -> None:
    deployed(cli)
    app_id = replace(cli, Contract.OFFER_BOOK, ALWAYS, ALWAYS)
    outcome = cli.done(*REGISTER, "--allow-other-programs")
    warning = f"Warning: OfferBook (app {app_id}) runs another program than this version's."
    assert outcome.sentence == warning


def test_who_may_change_them_is_said(cli: Cli) -> None:
    deployed(cli)
    apps = cli.read("status")["apps"]
    assert [(app["programs_match"], app["updatable"], app["deletable"]) for app in apps] == [(True, True, True)] * 4
    says = f"Programs: this version's, UPDATABLE and DELETABLE by the admin {short(cli.address('DEPLOYER'))}.\n"
    assert says in cli.done("status").out


def test_each_app_is_asked_once(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    deployed(cli)
    asked: list[int] = []

    def counting(algod: Any, app_id: int) -> dict[str, Any]:
        asked.append(app_id)
        return app_params(algod, app_id)

    monkeypatch.setattr(known_apps, "app_params", counting)
    cli.done("meter", "import", "--register", "--yes", str(READINGS))
    assert sorted(asked) == sorted(cli.app_ids().values())
