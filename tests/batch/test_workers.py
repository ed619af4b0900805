"""Workers: how many a build begins with."""

from __future__ import annotations

import pytest

from flowstd.base.where import Where
from flowstd.batch.make import Task
from flowstd.batch.workers import _peeked
from flowstd.catalog.from_sheet import Row
from flowstd.catalog.units import Unit


@pytest.mark.parametrize(("files", "rows", "little"), [(2, 7, True), (3, 0, False), (0, 23, True), (0, 24, False)])
def test_files_are_more_work_than_rows(files, rows, little):
    row = Row(Where("items.csv", 2), {}, "新办", "", {})
    units = [*(Unit(f"{n}.py", f"{n}.py", f"{n}", "") for n in range(files)),
             *(Unit(f"items.csv#{n}", "items.csv", f"{n}", "", row=row) for n in range(rows))]

    first, rest, few = _peeked(Task(unit, ()) for unit in units)

    assert few is little
    assert [task.unit for task in (*first, *rest)] == units
