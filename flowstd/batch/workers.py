"""Workers and their supervisor: whatever kills, hangs or starves a worker costs one unit, which is named.

The standard pools fail every waiting task when one worker is killed; here it is
replaced, its unit tried once more alone, and the others never notice.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from flowstd.base.errors import BadEnvironment
from flowstd.base.finding import Finding, Level
from flowstd.base.process import Limits, bounded, die_with, end_all, ending, prctl
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.catalog.entry import Failed
from flowstd.catalog.restored import spoiled

from .lock import let_go
from .make import Made, Maker, Task, failure

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

FEW = 24                              # rows that one worker makes sooner than two can be started
_FILE = 8                             # a file, with code or items of its own, takes as long as so many rows
_WAITING = 2, 16                      # tasks a worker is given ahead, at least and at most
_WORK = 0.02                          # seconds of work that it is given ahead
_SPEAK = 0.01                         # seconds after which it tells what it has made
_CHOICE = 32                          # tasks per worker to choose from, so that each gets kin of what it made before
_KINS = 10_000                        # that are remembered
_ROOM = 32_000                        # bytes of tasks that may wait in a pipe, lest both sides wait for each other
_AHEAD = 64                           # units a worker may be ahead of the one that is awaited
_IDLE = float("inf")                  # since when a worker is at a task that has none


class Workers:
    """Processes that make units; results come in the order of the tasks, whatever their number."""

    def __init__(self, maker: Callable[[], Maker], jobs: int, limits: Limits, scheduler: str = "",
                 begin: Callable[[str], None] = lambda label: None) -> None:
        self.maker, self.jobs, self.limits, self.scheduler, self.begin = maker, jobs, limits, scheduler, begin
        self._pool: list[_Worker] = []
        self._made: Maker | None = None
        self._warm = False
        self._owner: dict[str, _Worker] = {}               # who makes units of a kin

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *error: object) -> None:
        for worker in self._pool:
            worker.end()
        self._pool.clear()
        if self._warm:
            gc.unfreeze()

    def run(self, tasks: Iterator[Task | Made]) -> Iterator[Made]:
        """Make every task; what is made already passes through in its place. Raises BadEnvironment."""
        if self.scheduler:
            from .run_dask import run

            yield from run(self._own(), tasks, self.scheduler, self.limits)
        else:
            yield from self._supervised(tasks)

    def _own(self) -> Maker:
        if self._made is None:
            self._made = self.maker()
        return self._made

    def _forked(self) -> _Worker:
        """One more worker; what the first would load, it finds loaded."""
        if not self._warm:
            self._own().warm()
            prctl()
            gc.freeze()                    # lest a worker's collector touch, and so copy, the pages of all this
            self._warm = True
        return _Worker(self._own(), self.limits)

    def _supervised(self, tasks: Iterator[Task | Made]) -> Iterator[Made]:
        first, rest, few = _peeked(tasks)
        jobs = self.jobs or (1 if few else os.cpu_count() or 1)
        ready: dict[int, Made] = {}
        waiting: deque[tuple[int, Task]] = deque()
        coming = enumerate(chain(first, rest))
        given, awaited, more = 0, 0, True
        while more or awaited < given:
            while more and given - awaited < _AHEAD * jobs and len(waiting) < jobs * _CHOICE:
                number, task = next(coming, (given, None))
                if task is None:
                    more = False
                    break
                given = number + 1
                if isinstance(task, Made):
                    ready[number] = task
                else:
                    waiting.append((number, task))
            self._feed(waiting, jobs)
            while awaited in ready:
                yield ready.pop(awaited)
                awaited += 1
            if awaited < given and awaited not in ready:
                self._listen(ready, waiting, wait=bool(waiting) or not more or given - awaited >= _AHEAD * jobs)

    def _feed(self, waiting: deque[tuple[int, Task]], jobs: int) -> None:
        """Give every worker what it takes; another one is started while tasks are left and nobody is idle."""
        for worker in self._pool:
            self._give(worker, waiting)
        while waiting and len(self._pool) < jobs and all(worker.tasks for worker in self._pool):
            self._pool.append(self._forked())
            self._give(self._pool[-1], waiting)

    def _give(self, worker: _Worker, waiting: deque[tuple[int, Task]]) -> None:
        while waiting and (place := self._for(worker, waiting)) is not None and worker.takes(waiting[place][1]):
            task = waiting[place]
            del waiting[place]
            if len(self._owner) >= _KINS:
                self._owner.clear()
            self._owner.setdefault(task[1].unit.kin, worker)
            self.begin(task[1].unit.label)
            worker.give(task)
        worker.send()

    def _for(self, worker: _Worker, waiting: deque[tuple[int, Task]]) -> int | None:
        """Which task suits *worker* best: kin of what it has made, then what is nobody's yet; if it is idle, any."""
        nobody_s = None
        for place, (_, task) in enumerate(waiting):
            owner = self._owner.get(task.unit.kin)
            if owner is worker:
                return place
            if nobody_s is None and owner is None:
                nobody_s = place
        return 0 if nobody_s is None and not worker.tasks else nobody_s

    def _listen(self, ready: dict[int, Made], waiting: deque[tuple[int, Task]], *, wait: bool) -> None:
        """Take what workers have made, and see to those that are no more."""
        busy = [worker for worker in self._pool if worker.tasks]
        patience = min((worker.left() for worker in busy), default=0.0) if wait else 0.0
        asked = select.poll()
        for worker in busy:
            asked.register(worker.pipe, select.POLLIN)
        heard = {file for file, _ in asked.poll(1000 * max(0.0, patience))}
        for worker in busy:
            if worker.pipe.fileno() in heard:
                if worker.hear(ready):
                    if worker.leaves:
                        self._dismiss(worker, waiting)
                    continue
                self._lost(worker, worker.how_it_ended(), ready, waiting, again=True)
            elif worker.left() <= 0:
                self._lost(worker, _hangs(self.limits), ready, waiting, again=False)

    def _lost(self, worker: _Worker, why: tuple[Text, Text], ready: dict[int, Made],
              waiting: deque[tuple[int, Task]], *, again: bool) -> None:
        """Its unit is tried once more, or has failed; what it had not begun goes to others."""
        number, task = worker.at_work()
        worker.tasks.remove((number, task))
        self._dismiss(worker, waiting)
        if again and number not in worker.retried:
            fresh = self._forked()
            fresh.retried.add(number)
            fresh.give((number, task))
            fresh.send()
            fresh.alone = True
            self._pool.append(fresh)
        else:
            ready[number] = _failed(task, why, self._own().home)

    def _dismiss(self, worker: _Worker, waiting: deque[tuple[int, Task]]) -> None:
        """It makes no more: what it has not begun goes to others."""
        self._pool.remove(worker)
        self._owner = {kin: owner for kin, owner in self._owner.items() if owner is not worker}
        worker.end()
        waiting.extendleft(reversed(worker.tasks))


class _Worker:
    """One process and what it has been given.

    It tells what it has made now and then, several units at once; what it is at, it notes in memory
    that both processes share, so that the unit that costs a worker is known.
    """

    def __init__(self, maker: Maker, limits: Limits) -> None:
        from mmap import mmap
        from multiprocessing import get_context

        context = get_context("fork")
        self.pipe, theirs = context.Pipe()
        self._room = min(_ROOM, _capacity(self.pipe) // 4)
        self.tasks: deque[tuple[int, Task]] = deque()
        self._unsent: list[tuple[int, Task]] = []
        self.retried: set[int] = set()
        self.alone = False
        self.leaves = False
        self.limits = limits
        self._note = memoryview(mmap(-1, 16)).cast("d")       # the number of a task, and since when
        self._note[1] = _IDLE
        self._since = time.monotonic()                        # when it was heard, or given work after it had none
        self._pace = _WORK                                    # seconds a unit
        sys.stdout.flush()
        sys.stderr.flush()
        given = (theirs, self._note, maker, limits, os.getpid())
        self.process: BaseProcess = context.Process(target=_work, args=given, daemon=True)
        self.process.start()
        theirs.close()

    def takes(self, task: Task) -> bool:
        """Whether it may be given one more: enough to do until it is heard again, not so much that others wait."""
        if not self.tasks:
            return True
        few, many = _WAITING
        return (not self.alone and len(self.tasks) < min(max(few, int(_WORK / self._pace)), many)
                and sum([_size(one) for _, one in self.tasks]) + _size(task) < self._room)

    def give(self, task: tuple[int, Task]) -> None:
        """One more task, which it has when it is sent."""
        if not self.tasks:
            self._since = time.monotonic()
        self.tasks.append(task)
        self._unsent.append(task)

    def send(self) -> None:
        """Send it what it was given."""
        tasks, self._unsent = self._unsent, []
        try:
            if tasks:
                _send(self.pipe, tasks)
        except OSError:
            pass                       # it is dead: heard of when it is listened to

    def at_work(self) -> tuple[int, Task]:
        """What it is making, or would make next."""
        return next((task for task in self.tasks if task[0] == self._note[0]), self.tasks[0])

    def left(self) -> float:
        """Seconds until its unit has had its time."""
        since = self._note[1]
        return (self._since if since == _IDLE else since) + self.limits.seconds - time.monotonic()

    def hear(self, ready: dict[int, Made]) -> bool:
        """Take what it has made; False when the worker is no more."""
        message = self._answer()
        if message is None:
            return False
        now = time.monotonic()
        self._pace = max(1e-6, (now - self._since) / len(message))
        self._since = now
        self.alone = False
        for number, made in message:
            self.tasks.popleft()
            if isinstance(made, BadEnvironment):
                raise made
            ready[number] = made
            self.leaves = made.last
        return True

    def _answer(self) -> list[tuple[int, Made | BadEnvironment]] | None:
        """What it says of the next of its tasks; None when it is no more, or something else speaks for it."""
        try:
            message: list[tuple[int, Made | BadEnvironment]] = _received(self.pipe)
            said = [number for number, _ in message]
        except (EOFError, OSError):
            return None
        except Exception:
            said = [-1]
        if said == [number for number, _ in islice(self.tasks, len(said))]:
            return message
        self.process.kill()
        return None

    def how_it_ended(self) -> tuple[Text, Text]:
        self.process.join(1)
        name = ending(self.process.exitcode or 0)
        return (Text(f"生成时进程被终止（{name}）", f"the process that made it was ended ({name})"),
                Text("单独运行 flowstd draw 查看；内存不足时加 --memory",
                     "draw it alone with flowstd draw; give it more memory with --memory"))

    def end(self) -> None:
        """Without waiting for what it does, and with all that its modules have left running."""
        if self.process.pid is not None:
            end_all(self.process.pid)
        self.process.kill()
        self.process.join(2)
        self.pipe.close()


def _work(pipe: Connection, note: memoryview[float], maker: Maker, limits: Limits, parent: int) -> None:
    """A worker's life."""
    me = os.getpid()
    os.setsid()                        # what it leaves running can be ended with it
    _keep_apart(pipe)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with(parent)
    bounded(limits.megabytes)

    def beat() -> None:
        note[1] = time.monotonic()

    while True:
        note[1] = _IDLE
        try:
            tasks = _received(pipe)
        except (EOFError, OSError):
            os._exit(0)
        done: list[tuple[int, Made | BadEnvironment]] = []
        spoken = time.monotonic()
        for number, task in tasks:
            note[0] = number
            beat()
            if done and note[1] - spoken > _SPEAK:
                spoken = note[1]
                _tell(pipe, done)
                done = []
                beat()
            made = _made(task, maker, limits, beat)
            if os.getpid() != me:
                os._exit(0)            # forked by the unit: no second worker
            if spoiled() and isinstance(made, Made):
                _tell(pipe, [*done, (number, made._replace(last=True))])
                os._exit(0)            # what is left of its tasks, a fresh one makes
            done.append((number, made))
        note[1] = _IDLE
        _tell(pipe, done)


def _keep_apart(pipe: Connection) -> None:
    """What a module starts has no part in the build: not the pipe, not the folder's lock, not the report."""
    os.register_at_fork(after_in_child=pipe.close)
    let_go()
    with suppress(OSError):            # one of them is closed
        os.dup2(2, 1)


def _made(task: Task, maker: Maker, limits: Limits, beat: Callable[[], None]) -> Made | BadEnvironment:
    try:
        return maker.make(task, beat)
    except BadEnvironment as error:
        return error
    except MemoryError:
        return _failed(task, _starves(limits), maker.home)
    except BaseException:              # of an author's object, which may end or break whoever looks at it
        return _failed(task, _BREAKS, maker.home)


def _tell(pipe: Connection, done: list[tuple[int, Made | BadEnvironment]]) -> None:
    try:
        try:
            _send(pipe, done)
        except (pickle.PicklingError, AttributeError, TypeError):
            _send(pipe, [(number, _plain(made) if isinstance(made, Made) else made) for number, made in done])
    except OSError:
        os._exit(1)                    # a module has closed the pipe


def _plain(made: Made) -> Made:
    """*made* without the kinds of texts that an author's module has invented, which nobody else knows."""
    return made._replace(cases=tuple(json.loads(json.dumps(made.cases))))


def _capacity(pipe: Connection) -> int:
    """The bytes that may wait in *pipe*: 8 kB on macOS, 200 on Linux."""
    from socket import SO_SNDBUF, SOL_SOCKET, socket

    with socket(fileno=os.dup(pipe.fileno())) as end:
        return end.getsockopt(SOL_SOCKET, SO_SNDBUF)


def _send(pipe: Connection, message: object) -> None:
    """What ``pipe.send`` does for plain values, twice as fast: it makes ready for sockets and locks as well."""
    pipe.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


def _received(pipe: Connection) -> Any:
    return pickle.loads(pipe.recv_bytes())


def _peeked(tasks: Iterator[Any]) -> tuple[list[Any], Iterable[Any], bool]:
    """The tasks up to the one that makes them much work, the rest, and whether the first ones are all, and little."""
    first, work = [], 0
    for task in tasks:
        first.append(task)
        if isinstance(task, Task):
            work += 1 if task.unit.row is not None else _FILE
        if work >= FEW or len(first) >= 50 * FEW:
            break
    return first, tasks, work < FEW


def _size(task: Task) -> int:
    row = task.unit.row
    said = sum(map(len, row.elements.values())) * 4 if row else 0
    return 500 + said + 600 * len(task.before) + 40 * len(task.replaced)


def _failed(task: Task, why: tuple[Text, Text], home: str) -> Made:
    """The unit that cost a worker; without a digest of what made it, so that every build tries it again."""
    what, fix = why
    where = Where(os.path.join(home, *task.unit.path.split("/")), task.unit.line)
    finding = Finding("INT002", "broken-off", Level.ERROR, what, where, fix, item=task.unit.label)
    record = failure(Failed(task.unit.label, (finding,)), home)
    return Made(task.unit.id, (), task.unit.line, {}, (record,), ((),), (True,))


def _hangs(limits: Limits) -> tuple[Text, Text]:
    return (Text(f"超过每项 {limits.seconds:g} 秒的时限",
                 f"it took longer than {limits.seconds:g} seconds, the limit for one chart"),
            Text("把流程拆小，或用 --seconds 放宽", "divide the flow, or allow more with --seconds"))


_BREAKS = (Text("模块里的一个值，谁读谁出错", "a value of the module breaks whoever looks at it"),
           Text("单独运行 flowstd draw 查看；事项里用普通的文字和列表",
                "draw it alone with flowstd draw; use plain texts and lists in items"))


def _starves(limits: Limits) -> tuple[Text, Text]:
    return (Text(f"超过 {limits.megabytes} MB 的内存上限",
                 f"it needed more than {limits.megabytes} MB, the limit for one worker"),
            Text("把流程拆小，或用 --memory 放宽", "divide the flow, or allow more with --memory"))
