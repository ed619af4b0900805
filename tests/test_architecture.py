"""Imports point one way, and the front door is light."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

import flowstd
from tests.conftest import ROOT


def test_imports_point_one_way() -> None:
    """In a process of its own: import-linter silences every logger there is."""
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports('pyproject.toml', no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_every_public_name_is_there() -> None:
    for name in flowstd.__all__:
        assert getattr(flowstd, name) is not None


def test_every_public_name_shows_how_it_is_used() -> None:
    """The doctests are run; templates show theirs themselves."""
    names = [name for name in flowstd.__all__ if name not in ("__version__", "TEMPLATES")]

    assert [name for name in names if ">>> " not in (getattr(flowstd, name).__doc__ or "")] == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        flowstd.nonsense  # noqa: B018


def test_editors_see_the_same_names() -> None:
    tree = ast.parse((ROOT / "flowstd" / "__init__.py").read_text("utf-8"))
    typed = [(alias.asname, node.module) for node in ast.walk(tree)
             if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("flowstd.")
             for alias in node.names]

    assert sorted(typed) == sorted(flowstd._HOME.items())


def test_importing_flowstd_is_cheap() -> None:
    heavy = ("pydantic", "networkx", "lxml", "rich", "click", "yaml", "graphviz")
    code = f"import sys, flowstd; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
