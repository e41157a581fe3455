"""What holds for every test."""

import signal

import pytest
from hypothesis import settings

# What a script starts in the background ignores Ctrl-C, and so does all that it starts: some tests end commands by it.
signal.signal(signal.SIGINT, signal.default_int_handler)
# A busy machine is no reason to fail: pytest's own time limit finds what hangs.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that was skipped, for whatever reason, is not green: nothing here may go untested silently."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
