"""How what was seen is judged, and that all of it has words."""

import pytest

from gridpact.chain.programs import Programs
from gridpact.chain.specs import Contract
from gridpact.cli.words.checkup import fact
from gridpact.deployment import checkup
from gridpact.deployment.checkup import Fact, Health

ADDRESS = "CFUVZ2PHFFF7FY4KRYAYJNRYSQFL7ZYQ5VKWOPFCUYQHCJLSUVXKHNRKAM"
GOOD, DOUBTFUL, BAD = Health.GOOD, Health.DOUBTFUL, Health.BAD
SEEN: list[tuple[Fact, Health]] = [
    (checkup.Versions("1", "2", "3"), GOOD),
    (checkup.Node("http://a", "testnet", "testnet-v1.0", 7, "4.0.1"), GOOD),
    (checkup.Clock(1_000, 1_300, is_localnet=False), GOOD),
    (checkup.Clock(1_000, 1_301, is_localnet=False), DOUBTFUL),
    (checkup.Clock(1_301, 1_000, is_localnet=False), DOUBTFUL),
    (checkup.Clock(0, 1_771_000_000, is_localnet=True), GOOD),
    (checkup.Indexer(90, 100), GOOD),
    (checkup.Indexer(101, 100), GOOD),
    (checkup.Indexer(89, 100), DOUBTFUL),
    (checkup.NoIndexer(), DOUBTFUL),
    (checkup.Kmd(1), GOOD),
    (checkup.NoKmd(), DOUBTFUL),
    (checkup.AppsFound(((Contract.PPA, 7),)), GOOD),
    (checkup.AppPaused(Contract.PPA, 7), DOUBTFUL),
    (checkup.AppPrograms(Contract.PPA, 7, ADDRESS, Programs(is_ours=True, updatable=False, deletable=True)), GOOD),
    (checkup.AppPrograms(Contract.PPA, 7, ADDRESS, Programs(is_ours=False, updatable=None, deletable=None)), BAD),
    (checkup.Balance("PPA", ADDRESS, 100_000, 100_000, 0), GOOD),
    (checkup.Balance("operator", ADDRESS, 200_000, 100_000, 100_000), GOOD),
    (checkup.Balance("operator", ADDRESS, 199_999, 100_000, 100_000), DOUBTFUL),
    (checkup.Balance("PPA", ADDRESS, 99_999, 100_000, 0), BAD),
    (checkup.Key("OPERATOR_MNEMONIC", ADDRESS, None), GOOD),
    (checkup.Key("OPERATOR_MNEMONIC", ADDRESS, ADDRESS[::-1]), DOUBTFUL),
    (checkup.NoKeys(is_localnet=True), GOOD),
    (checkup.NoKeys(is_localnet=False), GOOD),
]


@pytest.mark.parametrize(("seen", "health"), SEEN, ids=lambda value: str(value)[:60])
def test_health(seen: Fact, health: Health) -> None:
    assert seen.health is health
    told = fact(seen)
    assert told.sentence.endswith(".")
    # Whatever is not well has a next step.
    assert (told.advice != "") == (health is not GOOD)


def test_each_kind_is_judged() -> None:
    assert {type(seen) for seen, _ in SEEN} == {kind for kind in vars(checkup).values() if _is_fact(kind)}


def _is_fact(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Fact) and kind is not Fact


def test_the_clock_in_words() -> None:
    told = fact(checkup.Clock(1_771_000_000, 1_771_000_400, is_localnet=False))
    assert (
        told.sentence
        == "The newest block is of February 13, 2026, 16:26:40 UTC, 400 seconds behind this machine's clock."
    )
    assert "this machine's time" in fact(checkup.Clock(5, 5, is_localnet=True)).sentence
