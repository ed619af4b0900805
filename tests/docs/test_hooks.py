"""What the how-tos say of shells and pre-commit is so."""

from __future__ import annotations

import os
import subprocess
import sys

import yaml

from flowstd.cli.commands import COMMANDS
from tests.conftest import EXAMPLES, ROOT


def flowstd(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "flowstd", *words], cwd=ROOT, capture_output=True, text=True,
                          encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, timeout=120)


def test_shells_complete_the_commands() -> None:
    for shell in ("zsh", "fish"):
        assert "_FLOWSTD_COMPLETE" in flowstd(_FLOWSTD_COMPLETE=f"{shell}_source").stdout
    asked = flowstd(_FLOWSTD_COMPLETE="zsh_complete", COMP_WORDS="flowstd dr", COMP_CWORD="1")
    assert "draw" in asked.stdout
    assert "draw" in COMMANDS


def test_the_hook_checks_a_folder() -> None:
    hook, = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    words = hook["entry"].split()

    assert hook["pass_filenames"] is False
    assert words[0] == "flowstd"
    assert flowstd(*words[1:], str(EXAMPLES / "bureau" / "models" / "clinic_filing.py")).returncode == 0
