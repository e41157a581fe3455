"""Lines of a shell run through npm, while the program itself runs in this process: starting Python for each of them
proves nothing more."""

import json
import os
import socketserver
import subprocess
import sys
from pathlib import Path
from typing import Final

from typer.testing import CliRunner

from gridpact.cli.app import app
from tests.cli.offers.conftest import Ran
from tests.support.background import Background

ROOT: Final = Path(__file__).parents[3]
BIN: Final = ROOT / ".venv" / "bin"
TOO_LONG_S: Final = 120
MESSENGER: Final = """#!{python} -IS
import json, os, socket, sys
link = socket.socket(socket.AF_UNIX)
link.connect({address!r})
with link.makefile("rw") as talk:
    talk.write(json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]) + "\\n")
    talk.flush()
    code, out, err = json.loads(talk.readline())
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(code)
"""


class Npm(Background):
    """A shell in the project's folder, in which `gridpact` is the program of this process."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        """Wait for lines.

        Args:
            folder: an empty folder.
            environment: what the lines see besides their own variables, and the way to npm.
        """
        self._environment = environment
        self._folder = folder
        address = str(folder / "socket")
        messenger = folder / "gridpact"
        messenger.write_text(MESSENGER.format(python=sys.executable, address=address))
        messenger.chmod(0o755)
        npm = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                arguments, variables, where = json.loads(self.rfile.readline())
                assert Path(where) == ROOT
                self.wfile.write(json.dumps(npm._answer(arguments, variables)).encode() + b"\n")

        super().__init__(socketserver.UnixStreamServer(address, Handler))

    def run(self, line: str, code: int | None = 0) -> Ran:
        """Run a line as it is written.

        Args:
            line: of a shell.
            code: the exit code that is expected; None for any.
        """
        path = f"{self._folder}{os.pathsep}{BIN}{os.pathsep}{os.environ['PATH']}"
        quiet = {"npm_config_loglevel": "silent", "npm_config_update_notifier": "false"}
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=ROOT,
            env={"PATH": path, "HOME": str(self._folder), **quiet, **self._environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TOO_LONG_S,
            check=False,
        )
        assert code in (None, done.returncode), f"{line}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return Ran(done.returncode, done.stdout, done.stderr)

    def _answer(self, arguments: list[str], variables: dict[str, str]) -> tuple[int, str, str]:
        # Variables of this process that the line does not have are none of the program's.
        hidden = dict.fromkeys(os.environ.keys() - variables.keys())
        result = CliRunner().invoke(app, arguments, env={**hidden, **variables})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            return 70, result.stdout, f"{result.stderr}{result.exception!r}"
        return result.exit_code, result.stdout, result.stderr
