"""TEAL to bytecode, by the program's own assembler."""

import json
import re
import subprocess
from base64 import b64decode
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from localnet.engine.program import Program, last_line

_TIMEOUT_S = 30
_CACHED_PROGRAMS = 512
_NEXT_ERROR = re.compile(r" (?=\d+(?::\d+)?: )")


class CompileError(Exception):
    """The source does not compile.

    Attributes:
        errors: one text each, beginning with its line.
    """

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Compiled:
    """A program's bytecode, and the mappings of its source map (lines only)."""

    bytecode: bytes
    mappings: str


class Compiler:
    """Compiles sources and remembers the last ones: a process start costs more than the work."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._known: OrderedDict[str, Compiled] = OrderedDict()

    def compile(self, source: str) -> Compiled:
        """The compiled source.

        Raises:
            CompileError: with all errors.
        """
        known = self._known.get(source)
        if known is not None:
            self._known.move_to_end(source)
            return known
        compiled = self._run(source)
        self._known[source] = compiled
        if len(self._known) > _CACHED_PROGRAMS:
            self._known.popitem(last=False)
        return compiled

    def _run(self, source: str) -> Compiled:
        done = subprocess.run(
            [str(self._program.path), "compile", "-"],
            input=source.encode(),
            cwd=self._folder,
            env=self._program.environment,
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
        if done.returncode:
            text = done.stderr.decode(errors="replace").strip()
            if not text.startswith("["):
                text = last_line(done.stderr)
            raise CompileError(_NEXT_ERROR.split(text.removeprefix("[").removesuffix("]")))
        bytecode, _, source_map = done.stdout.partition(b"\n")
        return Compiled(b64decode(bytecode), json.loads(source_map)["mappings"])
