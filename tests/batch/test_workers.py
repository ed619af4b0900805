"""Workers: how many a build begins with, and when they are started."""

from __future__ import annotations

from collections import deque

import pytest

from flowstd.base.process import bounded
from flowstd.base.where import Where
from flowstd.batch.make import Task
from flowstd.batch.workers import Workers, _peeked
from flowstd.catalog.config import Limits
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


class TakesTwo:
    """Stands in for a worker."""

    def __init__(self):
        self.tasks = []

    def takes(self, task):
        return len(self.tasks) < 2

    def give(self, task):
        self.tasks.append(task)

    def send(self):
        pass


@pytest.mark.parametrize(("tasks", "loads"), [(1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2]), (5, [2, 2])])
def test_as_many_workers_as_there_is_work_for_are_started_before_any_is_heard(tasks, loads, monkeypatch):
    workers = Workers(lambda: None, 2, Limits())
    monkeypatch.setattr(workers, "_forked", TakesTwo)
    waiting = deque((n, Task(Unit(f"{n}.py", f"{n}.py", f"{n}", "", kin=f"{n}"), ())) for n in range(tasks))

    workers._feed(waiting, 2)

    assert [len(worker.tasks) for worker in workers._pool] == loads
    assert len(waiting) == tasks - sum(loads)


def test_a_system_that_knows_no_limit_of_memory_goes_without(monkeypatch):
    import resource

    def refuse(*given):
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    bounded(1024)
