"""Readings that meters sign: keys, signatures without a network, and who may bring what."""

import json
import re
import stat
from pathlib import Path
from typing import Any, Final

import pytest
from typer.testing import CliRunner

from gridpact.cli.app import app
from gridpact.production.signed import public_key
from tests.cli.harness import EPOCH, READINGS, Cli, deployed
from tests.support.checkpoints import checkpoint

SEED: Final = bytes(range(32))
OTHER: Final = bytes(range(1, 33))
METER: Final = "roof-1"


@checkpoint
def signing(cli: Cli) -> None:
    """A meter of the project has a key."""
    deployed(cli)
    cli.done("meter", "register", METER, "--capacity-kw", "500", "--yes")
    cli.done("meter", "rotate-key", METER, public_key(SEED).hex(), "--yes")


def key_file(name: str, seed: bytes) -> str:
    Path(name).write_text(seed.hex())
    return name


def readings(days: int) -> str:
    """The first days of the example's meter-1, as a gateway has them."""
    lines = READINGS.read_text().splitlines()
    own = [line.replace("meter-1", METER) for line in lines if line.startswith("meter-1,")]
    Path("gateway.csv").write_text("\n".join([lines[0], *own[: 24 * days]]))
    return "gateway.csv"


def place(cli: Cli) -> tuple[str, ...]:
    """The options that say where a signature is good."""
    genesis_hash = cli.algorand.client.algod.suggested_params().gh
    return "--app", str(cli.app_ids()["KWhReceipt"]), "--genesis-hash", str(genesis_hash)


def sign(cli: Cli, days: int = 3, *options: str, seed: bytes = SEED, where: tuple[str, ...] | None = None) -> str:
    key = key_file("meter.key", seed)
    at = place(cli) if where is None else where
    cli.done("meter", "sign", readings(days), "signed.json", "--key", key, "--meter-id", "1", *at, "--force", *options)
    return "signed.json"


def submit(cli: Cli, file: str, *options: str) -> Any:
    """A stranger brings them."""
    return cli.run("meter", "submit", file, *cli.as_("OUTSIDER"), *options)


def shown(cli: Cli) -> dict[str, Any]:
    return cli.read("epoch", "show", EPOCH)


def test_keygen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network. The secret key is its owner's, and nowhere shown."""
    monkeypatch.chdir(tmp_path)
    nowhere = {"ALGOD_SERVER": "http://localhost", "ALGOD_PORT": "1"}
    made = CliRunner().invoke(app, ["meter", "keygen", "meter.key"], env=nowhere)
    assert made.exit_code == 0, made.stderr
    seed = bytes.fromhex(Path("meter.key").read_text())
    assert stat.S_IMODE(Path("meter.key").stat().st_mode) == 0o600
    assert public_key(seed).hex() in made.stdout
    assert seed.hex() not in made.stdout + made.stderr

    again = CliRunner().invoke(app, ["meter", "keygen", "meter.key"], env=nowhere)
    assert again.exit_code == 1
    assert "a key is never overwritten" in again.stderr
    assert bytes.fromhex(Path("meter.key").read_text()) == seed
    other = CliRunner().invoke(app, ["meter", "keygen", "other.key", "--json"], env=nowhere)
    assert json.loads(other.stdout)["public_key"] != public_key(seed).hex()


def test_sign_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file gives the same signatures; whole Wh by day, numbered by their ends."""
    monkeypatch.chdir(tmp_path)
    nowhere = {"ALGOD_SERVER": "http://localhost", "ALGOD_PORT": "1"}
    at = ["--meter-id", "7", "--app", "99", "--genesis-hash", "A" * 43 + "="]
    key = ["--key", key_file("meter.key", SEED)]
    for name in ("one.json", "two.json"):
        done = CliRunner().invoke(app, ["meter", "sign", readings(28), name, *key, *at], env=nowhere)
        assert done.exit_code == 0, done.stderr
    assert Path("one.json").read_text() == Path("two.json").read_text()
    document = json.loads(Path("one.json").read_text())
    days = document["readings"]
    assert len(days) == 28
    assert sum(one["wh"] for one in days) == 45_000_000
    assert [one["sequence"] for one in days] == [one["end_ts"] for one in days]
    assert [one["interval"] for one in days[:3]] == [1, 1_441, 2_881]

    again = CliRunner().invoke(app, ["meter", "sign", readings(28), "one.json", *key, *at], env=nowhere)
    assert again.exit_code == 1
    assert "overwrite it with --force" in again.stderr
    month = CliRunner().invoke(app, ["meter", "sign", readings(28), "m.json", *key, *at, "--per", "month"], env=nowhere)
    assert month.exit_code == 0
    (whole,) = json.loads(Path("m.json").read_text())["readings"]
    assert (whole["epoch"], whole["interval"], whole["wh"]) == (202602, 1, 45_000_000)
    hours = CliRunner().invoke(
        app, ["meter", "sign", readings(1), "h.json", *key, *at, "--per", "interval"], env=nowhere
    )
    assert hours.exit_code == 0
    assert len(json.loads(Path("h.json").read_text())["readings"]) == 24


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"--key": "data.key"}, "data.key is not a meter's key."),
        ({"--key": "nothing.key"}, "nothing.key cannot be read: No such file or directory."),
        ({"--meter": "attic"}, "A key belongs to one meter, but the file has roof-1."),
    ],
    ids=["not a key", "no file", "another meter"],
)
def test_sign_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, str], sentence: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data.key").write_text("correct horse battery staple")
    options = {"--key": key_file("meter.key", SEED), "--meter-id": "1", "--app": "9", "--genesis-hash": "A" * 43 + "="}
    pairs = [text for pair in (options | change).items() for text in pair]
    refused = CliRunner().invoke(app, ["meter", "sign", readings(1), "signed.json", *pairs])
    assert refused.exit_code == 1
    assert refused.stderr.splitlines()[0] == sentence
    assert "horse" not in refused.stderr
    assert not Path("signed.json").exists()


def test_submit(cli: Cli) -> None:
    """A stranger brings a month; a second time nothing is sent; the ledger counts it as signed."""
    signing(cli)
    file = sign(cli, 28)
    dry = submit(cli, file, "--dry-run", "--json").document
    assert dry["readings"] == [{"meter": METER, "epoch": 202602, "count": 28, "wh": 45_000_000}]
    assert cli.run("epoch", "show", EPOCH).exit_code == 1, "nothing was recorded yet"

    done = submit(cli, file, "--yes")
    assert done.exit_code == 0, done.err
    assert "Recorded 28 signed readings of roof-1 in February 2026: 45,000 kWh." in done.out
    month = shown(cli)
    assert (month["recorded_wh"], month["signed_wh"], month["manual_wh"]) == (45_000_000, 45_000_000, 0)
    assert len(month["readings"]) == 28
    assert all(one["sequence"] == one["end_ts"] for one in month["readings"])

    before = cli.full_state()
    for _ in range(2):
        again = submit(cli, file, "--yes", "--json").document
        assert (len(again["already_done"]), again["groups"]) == (28, [])
    assert cli.full_state() == before


def test_submit_goes_on_where_it_stopped(cli: Cli) -> None:
    """A gateway's file grows: what is recorded of its first three days is not sent again with the next two."""
    signing(cli)
    assert submit(cli, sign(cli, 3), "--yes").exit_code == 0
    done = submit(cli, sign(cli, 5), "--yes", "--json").document
    assert (len(done["already_done"]), done["recorded"][0]["count"]) == (3, 2)


def test_submit_wrong_key(cli: Cli) -> None:
    signing(cli)
    refused(cli, sign(cli, seed=OTHER), r"The key of roof-1 did not sign exactly its reading \d+\.")


def test_submit_changed_field(cli: Cli) -> None:
    """One Wh more than the meter has signed."""
    signing(cli)
    document = json.loads(Path(sign(cli)).read_text())
    document["readings"][2]["wh"] += 1
    Path("signed.json").write_text(json.dumps(document))
    refused(cli, "signed.json", r"The key of roof-1 did not sign exactly its reading \d+\.")


def test_submit_another_network(cli: Cli) -> None:
    signing(cli)
    _, app_id, _, genesis_hash = place(cli)
    other = sign(cli, where=("--app", app_id, "--genesis-hash", "A" * 43 + "="))
    sentence = f"signed for the network with genesis hash {'A' * 43}=; this one's is {re.escape(genesis_hash)}."
    refused(cli, other, f"The readings are {sentence}")


def test_submit_another_app(cli: Cli) -> None:
    signing(cli)
    _, app_id, _, genesis_hash = place(cli)
    other = sign(cli, where=("--app", str(int(app_id) + 1), "--genesis-hash", genesis_hash))
    refused(cli, other, f"The readings are signed for app {int(app_id) + 1}; KWhReceipt is app {app_id} here.")


def test_submit_overlap(cli: Cli) -> None:
    """What is recorded of the first days is not recorded as part of the month, too."""
    signing(cli)
    assert submit(cli, sign(cli, 1, "--per", "interval"), "--yes").exit_code == 0
    refused(cli, sign(cli, 1, "--per", "day"), "roof-1 has .* recorded for February 2026 .*")


def test_submit_final_month(cli: Cli) -> None:
    signing(cli)
    assert submit(cli, sign(cli, 1), "--yes").exit_code == 0
    cli.done("epoch", "finalize", EPOCH, "--yes")
    document = json.loads(Path(sign(cli, 2)).read_text())
    del document["readings"][0]
    Path("signed.json").write_text(json.dumps(document))
    refused(cli, "signed.json", "February 2026 is final: nothing more can be recorded for roof-1.")


def test_submit_not_signed_readings(cli: Cli) -> None:
    signing(cli)
    Path("signed.json").write_text("{}")
    refused(cli, "signed.json", r"The file holds no signed readings \(format\): Field required\.")


def test_rotate_key(cli: Cli) -> None:
    """What the old key signed and nobody has brought is worth nothing; what is recorded stays done."""
    signing(cli)
    file = sign(cli, 1)
    assert submit(cli, file, "--yes").exit_code == 0
    later = Path("later.json")
    later.write_text(Path(sign(cli, 2)).read_text())
    rotated = cli.done("meter", "rotate-key", METER, public_key(OTHER).hex(), "--yes")
    assert f"it signs with {public_key(OTHER).hex()} from now on" in rotated.out
    assert "--meter-id 1 --app" in rotated.out
    assert "Nothing to do." in cli.done("meter", "rotate-key", METER, public_key(OTHER).hex(), "--yes").out
    document = json.loads(later.read_text())
    del document["readings"][0]
    later.write_text(json.dumps(document))
    refused(cli, "later.json", r"The key of roof-1 did not sign exactly its reading \d+\.")

    (meter,) = cli.read("meter", "list")["meters"]
    assert meter["public_key"] == public_key(OTHER).hex()
    cli.done("meter", "rotate-key", METER, "--none", "--yes")
    assert cli.read("meter", "list")["meters"][0]["public_key"] is None
    refused(cli, "later.json", "roof-1 has no key, so it signs nothing.")


def test_rotate_key_refused(cli: Cli) -> None:
    signing(cli)
    assert cli.run("meter", "rotate-key", METER, "abc", "--yes").exit_code == 2
    assert cli.run("meter", "rotate-key", METER, "--yes").exit_code == 2
    stranger = cli.run("meter", "rotate-key", METER, public_key(OTHER).hex(), *cli.as_("OUTSIDER"), "--yes")
    assert (stranger.exit_code, stranger.sentence) == (1, "NotOperator: only the operator may do this.")
    unknown = cli.run("meter", "rotate-key", "attic", public_key(OTHER).hex(), "--yes")
    assert unknown.sentence == "No meter 'attic' is registered."


def refused(cli: Cli, file: str, sentence: str) -> None:
    """Bringing it is refused, and changes nothing."""
    before = cli.full_state()
    outcome = submit(cli, file, "--yes")
    assert outcome.exit_code == 1, outcome.out
    assert re.fullmatch(sentence, outcome.sentence), outcome.err
    assert len(outcome.err.splitlines()) > 1, "it says what to do"
    assert cli.full_state() == before
