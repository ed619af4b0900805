"""The command inside the test's own process: fast, with its exit code and what it printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flowstd.cli.main import main
from tests.catalogues import Ran


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """``run("build", folder, "-o", out)``; messages are in English unless ``--lang`` says otherwise."""
    monkeypatch.setenv("FLOWSTD_LANG", "en")

    def command(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    return command
