"""The page of all codes of refusals: `python -m tests.support.errors_page > docs/errors.md`."""

import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Final

import gridpact
from gridpact.contracts import errors as err
from gridpact.errors import GridPactError, Problem

TOP: Final = "gridpact."
HEAD: Final = """# Codes of refusals

Generated from the classes: `python -m tests.support.errors_page > docs/errors.md`.

With `--json` a refusal is `{"error": {"code", "sentence", "advice", "problems"}}`, and the exit code is 1. `code` never
changes its meaning; sentences may be reworded. `problems` says one by one what is wrong, where several things are, each
with a code of its own. Where a contract has refused, the code is the contract's own name for it (see
[the contracts](contracts.md)). `name` is the same as `code`.
"""


def kinds(base: type) -> Iterator[type]:
    """The classes of the library that derive from a base."""
    for kind in base.__subclasses__():
        # A dataclass with slots is a second class beside the one that was written.
        if kind.__module__.startswith(TOP) and getattr(sys.modules[kind.__module__], kind.__name__, None) is kind:
            yield kind
        yield from kinds(kind)


def load() -> None:
    """Load every module of the library."""
    for module in walk_packages(gridpact.__path__, TOP):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def page() -> str:
    """The page."""
    load()
    parts = [HEAD]
    for title, base in (("Refusals", GridPactError), ("Problems", Problem)):
        rows = sorted({(kind.__name__, _meaning(kind)) for kind in kinds(base)})
        parts.append(f"\n## {title}\n\n| code | meaning |\n|---|---|")
        parts += [f"| `{code}` | {meaning} |" for code, meaning in rows]
        parts.append("")
    return "\n".join(parts)


def contract_names() -> set[str]:
    """The contracts' own names of their errors."""
    return {value for name, value in vars(err).items() if name.isupper() and isinstance(value, str)}


def _meaning(kind: type) -> str:
    text = " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
