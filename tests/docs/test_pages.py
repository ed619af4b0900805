"""What the documentation shows is run: each page in a folder of its own, its files written, its commands given.

In a page, files are ``literalinclude``d from docs/examples under the name that the caption says; ``console`` blocks are
commands with what they print (``...`` stands for anything); ``# exit code 1`` behind a command says how it ends.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = sorted((*DOCS.glob("zh/**/*.md"), *DOCS.glob("en/**/*.md"), *DOCS.glob("*.md")))
FENCE = re.compile(r"^(`{3,})(\S*)(.*)\n((?:.*\n)*?)\1$", re.MULTILINE)
UNRUN = ("python", "yaml", "toml", "csv", "pycon")              # such words must come from a file that is used
PROGRAMS = ("flowstd", "python", "sphinx-build")
HOW = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
INSTALL = ("pip install .\n",)


def fences(page: Path) -> list[tuple[str, str, str]]:
    """Language, argument and text of each fence."""
    return [(found[2], found[3].strip(), found[4]) for found in FENCE.finditer(page.read_text("utf-8"))]


def files(page: Path) -> dict[str, Path]:
    """The files that a page shows, by the name under which its reader saves them."""
    shown = {}
    for language, argument, text in fences(page):
        if language == "{literalinclude}":
            caption = re.search(r"^:caption: (.+)$", text, re.MULTILINE)
            assert caption, f"{page}: {argument} has no caption"
            shown[caption[1]] = (page.parent / argument).resolve()
    return shown


def commands(page: Path) -> list[tuple[str, int, str]]:
    """Each command of a page, the exit code and the output that it tells."""
    found = []
    for language, _, text in fences(page):
        if language == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                line, _, note = command.partition("   # ")
                code = re.search(r"\d+$", note)
                found.append((line, int(code[0]) if code else 0, output))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_what_a_page_shows_is_run(page: Path, tmp_path: Path) -> None:
    for name, source in files(page).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(source.read_bytes())
    for command, code, output in commands(page):
        done = run(command, tmp_path, "en" if "en" in page.relative_to(DOCS).parts else "zh")
        assert done.returncode == code, f"{command}\n{done.stdout}{done.stderr}"
        wanted, got = output.rstrip() + "\n", (done.stdout + done.stderr).rstrip() + "\n"
        assert doctest.OutputChecker().check_output(wanted, got, HOW), f"{command}\n{got}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_no_page_shows_code_that_is_not_run(page: Path) -> None:
    assert [text for language, _, text in fences(page) if language in UNRUN] == []
    assert [text for language, _, text in fences(page) if language == "sh" and text not in INSTALL] == []


def test_every_example_is_shown() -> None:
    shown = {source for page in PAGES for source in files(page).values()}

    assert sorted(path for path in (DOCS / "examples").rglob("*") if path.is_file() and "__pycache__" not in path.parts
                  and path.resolve() not in shown) == []


def test_both_languages_have_the_same_pages() -> None:
    chinese, english = ({page.relative_to(DOCS / language) for page in (DOCS / language).rglob("*.md")}
                        for language in ("zh", "en"))

    assert chinese == english
    for page in chinese:
        assert list(files(DOCS / "zh" / page)) == list(files(DOCS / "en" / page))
        assert [one[:2] for one in commands(DOCS / "zh" / page)] == [one[:2] for one in commands(DOCS / "en" / page)]


def run(command: str, folder: Path, language: str) -> subprocess.CompletedProcess[str]:
    """Give one command as a reader does."""
    words = shlex.split(command)
    target = folder / words[words.index(">") + 1] if ">" in words else None
    words = words[:words.index(">")] if target else words
    assert words[0] in PROGRAMS
    program = {"flowstd": ["-m", "flowstd"], "python": [], "sphinx-build": ["-m", "sphinx"]}[words[0]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FLOWSTD_LANG": language, "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, *program, *words[1:]], cwd=folder, env=environment, capture_output=True,
                          text=True, encoding="utf-8", timeout=120)
    if target:
        target.write_text(done.stdout, "utf-8")
        done.stdout = ""
    return done
