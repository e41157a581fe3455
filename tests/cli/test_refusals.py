"""Bad input: one clear sentence, exit code 1 (refused) or 2 (wrong usage), and nothing changed on chain."""

import socket
from pathlib import Path

import pytest
from algosdk import account, mnemonic

from tests.cli.harness import EPOCH, READINGS, Cli, agree, finalized, recorded
from tests.support.checkpoints import checkpoint

STRANGER = "7777777777777777777777777777777777777777777777777774MSJUVU"


@pytest.fixture
def shared(cli: Cli) -> Cli:
    """A final month of 125,000 kWh; agreement 1 has 75,000 kWh of it, agreement 2 nothing, agreement 3 a cap."""
    one_of_three_allocated(cli)
    return cli


@checkpoint
def one_of_three_allocated(cli: Cli) -> None:
    finalized(cli)
    agree(cli, "BUYER_B", "0.2", "--cap", "1000")
    cli.done("allocate", EPOCH, "1", "75000", "--yes")


def refused(cli: Cli, arguments: tuple[str, ...], exit_code: int, sentence: str, **environment: str) -> None:
    before = cli.full_state()
    outcome = cli.run(*arguments, **environment)
    said = outcome.err.replace("│", " ")
    assert outcome.exit_code == exit_code, outcome.err + outcome.out
    assert sentence in " ".join(said.split()), said
    assert "Traceback" not in said
    assert cli.full_state() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("allocate", EPOCH, "9", "1"), "There is no agreement 9."),
        (("allocate", EPOCH, "2", "50001"), "The plan takes 50,001 kWh, but 50,000 kWh remain of February 2026."),
        (
            ("allocate", EPOCH, "1", "1000"),
            "Agreement 1 has an invoice over 75,000 kWh for February 2026; void it first.",
        ),
        (("allocate", EPOCH, "3", "1001"), "Agreement 3 takes at most 1,000 kWh an epoch."),
        (("allocate", EPOCH, "2", "0"), "Agreement 2 would receive no energy."),
        (
            ("allocate", EPOCH, "2", "1", "--expect-total", "125001"),
            "February 2026 has 125,000 kWh recorded, not 125,001 kWh.",
        ),
        (("allocate", "202601", "2", "1"), "Nothing was recorded for January 2026."),
        (("invoice", "pay", f"2/{EPOCH}"), f"There is no invoice 2/{EPOCH}."),
        (("invoice", "pay", f"1/{EPOCH}", "--mnemonic-env", "BUYER_B_MNEMONIC"), f"Invoice 1/{EPOCH} is "),
        (("invoice", "pay", f"1/{EPOCH}"), "There is no key for "),
        (("invoice", "show", f"2/{EPOCH}"), f"There is no invoice 2/{EPOCH}."),
        (("invoice", "void", f"1/{EPOCH}", "--reason", " "), "The reason is empty."),
        (("epoch", "finalize", "202603"), "Nothing was recorded for March 2026."),
        (
            ("epoch", "finalize", EPOCH, "--expect", "124999.999"),
            "February 2026 has 125,000 kWh recorded, not 124,999.999 kWh.",
        ),
        (
            ("epoch", "restate", EPOCH, "--meter", "meter-9", "--to", "1", "--reason", "x"),
            "No meter 'meter-9' is registered.",
        ),
        (
            ("epoch", "restate", EPOCH, "--to", "1", "--reason", "x"),
            "Nothing was recorded without a meter in interval 1 of February 2026.",
        ),
        (("epoch", "anchor", EPOCH), "Name the report's file or its --sha256, not both."),
        (("agreement", "show", "9"), "There is no agreement 9."),
        (("agreement", "end", "9", EPOCH), "There is no agreement 9."),
        (("vault", "issue", STRANGER, "5"), "The kW token does not exist."),
        (("vault", "deposit", EPOCH, "3000"), "Issuance of the kW token is not closed."),
        (("vault", "claim", "--everybody", "--deposit", "1"), "There is no deposit 1."),
        (("meter", "import", "nowhere.csv"), "nowhere.csv cannot be read: No such file or directory."),
        (("allocate", EPOCH, "--plan", "nowhere.csv"), "nowhere.csv cannot be read: No such file or directory."),
        (("submit", "nowhere.txn"), "nowhere.txn cannot be read: No such file or directory."),
        (("pause", "--mnemonic-env", "OUTSIDER_MNEMONIC"), "NotAdmin: only the admin may do this."),
        (
            ("epoch", "anchor", EPOCH, "--sha256", "00" * 32, "--mnemonic-env", "OUTSIDER_MNEMONIC"),
            "NotOperator: only the operator may do this.",
        ),
        (("roles", "accept", "--mnemonic-env", "OUTSIDER_MNEMONIC"), "is not proposed as the admin of KWhReceipt."),
        (
            ("epoch", "anchor", EPOCH, "--sha256", "00" * 32, "--mnemonic-env", "NOT_SET"),
            "The environment variable NOT_SET is not set.",
        ),
        (
            ("epoch", "anchor", EPOCH, "--sha256", "00" * 32, "--wallet", "NO_SUCH_WALLET"),
            "The LocalNet has no wallet 'NO_SUCH_WALLET'",
        ),
        (("--network", "testnet", "status"), "is on localnet, not on testnet."),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else "",
)
def test_refused(shared: Cli, arguments: tuple[str, ...], sentence: str) -> None:
    writes = arguments[:2] not in {("invoice", "show"), ("agreement", "show")} and arguments[-1] != "status"
    refused(shared, (*arguments, "--yes") if writes else arguments, 1, sentence)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("allocate", "2026-13", "1", "1"), "202613 is not an epoch"),
        (("allocate", "February", "1", "1"), "'February' is not a month such as 202602."),
        (("allocate", EPOCH, "1", "-5"), "No such option: -5"),
        (("allocate", EPOCH, "1", "1.5"), "The number 1.5 must be whole."),
        (("allocate", EPOCH, "1"), "Name an agreement and its kWh, or a plan, one of them."),
        (("allocate", EPOCH), "Name an agreement and its kWh, or a plan, one of them."),
        (("allocate", EPOCH, "1", "5", "--plan", "x.csv"), "Name an agreement and its kWh, or a plan, one of them."),
        (("invoice", "pay", "1"), "'1' is not an invoice such as 1/202602: agreement, slash, month."),
        (("invoice", "pay"), "Missing argument"),
        (("vault", "deposit", EPOCH, "3,000"), "The amount '3,000' is not a number such as 3000 or 0.12."),
        (("epoch", "anchor", EPOCH, "--sha256", "abc"), "'abc' is not a SHA-256 of 64 hexadecimal digits."),
        (("agreement", "create"), "Missing option"),
        (("pause", "--app", "Treasury"), "'Treasury' is not one of"),
        (("nonsense",), "No such command 'nonsense'."),
        (("vault", "deposit", EPOCH, "3000"), "Issuance of the kW token is not closed."),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else "",
)
def test_wrong_usage(shared: Cli, arguments: tuple[str, ...], sentence: str) -> None:
    exit_code = 1 if sentence.startswith("Issuance") else 2
    refused(shared, arguments, exit_code, sentence)


def test_without_a_terminal_nothing_is_sent_unasked(shared: Cli) -> None:
    refused(shared, ("allocate", EPOCH, "2", "1"), 2, "There is no terminal to ask at. Add --yes to do it")


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"--price": "0"}, "The price must be above 0."),
        ({"--from": "202603"}, "The last epoch, February 2026, is before the first, March 2026."),
        ({"--buyer": STRANGER[:-1] + "A"}, "has no wallet"),
        ({"--asset": "999999999"}, "There is no asset 999999999 on this network."),
        ({"--price": "0.0000001"}, "The price 0.0000001 has more than 6 decimals."),
    ],
)
def test_terms(shared: Cli, terms: dict[str, str], sentence: str) -> None:
    wanted = {
        "--buyer": shared.address("BUYER_A"),
        "--treasury": shared.address("TREASURY"),
        "--price": "0.1",
        "--from": EPOCH,
        "--to": EPOCH,
        **terms,
    }
    arguments = [part for option in wanted.items() for part in option]
    refused(shared, ("agreement", "create", *arguments, "--yes"), 1, sentence)


def test_buyer_is_not_the_treasury(shared: Cli) -> None:
    own = shared.address("TREASURY")
    options = ("--buyer", own, "--treasury", own, "--price", "1", "--from", EPOCH, "--to", EPOCH, "--yes")
    refused(shared, ("agreement", "create", *options), 1, "Buyer and treasury are the same account.")


def test_a_plan_is_refused_as_a_whole(shared: Cli) -> None:
    Path("plan.csv").write_text("agreement,kwh\n2,10\n3,2000\n9,1\n")
    before = shared.full_state()
    outcome = shared.run("allocate", EPOCH, "--plan", "plan.csv", "--yes")
    assert outcome.exit_code == 1
    assert outcome.err == (
        "Agreement 3 takes at most 1,000 kWh an epoch.\nThere is no agreement 9.\nNothing was allocated.\n"
    )
    assert shared.full_state() == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda lines: [*lines[:1], "meter-1,2026-02-01T00:00:00-05:00,-1", *lines[2:]],
            "line 2: the energy -1 is negative",
        ),
        (
            lambda lines: [*lines[:2], lines[1], *lines[2:]],
            "line 3: meter-1 at 2026-02-01T00:00:00-05:00 repeats line 2",
        ),
        (lambda lines: [*lines[:-1]], "line 2016: meter-3 has no reading from 2026-02-28T23:00:00-05:00"),
        (lambda lines: [lines[0].replace("_wh", "_mwh"), *lines[1:]], "line 1: column 'energy_mwh' is unknown"),
        (lambda lines: [line.replace("meter-3", "meter-4") for line in lines], "meter-4 is not registered."),
        (
            lambda lines: [lines[0], lines[1][:-1] + "1000", *lines[2:]],
            "meter-1 has 45,000 kWh recorded for February 2026 from the file with SHA-256 8ebdea1774c34c7f…, not this",
        ),
    ],
)
def test_readings(shared: Cli, change: object, sentence: str) -> None:
    assert callable(change)
    Path("bad.csv").write_text("\n".join(change(READINGS.read_text().splitlines())))
    refused(shared, ("meter", "import", "bad.csv", "--yes"), 1, sentence)


def test_the_wrong_month_is_refused(shared: Cli) -> None:
    refused(shared, ("meter", "import", str(READINGS), "--epoch", "202603", "--yes"), 1, "is not in 202603")


def test_a_final_month_takes_no_new_meter(shared: Cli) -> None:
    lines = [line.replace("meter-3", "meter-4") for line in READINGS.read_text().splitlines() if "meter-1" not in line]
    lines = [line for line in lines if "meter-2" not in line]
    Path("late.csv").write_text("\n".join(lines))
    sentence = "February 2026 is final, and meter-4 has no reading in it that could be corrected."
    # Its figures are meter-3's, which alone would stop it.
    accepted = ("--register", "--accept", "a test")
    refused(shared, ("meter", "import", "late.csv", *accepted, "--yes"), 1, sentence)


def test_a_month_that_has_not_begun(shared: Cli) -> None:
    lines = [line.replace("2026-02", "2031-02") for line in READINGS.read_text().splitlines()]
    Path("early.csv").write_text("\n".join(lines))
    refused(shared, ("meter", "import", "early.csv", "--yes"), 1, "February 2031 has not begun by the chain's clock")


def test_bad_mnemonic(shared: Cli) -> None:
    command = ("epoch", "anchor", EPOCH, "--sha256", "00" * 32, "--yes")
    refused(shared, command, 1, "OPERATOR_MNEMONIC holds 2 words, not the 25 of an", OPERATOR_MNEMONIC="secret words")


def test_key_of_somebody_else(shared: Cli) -> None:
    words = mnemonic.from_private_key(account.generate_account()[0])
    command = ("epoch", "anchor", EPOCH, "--sha256", "00" * 32, "--yes")
    refused(shared, command, 1, "The key belongs to", OPERATOR_MNEMONIC=words, DEPLOYER_MNEMONIC=words)
    refused(shared, command, 1, "There is no key for", OPERATOR_MNEMONIC="", DEPLOYER_MNEMONIC=words)


def test_no_localnet(cli: Cli) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    nowhere = {"ALGOD_SERVER": "http://localhost", "ALGOD_PORT": port, "ALGOD_TOKEN": "a" * 64}
    for command in (("status",), ("deploy", "--yes"), ("meter", "list"), ("meter", "import", str(READINGS), "--yes")):
        outcome = cli.run(*command, **nowhere)
        assert outcome.exit_code == 1
        assert outcome.err == (
            f"No node answers at http://localhost:{port} (Connection refused).\n"
            "Start a LocalNet with `python -m localnet start`, or set ALGOD_SERVER, ALGOD_PORT and ALGOD_TOKEN.\n"
        )


def test_wrong_token(cli: Cli) -> None:
    address = {"ALGOD_SERVER": "http://localhost", "ALGOD_PORT": "4001", **cli.environment, "ALGOD_TOKEN": "b" * 64}
    for command in (("status",), ("deploy", "--yes")):
        outcome = cli.run(*command, **address)
        assert outcome.exit_code == 1
        assert outcome.sentence.endswith("refuses the API token.")


def test_a_failure_is_a_document_too(cli: Cli) -> None:
    outcome = cli.run("status", "--json")
    assert outcome.exit_code == 1
    assert outcome.document["error"] == {
        "code": "NotDeployedError",
        "name": "NotDeployedError",
        "sentence": "The contracts are not deployed on localnet.",
        "advice": "Run `gridpact deploy`, or set GRIDPACT_APP_ID to the id of KWhReceipt.",
        "problems": [],
    }


def test_a_deposit_has_the_decimals_of_its_asset(shared: Cli) -> None:
    refused(
        shared, ("vault", "deposit", EPOCH, "0.0000001", "--yes"), 1, "The amount 0.0000001 has more than 6 decimals."
    )


def test_an_open_month_allocates_nothing(cli: Cli) -> None:
    recorded(cli)
    agree(cli, "BUYER_A", "0.1")
    refused(cli, ("allocate", EPOCH, "1", "1", "--yes"), 1, "February 2026 is not final.")


def test_what_is_due_and_what_is_there_are_said(cli: Cli) -> None:
    finalized(cli)
    cli.done("allocate", EPOCH, "1", "125000", "--yes")
    sentence = f"{cli.address('BUYER_A')} can pay 9,999.9 ALGO; 15,000 ALGO are due."
    refused(cli, ("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A"), "--yes"), 1, sentence)


def test_pause_stops_the_operator_and_not_the_buyer(cli: Cli) -> None:
    finalized(cli)
    cli.done("allocate", EPOCH, "1", "100", "--yes")
    cli.done("pause", "--yes")
    refused(cli, ("allocate", EPOCH, "2", "1", "--yes"), 1, "IsPaused: the admin has paused this.")
    cli.done("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A"), "--yes")
    cli.done("unpause", "--yes")
    cli.done("allocate", EPOCH, "2", "1", "--yes")
