"""What is known of a folder, kept up to date: its list, and of each chart the last one that could be drawn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from flowstd.base.finding import Finding, Level
from flowstd.base.process import Limits
from flowstd.base.watch import Watch
from flowstd.base.where import NOWHERE, Where
from flowstd.catalog.config import NAME

from .process import Lost, Process
from .told import told
from .values import NOTHING, Drawn, Entry, File, Listing, Looks, Source, Told

PAUSE = 0.03                       # seconds between two looks at the files
PATIENCE = 5                       # looks that a file which cannot be read is waited for: perhaps it is half saved
CALM = 0.5                         # seconds after a save in which nothing is weighed: another may follow
NEWS = 0.5                         # seconds between two words of what was weighed
_KEPT = 64                         # charts remembered


class Line(NamedTuple):
    """An entry as the list shows it."""

    entry: Entry
    failed: bool = False
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True)
class Shown:
    """The answer to a look at one entry."""

    entry: Entry
    drawn: Drawn | None                # the last one that could be drawn
    faults: tuple[Told, ...] = ()      # why it is not the newest
    newest: bool = False


class Preview:
    """One folder under watch. Its coroutines run in one loop; what items do, they do in a process of their own."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder.resolve()
        self.limits = limits
        self.version = 0
        self.closed = False
        self.listing = NOTHING._replace(rows=())
        self._process = Process(self.folder, limits)
        self._news = asyncio.Event()
        self._changed = asyncio.Event()
        self._skipped: dict[str, Told] = {}                          # files that hung or killed → what is said of them
        self._before: dict[str, tuple[Entry, ...]] = {}              # file → the entries it last had
        self._lines: dict[str, Line] = {}
        self._weights: dict[str, tuple[str, bool, int, int]] = {}    # id → stamp, failed, errors, warnings
        self._good: dict[str, dict[Looks, Drawn]] = {}
        self._drawing: dict[tuple[Entry, Looks], asyncio.Task[Drawn | None]] = {}
        self._due: list[Entry] = []                                  # to be weighed, the next one last
        self._looked = 0.0                                           # when
        self._tasks: list[asyncio.Task[None]] = []

    # ---- life

    async def open(self) -> None:
        """Read the folder, and follow it from now on."""
        watch = Watch([self.folder])
        await self._look()
        for work in (self._follow(watch), self._keep_up(), self._weigh()):
            self._tasks.append(asyncio.create_task(work))

    def close(self) -> None:
        """Stop all that is going on."""
        self.closed = True
        for task in (*self._tasks, *self._drawing.values()):
            task.cancel()
        self._process.close()
        self._tell()

    async def after(self, version: int) -> int:
        """The version that follows *version*, as soon as there is one."""
        while self.version == version and not self.closed:
            await self._news.wait()
        return self.version

    # ---- questions

    @property
    def lines(self) -> Iterable[Line]:
        """Every entry of the list, in its order."""
        return self._lines.values()

    def find(self, id_: str) -> Entry | None:
        """The entry *id_*; where it is gone, the first of the same file, since keys change while one writes."""
        if id_ in self._lines:
            return self._lines[id_].entry
        file = id_.partition("#")[0]
        return next((line.entry for line in self.lines if line.entry.file == file), None)

    async def show(self, entry: Entry, looks: Looks) -> Shown:
        """The chart of *entry*, or the last one that could be drawn and the reason."""
        faults = self._faults_of(entry)
        if not faults:
            drawn = await self._draw(entry, looks)
            if drawn is not None and drawn.pages:
                self._keep(entry, looks, drawn)
                return Shown(entry, drawn, newest=True)
            faults = drawn.faults if drawn is not None else ()
        good = self._good.get(entry.id, {})
        return Shown(entry, good.get(looks) or next(iter(good.values()), None), faults)

    async def export(self, entry: Entry, looks: Looks, format_: str, page: int) -> File | tuple[Told, ...]:
        """One file of the newest chart of *entry*, or why there is none."""
        made: File | tuple[Told, ...] | None = None
        while made is None:
            version, faults = self.version, self._faults_of(entry)
            if faults:
                return faults
            try:
                made = await self._ask("export", entry, looks, format_, page)
            except Lost as lost:
                return (self._told(lost, entry.file),)
            if made is None:                            # it has just been saved
                await self.after(version)
                entry = self.find(entry.id) or entry
        return made

    # ---- drawing

    async def _draw(self, entry: Entry, looks: Looks) -> Drawn | None:
        """The chart as it is now; those who ask for the same wait for the same. None: it has just been saved."""
        task = self._drawing.get((entry, looks))
        if task is None:
            while len(self._drawing) >= _KEPT:
                self._drawing.pop(next(iter(self._drawing)))
            task = self._drawing[entry, looks] = asyncio.create_task(self._drawn(entry, looks))
        return await asyncio.shield(task)

    async def _drawn(self, entry: Entry, looks: Looks) -> Drawn | None:
        drawn: Drawn | None = None
        try:
            drawn = await self._ask("draw", entry, looks)
        except Lost as lost:
            if not lost.hurried:
                return Drawn(faults=(self._told(lost, entry.file),))
        if drawn is None:
            self._drawing.pop((entry, looks), None)
        return drawn

    def _keep(self, entry: Entry, looks: Looks, drawn: Drawn) -> None:
        """Remember the last good chart, the newest looks first."""
        good = self._good.pop(entry.id, {})
        good.pop(looks, None)
        self._good[entry.id] = {looks: drawn, **good}
        while len(self._good) > _KEPT:
            self._good.pop(next(iter(self._good)))

    def _faults_of(self, entry: Entry) -> tuple[Told, ...]:
        """Why *entry* cannot be made anew."""
        if self.listing.faults and not self.listing.themes:
            return self.listing.faults                  # flowstd.toml cannot be read, or the folder is gone
        source = next((one for one in self.listing.sources if one.file == entry.file), None)
        if source is not None and entry not in source.entries:
            return source.faults
        return ()

    # ---- following

    async def _follow(self, watch: Watch) -> None:
        """Look at the files again and again; the more there are, the longer the pauses."""
        while True:
            begun = time.monotonic()
            changed = await asyncio.to_thread(watch.changed)
            if changed:
                self._forgive(changed)
                self._process.hurry()
                self._changed.set()
            await asyncio.sleep(max(PAUSE, 5 * (time.monotonic() - begun)))

    def _forgive(self, changed: Iterable[Path]) -> None:
        """Run again what hung, where it may have been mended: in the file itself, or in one that it imports."""
        sources = {source.file for source in self.listing.sources}
        for path in changed:
            name = path.relative_to(self.folder).as_posix()
            if name in sources:
                self._skipped.pop(name, None)
            elif path.suffix == ".py" or name == NAME:
                self._skipped.clear()

    async def _keep_up(self) -> None:
        while True:
            await self._changed.wait()
            await self._look()

    async def _look(self) -> None:
        """Read what has changed, and tell; what cannot be read is waited for a little."""
        listing = self.listing
        for _ in range(PATIENCE):
            self._changed.clear()
            seen = await self._listing()
            listing = seen._replace(rows=listing.rows) if seen.rows is None else seen
            if _faulty(listing) <= _faulty(self.listing):
                break
            await asyncio.sleep(2 * PAUSE)
            if not self._changed.is_set():
                break
        self._take(listing)

    async def _listing(self) -> Listing:
        while True:
            try:
                listing: Listing = await self._ask("look", self._skipped)
                return listing
            except Lost as lost:
                if lost.hurried and self._changed.is_set():
                    self._changed.clear()
                    continue
                if not lost.begun or lost.begun in self._skipped:
                    return self.listing._replace(faults=(self._told(lost, ""),))
                self._skipped[lost.begun] = self._told(lost, lost.begun)

    def _take(self, listing: Listing) -> None:
        """Put *listing* in the place of the last one; what cannot be read keeps the entries it had."""
        if not listing.themes:                              # nothing can be known of the folder: the list stays
            listing = listing._replace(title=self.listing.title, looks=self.listing.looks, sources=self.listing.sources)
        lines = [line for source in listing.sources for line in self._lines_of(source)]
        lines += [self._weighed(entry) for entry in listing.rows or ()]
        self.listing, self._looked = listing, time.monotonic()
        self._lines = {line.entry.id: line for line in lines}
        self._weights = {id_: weight for id_, weight in self._weights.items() if id_ in self._lines}
        self._due = [line.entry for line in reversed(lines) if not line.failed
                     and self._weights.get(line.entry.id, ("",))[0] != line.entry.stamp]
        self._tell()

    def _lines_of(self, source: Source) -> Iterable[Line]:
        before = self._before.get(source.file, ())
        known = {entry.id for entry in source.entries}
        lost = [entry for entry in before if entry.id not in known] if source.faults else []
        if source.entries or lost:
            self._before[source.file] = (*source.entries, *lost)
        elif source.faults:
            lost = [Entry(source.file, "", source.file, "", "", "", source.file, 0)]
        return (*map(self._weighed, source.entries), *(Line(entry, failed=True, errors=1) for entry in lost))

    def _weighed(self, entry: Entry) -> Line:
        weight = self._weights.get(entry.id)
        return Line(entry, *weight[1:]) if weight and weight[0] == entry.stamp else Line(entry)

    async def _weigh(self) -> None:
        """While there is nothing else to do, find out what is wrong with every entry."""
        told_at = 0.0
        while True:
            begun = time.monotonic()
            if not self._due or self._process.busy or begun - self._looked < CALM:
                await asyncio.sleep(PAUSE)
                continue
            entry = self._due.pop()
            try:
                weight = await self._ask("weigh", entry)
            except Lost as lost:
                weight = None if lost.hurried else (True, 1, 0)
            line = self._lines.get(entry.id)
            if weight is not None and line is not None and line.entry == entry:
                self._weights[entry.id] = (entry.stamp, *weight)
                self._lines[entry.id] = self._weighed(entry)
            if not self._due or begun - told_at > NEWS:
                told_at = begun
                self._tell()
            await asyncio.sleep(time.monotonic() - begun)     # half of one core is enough for this

    # ---- telling

    def _tell(self) -> None:
        self.version += 1
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _told(self, lost: Lost, file: str) -> Told:
        where = Where(str(self.folder / file)) if file else NOWHERE
        finding = Finding("INT002", "broken-off", Level.ERROR, lost.what, fix=lost.fix, where=where)
        return told((finding,), self.folder)[0]

    async def _ask(self, word: str, *values: Any) -> Any:
        """Ask to the end even where the asker has gone: the process answers one question after another."""
        task = asyncio.create_task(self._process.ask(word, *values))
        task.add_done_callback(lambda done: done.cancelled() or done.exception())      # nobody may be left to see it
        return await asyncio.shield(task)


def _faulty(listing: Listing) -> int:
    """How many files cannot be read."""
    return len(listing.faults) + sum(1 for source in listing.sources if source.faults)
