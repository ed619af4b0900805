"""Graphviz as a program: absent, slow or unable, it is told in one line."""

from __future__ import annotations

import shutil
import stat
import time
from pathlib import Path

import pytest

from flowstd.base.errors import BadEnvironment
from flowstd.render.dot import engine
from tests.cli.conftest import run as run
from tests.conftest import need
from tests.render.charts import chart


def fake(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called dot that does something else."""
    program = folder / "dot"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


@pytest.mark.parametrize(("suffix", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_it_draws_where_it_is_installed(run, tmp_path, suffix, begins) -> None:
    need(shutil.which("dot") is not None, "Graphviz")
    (tmp_path / "a.json").write_text(chart().json(), "utf-8")

    ran = run("draw", tmp_path / "a.json", "-o", tmp_path / f"a.{suffix}", "--engine", "dot")

    assert ran.err == "" and (tmp_path / f"a.{suffix}").read_bytes().startswith(begins)


def test_where_it_is_absent_one_line_says_so(run, tmp_path, monkeypatch) -> None:
    (tmp_path / "a.json").write_text(chart().json(), "utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))

    ran = run("draw", tmp_path / "a.json", "-o", tmp_path / "a.svg", "--engine", "dot")

    assert ran.code == 3 and ran.err.count("\n") == 1 and "install Graphviz" in ran.err
    assert not (tmp_path / "a.svg").exists()


def test_one_that_takes_too_long_is_ended_with_all_it_started(tmp_path, monkeypatch) -> None:
    late, end = tmp_path / "late", tmp_path / "end"
    fake(tmp_path, f"(sleep 2; touch {late}) & sleep 4; touch {end}", monkeypatch)

    with pytest.raises(BadEnvironment, match=r"not done after 0\.5 seconds"):
        engine.drawn("digraph {}", seconds=0.5)

    assert not end.exists()                  # nobody waited for it
    time.sleep(4)
    assert not late.exists() and not end.exists()


def test_what_it_says_when_it_cannot_is_told(tmp_path, monkeypatch) -> None:
    fake(tmp_path, "echo 'syntax error in line 1' >&2; exit 1", monkeypatch)

    with pytest.raises(BadEnvironment, match="syntax error in line 1"):
        engine.drawn("digraph {")


def test_it_writes_pictures_only(run, tmp_path) -> None:
    ran = run("draw", "nothing.json", "-o", tmp_path / "a.bpmn", "--engine", "dot")

    assert ran.code == 2 and "take .svg, .png or .pdf" in ran.err
