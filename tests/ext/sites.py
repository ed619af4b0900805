"""Small sites as a new user would write them, and the programs that build them."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.catalogues import CONFIG, GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, catalogue
from tests.conftest import ROOT

SPHINX = """\
extensions = ["flowstd.ext.sphinx", "myst_parser"]
flowstd_catalogue = "items"
exclude_patterns = ["items"]
"""
MKDOCS = """\
site_name: 指南
theme: {name: material, language: zh}
markdown_extensions:
  - pymdownx.superfences:
      custom_fences: [{name: flowstd, class: flowstd, format: !!python/name:flowstd.ext.markdown.fence }]
"""
ROWS = HEADINGS + GOOD_ROW


class Built(NamedTuple):
    """What a build did."""

    code: int
    out: Path
    warnings: str

    def page(self, name: str = "index.html") -> str:
        """The text of one page."""
        return (self.out / name).read_text("utf-8")


def items(folder: Path) -> Path:
    """A catalogue with one item of each kind: T-1 in a sheet, T-2 in YAML, T-3 in Python."""
    return catalogue(folder, {"items.csv": ROWS, "clinic.yaml": GOOD_YAML, "archive.py": GOOD_PYTHON}, CONFIG)


def project(folder: Path, pages: dict[str, str], conf: str = SPHINX) -> Path:
    """A Sphinx project in *folder*."""
    items(folder / "items")
    for name, text in {"conf.py": conf, **pages}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def sphinx(source: Path, *arguments: str, builder: str = "html") -> Built:
    """Build *source*; warnings are those that Sphinx tells."""
    from sphinx.cmd.build import build_main

    out, told = source.parent / f"out-{builder}", io.StringIO()
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
        code = build_main(["-q", "--no-color", "-b", builder, "-d", str(source.parent / "doctrees"), *arguments,
                           str(source), str(out)])
    return Built(code, out, told.getvalue())


def site(folder: Path, pages: dict[str, str], config: str = MKDOCS) -> Path:
    """A project of MkDocs or zensical in *folder*."""
    items(folder / "items")
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    for name, text in pages.items():
        (folder / "docs" / name).write_text(text, "utf-8")
    return folder


def run(program: str, folder: Path, *arguments: str) -> Built:
    """Build the site in *folder* with ``mkdocs`` or ``zensical``, as a user does."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    done = subprocess.run([sys.executable, "-m", program, "build", "--clean", *arguments], cwd=folder, env=environment,
                          capture_output=True, text=True, encoding="utf-8", timeout=120)
    return Built(done.returncode, folder / "site", done.stdout + done.stderr)
