"""What the how-tos say of shells and pre-commit is so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from flowstd.cli.commands import COMMANDS
from tests.conftest import EXAMPLES, ROOT, need


def flowstd(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "flowstd", *words], cwd=ROOT, capture_output=True, text=True,
                          encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, timeout=120)


def test_shells_complete_the_commands() -> None:
    for shell in ("zsh", "fish"):
        assert "_FLOWSTD_COMPLETE" in flowstd(_FLOWSTD_COMPLETE=f"{shell}_source").stdout
    asked = flowstd(_FLOWSTD_COMPLETE="zsh_complete", COMP_WORDS="flowstd dr", COMP_CWORD="1")
    assert "draw" in asked.stdout
    assert "draw" in COMMANDS


@pytest.mark.parametrize(("typed", "offered"), [
    ("flowstd dr", "draw"), ("flowstd check --for", "--format"), ("flowstd check --format sa", "sarif"),
    ("flowstd diff ski.py ski.y", "ski.yaml"), ("flowstd serve ch", "charts"),
])
def test_bash_completes_commands_options_values_and_files(typed: str, offered: str, tmp_path: Path) -> None:
    """In a real bash, by the line of the how-to; files and folders are left to bash, as the Tab key does."""
    need(bash_is_new(), "bash 5")
    for name in ("ski.py", "ski.yaml"):
        (tmp_path / name).write_text("")
    (tmp_path / "charts").mkdir()
    (tmp_path / "flowstd").write_text(f"#!/bin/sh\nexec '{sys.executable}' -m flowstd \"$@\"\n")
    (tmp_path / "flowstd").chmod(0o755)
    words = typed.split(" ")
    script = (f'PATH="$PWD:$PATH"; {completion_line("bash")}\n'
              'compopt() { COMPREPLY=($(compgen "$([ "$2" = dirnames ] && echo -d || echo -f)" -- "$word")); }\n'
              f"word='{words[-1]}'\n"
              f"COMP_WORDS=({' '.join(words[:-1])} '{words[-1]}') COMP_CWORD={len(words) - 1} COMP_LINE='{typed}'\n"
              '_flowstd_completion flowstd "$word"; echo "${COMPREPLY[@]}"\n')
    done = subprocess.run(["bash", "--norc", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})

    assert done.stdout.split() == offered.split(), done.stderr


def bash_is_new() -> bool:
    bash = shutil.which("bash")
    return bool(bash) and subprocess.run([bash, "-c", "[[ ${BASH_VERSION%%.*} -ge 5 ]]"]).returncode == 0


def completion_line(shell: str) -> str:
    """The line of the how-to for *shell*."""
    page = (ROOT / "docs" / "en" / "howto" / "editor.md").read_text("utf-8")
    return next(line for line in page.splitlines() if f"_FLOWSTD_COMPLETE={shell}_source" in line).partition("  #")[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_steps_of_the_action_run(language: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / language / "howto" / "editor.md").read_text("utf-8")
    job = yaml.safe_load(next(text for text in page.split("```text\n") if text.startswith("jobs:")).partition("```")[0])
    runs = [step["run"] for step in job["jobs"]["charts"]["steps"] if "run" in step]

    assert runs[0].startswith("pip install")
    for line in runs[1:]:
        words = line.split()
        assert words[0] == "flowstd"
        done = subprocess.run([sys.executable, "-m", *words], cwd=tmp_path_of_charts(tmp_path), capture_output=True,
                              text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr


def tmp_path_of_charts(folder: Path) -> Path:
    """A folder with the catalogue of the how-tos in it."""
    shutil.copytree(ROOT / "docs" / "examples" / "charts", folder / "charts", dirs_exist_ok=True)
    return folder


def test_the_hook_checks_a_folder() -> None:
    hook, = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    words = hook["entry"].split()

    assert hook["pass_filenames"] is False
    assert words[0] == "flowstd"
    assert flowstd(*words[1:], str(EXAMPLES / "bureau" / "models" / "clinic_filing.py")).returncode == 0
