"""Build the contracts: ``python -m smart_contracts build [NAME …] [--check]``, or ``sourcemaps [NAME …]``.

A folder here is a contract when it has a `contract.py`. Each is compiled to TEAL and ARC-56 under `artifacts/<name>/`.
The library gets what it needs of the contracts in `gridpact/contracts/`, so that it can be installed without them: of
each a typed client, the ARC-56 document and how its state is stored, and the constants that it shares with them.
`docs/contracts.md` is written from the documents. The output depends on nothing but the sources, so that it can be
committed and compared.
"""

import argparse
import filecmp
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from smart_contracts.layouts import layout
from smart_contracts.reference import PAGE, page

ROOT = Path(__file__).parent
ARTIFACTS = ROOT / "artifacts"
LIBRARY = ROOT.parent / "gridpact" / "contracts"
SOURCES = ROOT.parent / ".algokit" / "sources"
AVM_VERSION = "10"  # the newest that the embedded LocalNet runs
SPEC = "APP_SPEC = algokit_utils.Arc56Contract.from_json(_APP_SPEC_JSON)\n"
REMEMBERED = """# A method is found by its signature; without a memory all signatures are made for each call, in 4 ms.
APP_SPEC.get_arc56_method = functools.cache(APP_SPEC.get_arc56_method)
"""


def contract_names() -> list[str]:
    """Names of the contract packages, sorted."""
    return sorted(path.parent.name for path in ROOT.glob("*/contract.py"))


def build(name: str, artifacts: Path, library: Path) -> None:
    """Compile one contract and generate its client and its layout.

    Args:
        name: the contract's package.
        artifacts: the folder that holds one folder for each contract.
        library: the folder of clients and documents.

    Raises:
        subprocess.CalledProcessError: the compiler or the generator refused.
    """
    out_dir = _compile(name, artifacts, "--no-output-source-map")
    tools = Path(sys.executable).parent
    (document,) = out_dir.glob("*.arc56.json")
    client = library.resolve() / f"{name}_client.py"
    _run(str(tools / "algokitgen-py"), f"--app_spec={document}", f"--output={client}", "--mode=full")
    client.write_text(quick(client.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copyfile(document, library / document.name)
    (library / f"{name}_layout.py").write_text(layout(document, name), encoding="utf-8")


def quick(client: str) -> str:
    """A generated client whose calls take less time to build.

    Raises:
        ValueError: the generator writes something else than it did.
    """
    head, spec, rest = client.partition(SPEC)
    if not spec:
        msg = "the generated client has its interface document in another way"
        raise ValueError(msg)
    return head.replace("import dataclasses\n", "import dataclasses\nimport functools\n", 1) + spec + REMEMBERED + rest


def map_sources(name: str, folder: Path) -> list[Path]:
    """Compile one contract with source maps, for the AVM debugger: they name places of this machine, and are not kept.

    Args:
        name: the contract's package.
        folder: where one folder for each contract is made.

    Returns:
        The maps.

    Raises:
        subprocess.CalledProcessError: the compiler refused.
    """
    return sorted(_compile(name, folder, "--output-source-map", "--no-output-arc56").glob("*.puya.map"))


def _compile(name: str, folder: Path, *options: str) -> Path:
    """The folder that the compiler has filled: both outputs come from the same programs."""
    out_dir = (folder / name).resolve()
    shutil.rmtree(out_dir, ignore_errors=True)
    out_dir.mkdir(parents=True)
    _run(
        str(Path(sys.executable).parent / "puyapy"),
        str(Path("smart_contracts") / name / "contract.py"),
        f"--out-dir={out_dir}",
        f"--target-avm-version={AVM_VERSION}",
        "--optimization-level=2",
        "--treat-warnings-as-errors",
        "--log-level=warning",
        *options,
    )
    return out_dir


def share_constants(library: Path) -> None:
    """Copy the constants that the library shares: errors, units, the interfaces' values, and each contract's own."""
    sources = {"errors": ROOT / "shared" / "errors.py", "units": ROOT / "shared" / "units.py"}
    sources |= {"interfaces": ROOT / "interfaces" / "config.py"}
    sources |= {f"{name}_config": ROOT / name / "config.py" for name in contract_names()}
    for module, source in sources.items():
        text = source.read_text(encoding="utf-8").replace("smart_contracts.shared.", "gridpact.contracts.")
        note = f"# Generated from {source.relative_to(ROOT.parent)}: do not edit.\n"
        (library / f"{module}.py").write_text(note + text, encoding="utf-8")


def changed(fresh: Path, committed: Path) -> list[str]:
    """Paths, relative to both folders, of files that differ or exist on one side only."""
    names = {p.relative_to(root).as_posix() for root in (fresh, committed) for p in root.rglob("*.*") if p.is_file()}
    names = {name for name in names if "__pycache__" not in name}
    return sorted(
        name
        for name in names
        if not (fresh / name).exists()
        or not (committed / name).exists()
        or not filecmp.cmp(fresh / name, committed / name, shallow=False)
    )


def _run(*command: str) -> None:
    # puyapy finds the interpreter, and with it algopy's stubs, on the PATH.
    tools = Path(sys.executable).parent
    result = subprocess.run(
        command,
        cwd=ROOT.parent,
        env={"PATH": f"{tools}:/usr/bin:/bin", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        sys.stderr.write(result.stdout)
        raise subprocess.CalledProcessError(result.returncode, command[0])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m smart_contracts", description="Build the contracts.")
    commands = parser.add_subparsers(dest="command", required=True)
    build_parser = commands.add_parser("build", help="compile the contracts and generate their clients")
    build_parser.add_argument("names", nargs="*", metavar="NAME", help="contracts to build (default: all)")
    build_parser.add_argument("--check", action="store_true", help="write nothing; fail when a rebuild would differ")
    maps_parser = commands.add_parser("sourcemaps", help="make source maps for the AVM debugger")
    maps_parser.add_argument("names", nargs="*", metavar="NAME", help="contracts to map (default: all)")
    maps_parser.add_argument("--out", type=Path, default=SOURCES, metavar="FOLDER", help="default: .algokit/sources")
    arguments = parser.parse_args()
    known = contract_names()
    unknown = [name for name in arguments.names if name not in known]
    if unknown:
        parser.error(f"no contract named {', '.join(unknown)}; there are {', '.join(known)}")
    names = arguments.names or known
    if arguments.command == "sourcemaps":
        for name in names:
            for path in map_sources(name, arguments.out):
                print(path)
        return 0
    if not arguments.check:
        for name in names:
            print(f"building {name}")
            build(name, ARTIFACTS, LIBRARY)
        share_constants(LIBRARY)
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        artifacts, library = Path(folder, "artifacts"), Path(folder, "library")
        library.mkdir()
        for name in names:
            build(name, artifacts, library)
        share_constants(library)
        different = [ARTIFACTS / name / path for name in names for path in changed(artifacts / name, ARTIFACTS / name)]
        different += [LIBRARY / path for path in changed(library, LIBRARY) if path != "__init__.py"]
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        different.append(PAGE)
    for path in different:
        print(f"differs from a fresh build: {path.relative_to(ROOT.parent)}", file=sys.stderr)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
