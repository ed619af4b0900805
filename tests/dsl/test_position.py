"""Where an author called: file, line and columns in characters."""

from __future__ import annotations

import linecache
import sys
from pathlib import Path
from typing import Any

import pytest

from flowstd.base.excerpt import excerpt, source_line
from flowstd.base.where import NOWHERE, Where
from flowstd.dsl import applicant, end, window
from flowstd.dsl.blocks import Block, Sequence
from flowstd.dsl.position import at, here, last_line


def marked(where: Where) -> str:
    """The text of the author's line that *where* covers."""
    line = source_line(where.file, where.line)
    return line[where.column - 1:where.end_column - 1 if where.end_line == where.line else None]


def acceptance() -> Block:
    return window.accept("受理", note="件")


def test_the_place_covers_the_call() -> None:
    step = "汉字"; step = window.accept("受理")  # noqa: E702 - wide characters stand before the call

    assert marked(step.where) == 'window.accept("受理")'


def test_a_fragment_points_at_its_own_line() -> None:
    assert marked(acceptance().where) == 'window.accept("受理", note="件")'


def test_each_step_of_a_row_has_its_place() -> None:
    row = applicant.submit("提交申请") >> acceptance() >> end.granted("准予")

    assert isinstance(row, Sequence)
    assert [marked(part.where) for part in row.blocks] == [
        'applicant.submit("提交申请")', 'window.accept("受理", note="件")', 'end.granted("准予")']


def test_an_end_without_a_label_has_its_place() -> None:
    row = window.accept("受理") >> end.granted

    assert marked(row.blocks[-1].where) == "end.granted"


def test_a_call_over_several_lines() -> None:
    step = window.accept(
        "受理",
        note="件")

    assert (step.where.end_line - step.where.line, marked(step.where)) == (2, "window.accept(")
    assert marked(last_line(step.where)) == 'note="件")'
    assert last_line(NOWHERE) == NOWHERE


def test_the_same_line_in_a_loop_is_read_once() -> None:
    first, second = [window.accept(label) for label in ("甲", "乙")]

    assert first.where is second.where


def test_a_front_end_says_where_its_author_wrote() -> None:
    place = Where("items.csv", 12)
    with at(place):
        step = window.accept("受理")
        with at(Where("other.csv", 1)):
            assert here().file == "other.csv"
        assert here() == place
    assert step.where == place
    assert here().file == __file__


def test_code_without_a_source_has_a_line_and_no_excerpt() -> None:
    found: dict[str, Any] = {}
    exec(compile("from flowstd.dsl import window\n\nstep = window.accept('受理')", "<typed>", "exec"), found)
    where = found["step"].where

    assert (where.file, where.line, where.column) == ("<typed>", 3, 8)
    assert excerpt(where) == ""


def test_code_of_a_notebook_has_an_excerpt() -> None:
    name, source = "<cell 5>", "from flowstd.dsl import window; step = window.accept('受理')"
    linecache.cache[name] = (len(source), None, [source + "\n"], name)
    found: dict[str, Any] = {}
    exec(compile(source, name, "exec"), found)

    assert marked(found["step"].where) == "window.accept('受理')"
    assert "^" in excerpt(found["step"].where)


def test_a_file_that_is_gone_keeps_its_line(tmp_path: Path) -> None:
    path, found = tmp_path / "gone.py", dict[str, Any]()
    exec(compile("from flowstd.dsl import window\nstep = window.accept('受理')", str(path), "exec"), found)

    assert (found["step"].where.file, found["step"].where.line) == (str(path), 2)


def test_many_sources_do_not_fill_the_memory() -> None:
    from flowstd.dsl import position

    for number in range(position._MOST + 10):
        exec(compile("from flowstd.dsl import window; window.accept('受理')", f"<{number}>", "exec"), {})

    assert len(position._known) <= position._MOST


def test_a_place_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step in a loop costs no more than a look-up."""
    from flowstd.dsl import position

    read, asked = position._read, []
    monkeypatch.setattr(position, "_read", lambda *place: asked.append(place) or read(*place))
    places = [here() for _ in range(1000)]

    assert len(asked) == 1 and set(places) == {places[0]}


def test_positions_are_on() -> None:
    assert sys._getframe().f_code.co_positions(), "run without -X no_debug_ranges"
