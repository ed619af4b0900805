"""The chart at the head of the README is the one that its command draws today; a change is looked at, then accepted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flowstd.cli.main import main
from tests.conftest import ROOT

COMMAND = "flowstd draw examples/bureau/models/clinic_filing.py -o docs/images/chart.svg"


def test_the_chart_is_drawn_by_the_command_beside_it(approved: Callable[[Path, str], None], tmp_path: Path,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    words = COMMAND.split()
    with pytest.raises(SystemExit) as ended:
        main([*words[1:-1], str(tmp_path / "chart.svg")])

    assert ended.value.code == 0
    approved(ROOT / words[-1], (tmp_path / "chart.svg").read_text("utf-8"))


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_tells_the_command(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    assert f"`{COMMAND}`" in text
    assert COMMAND.split()[-1] in text.split("## ")[0]
