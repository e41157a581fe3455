"""Write the pinned versions of dev.txt into pyproject.toml as constraints of uv: ``python requirements/constrain.py``.

`uv sync`, which AlgoKit's bootstrap runs, then installs what `make setup` installs. A lock file of uv's own would name
a registry for each package.
"""

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = HERE.parent / "pyproject.toml"
LIST = re.compile(r"^constraint-dependencies = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)


def pins() -> list[str]:
    """The pinned packages, without their hashes."""
    lines = (HERE / "dev.txt").read_text(encoding="utf-8").splitlines()
    return [line.removesuffix(" \\") for line in lines if re.match(r"[a-z0-9].*==", line)]


def constrained(project: str) -> str:
    """The project file with the present pins."""
    lines = "".join(f'    "{pin}",\n' for pin in pins())
    text, count = LIST.subn(lambda _: f"constraint-dependencies = [\n{lines}]\n", project)
    if count != 1:
        msg = "pyproject.toml has no list of constraints"
        raise ValueError(msg)
    return text


def main() -> int:
    PROJECT.write_text(constrained(PROJECT.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
