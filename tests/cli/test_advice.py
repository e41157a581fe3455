"""The next step that a refusal names is one that works: each command is run as it stands, until the first one does."""

import re
import shlex

import pytest

from tests.cli.harness import EPOCH, READINGS, Cli, allocated, deployed, issued, recorded
from tests.cli.test_corrections import CORRECT, RESTATE, paid

MOST_STEPS = 4


@pytest.mark.parametrize(
    ("stand", "command", "steps"),
    [
        (
            recorded,
            ("epoch", "anchor", EPOCH, "--sha256", "11" * 32),
            [f"epoch finalize {EPOCH}"],
        ),
        (deployed, ("meter", "import", str(READINGS), "--capacity-kw", "900"), ["--register"]),
        (allocated, ("vault", "issue", "{HOLDER_1}", "5"), ["vault bootstrap", "vault opt-in"]),
        (
            paid,
            (*CORRECT[:2], f"2/{EPOCH}", *CORRECT[3:]),
            [f"invoice void 2/{EPOCH}"],
        ),
    ],
    ids=["finalize first", "register", "token first", "void what is unpaid"],
)
def test_advice_leads_on(cli: Cli, stand: object, command: tuple[str, ...], steps: list[str]) -> None:
    assert callable(stand)
    stand(cli)
    wanted = [word.format(HOLDER_1=cli.address("HOLDER_1")) for word in command]
    followed: list[str] = []
    for _ in range(MOST_STEPS):
        outcome = cli.run(*wanted, "--yes")
        if outcome.exit_code == 0:
            break
        advice = " ".join(outcome.err.split())
        found = re.findall(r"`gridpact ([^`]+)`", advice)
        fitting = [step for step in steps if any(one.startswith(step) for one in found) or step in advice]
        assert fitting, f"none of {steps} is advised: {advice}"
        step = next(one for one in fitting if one not in followed)
        followed.append(step)
        if step.startswith("--"):
            wanted.append(step)
        elif step.startswith("invoice void"):
            cli.done(*shlex.split(step), "--reason", "as advised", "--yes")
            break
        else:
            signer = cli.as_("HOLDER_1") if step == "vault opt-in" else ()
            cli.done(*shlex.split(step), *signer, "--yes")
    assert followed == steps


def test_the_deficit_names_what_fills_it(cli: Cli) -> None:
    """After a restatement nothing can be drawn; the commands that it names make that possible again."""
    allocated(cli)
    issued(cli)
    cli.done(*RESTATE, "--yes")
    assert cli.run("allocate", EPOCH, "1", "1", "--yes").exit_code == 1
    said = cli.done(*RESTATE, "--yes").out
    for command in re.findall(r"`gridpact ([^`]*)`", " ".join(said.split())):
        cli.done(*shlex.split(command), "--yes")
    shown = cli.read("epoch", "show", EPOCH)
    assert (shown["deficit_wh"], shown["ppa_wh"]) == (0, 104_258_000)
