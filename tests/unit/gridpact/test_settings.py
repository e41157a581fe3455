"""Where the project is, which files are read, and that a network's services stay together."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from gridpact.chain.connection import services
from gridpact.cli import words
from gridpact.settings import (
    ProjectNotFound,
    ServerEmpty,
    ServicesApart,
    Settings,
    SettingsMissing,
    SettingsUnreadable,
    project_folder,
    read,
)

ELSEWHERE = "http://elsewhere:1"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project, and a folder deep inside it."""
    (tmp_path / ".gridpact").mkdir()
    (tmp_path / "data" / "2026").mkdir(parents=True)
    return tmp_path


def write(folder: Path, name: str, **says: str) -> Path:
    path = folder / name
    path.write_text("".join(f"{key}={value}\n" for key, value in says.items()))
    return path


def environment_of(settings: Settings, environment: Mapping[str, str]) -> dict[str, str]:
    """What a run has in its environment."""
    result = dict(environment)
    settings.apply(result)
    return result


# --- the folder -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["deployments.json", ".env", ".env.testnet", ".env.template"])
def test_project_is_found_upward(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).touch()
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert project_folder({}, below) == tmp_path


def test_the_nearest_project_counts(project: Path) -> None:
    inner = project / "data"
    (inner / "deployments.local.json").touch()
    assert project_folder({}, inner / "2026") == inner


def test_without_a_mark_it_is_the_working_directory(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert project_folder({}, folder) == folder


def test_the_home_folder_is_no_project(project: Path) -> None:
    below = project / "data"
    assert project_folder({"HOME": str(project)}, below) == below
    assert project_folder({"HOME": str(project)}, project) == project


def test_the_project_is_named(project: Path, tmp_path: Path) -> None:
    assert project_folder({"GRIDPACT_PROJECT": str(project)}, Path("/")) == project
    with pytest.raises(ProjectNotFound) as caught:
        project_folder({"GRIDPACT_PROJECT": str(tmp_path / "no")})
    assert words.refusal(caught.value).sentence == f"There is no project folder {tmp_path / 'no'}."


# --- the files --------------------------------------------------------------------------------------------------------


def test_the_network_is_named_in_env(project: Path) -> None:
    write(project, ".env", GRIDPACT_NETWORK="testnet")
    own = write(project, ".env.testnet", ALGOD_SERVER=ELSEWHERE, OPERATOR_ADDRESS="X")
    settings = read(None, {}, project / "data")
    assert settings.refusal is None
    assert settings.network == "testnet"
    assert settings.files == (own, project / ".env")
    assert environment_of(settings, {})["ALGOD_SERVER"] == ELSEWHERE


def test_what_is_named_outside_counts_first(project: Path) -> None:
    write(project, ".env", GRIDPACT_NETWORK="testnet", GRIDPACT_APP_ID="1", OPERATOR_ADDRESS="general")
    write(project, ".env.localnet", GRIDPACT_APP_ID="2", DEPLOYER_ADDRESS="specific", GRIDPACT_NETWORK="mainnet")
    settings = read("localnet", {"DEPLOYER_ADDRESS": "outside"}, project)
    assert settings.network == "localnet"
    said = environment_of(settings, {"DEPLOYER_ADDRESS": "outside"})
    assert said["GRIDPACT_APP_ID"] == "2"
    assert said["OPERATOR_ADDRESS"] == "general"
    assert said["DEPLOYER_ADDRESS"] == "outside"


def test_without_a_name_it_is_the_localnets_file(project: Path) -> None:
    write(project, ".env.localnet", ALGOD_SERVER=ELSEWHERE)
    assert environment_of(read(None, {}, project), {}) == {"ALGOD_SERVER": ELSEWHERE}
    # A server without a name may be any network's: the LocalNet's keys are not for it.
    assert read(None, {"ALGOD_SERVER": "http://b"}, project).files == ()


@pytest.mark.parametrize("name", ["testnet", "tesnet", "../testnet"])
def test_a_named_network_without_a_file(project: Path, name: str) -> None:
    refusal = read(name, {}, project).refusal
    assert isinstance(refusal, SettingsMissing)
    assert words.refusal(refusal).sentence == (f"Nothing says where {name} is: there is no {project}/.env.{name}.")
    assert read(name, {"ALGOD_SERVER": ELSEWHERE}, project).refusal is None
    assert read("localnet", {}, project).refusal is None


def test_a_file_that_cannot_be_read(project: Path) -> None:
    (project / ".env").write_bytes(b"GRIDPACT_NETWORK=\xff\n")
    assert isinstance(read(None, {}, project).refusal, SettingsUnreadable)


# --- a network's services ---------------------------------------------------------------------------------------------


def test_services_are_taken_from_one_place(project: Path) -> None:
    write(
        project, ".env.localnet", ALGOD_SERVER=ELSEWHERE, KMD_PORT="7", INDEXER_SERVER=ELSEWHERE, OPERATOR_ADDRESS="X"
    )
    outside = {"ALGOD_SERVER": "http://here", "ALGOD_PORT": "4001"}
    said = environment_of(read("localnet", outside, project), outside)
    assert said == {**outside, "OPERATOR_ADDRESS": "X"}


def test_algod_without_kmd_has_no_kmd() -> None:
    here = {"ALGOD_SERVER": "http://here", "ALGOD_PORT": "4001", "ALGOD_TOKEN": "t"}
    found = services(here)
    assert found.kmd is None
    assert found.indexer is None
    beside = services(here | {"KMD_PORT": "4002"}).kmd
    assert beside is not None
    assert (beside.url, beside.token) == ("http://here:4002", "t")
    own = services(here | {"KMD_SERVER": "http://kmd", "KMD_PORT": "7", "KMD_TOKEN": "k"}).kmd
    assert own is not None
    assert (own.url, own.token) == ("http://kmd:7", "k")


@pytest.mark.parametrize("in_file", [True, False])
def test_services_apart(project: Path, in_file: bool) -> None:
    apart = {"KMD_PORT": "4002", "INDEXER_SERVER": ELSEWHERE}
    path = write(project, ".env", **apart) if in_file else None
    refusal = read(None, {} if in_file else apart, project).refusal
    assert isinstance(refusal, ServicesApart)
    where = "the environment" if path is None else path
    assert words.refusal(refusal).sentence == (
        f"INDEXER_SERVER and KMD_PORT are set in {where}, which does not set ALGOD_SERVER."
    )


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_server(project: Path, text: str) -> None:
    refusal = read(None, {"ALGOD_SERVER": text}, project).refusal
    assert isinstance(refusal, ServerEmpty)
    assert words.refusal(refusal).sentence == "ALGOD_SERVER is empty in the environment."
    with pytest.raises(ServerEmpty):
        services({"ALGOD_SERVER": text})


# --- files that lead elsewhere ----------------------------------------------------------------------------------------


def test_a_file_that_leads_the_environments_keys_elsewhere(project: Path) -> None:
    path = write(project, ".env", GRIDPACT_APP_ID="7", ALGOD_SERVER=ELSEWHERE)
    keys = {"OPERATOR_MNEMONIC": "some words"}
    settings = read(None, keys, project)
    assert [one.name for one in settings.leads_elsewhere] == ["ALGOD_SERVER", "GRIDPACT_APP_ID"]
    text = words.led_elsewhere(settings.leads_elsewhere, settings.keys_outside)
    assert text == (
        f"Note: this run takes ALGOD_SERVER ({ELSEWHERE}) from {path} and GRIDPACT_APP_ID (7) from {path}, "
        "but OPERATOR_MNEMONIC from the environment."
    )
    two = words.led_elsewhere(settings.leads_elsewhere, ("ADMIN_MNEMONIC", "OPERATOR_MNEMONIC"))
    assert two.endswith("but ADMIN_MNEMONIC and OPERATOR_MNEMONIC from the environment.")
    three = words.led_elsewhere(settings.leads_elsewhere, ("ADMIN_MNEMONIC", "OPERATOR_MNEMONIC", "X_MNEMONIC"))
    assert three.endswith("but ADMIN_MNEMONIC and 2 other keys from the environment.")
    assert read(None, {}, project).leads_elsewhere == ()
    named = read("testnet", keys, project)
    assert [one.name for one in named.leads_elsewhere] == ["GRIDPACT_APP_ID"]
