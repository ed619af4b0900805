"""``flowstd build`` on one screen: plan → make → write; what has not changed is not touched.

    unit of the catalogue ─ as the manifest says? ─ yes → kept
                                                  └ no  → made by a worker, in a temporary place
    made, in order → a line in the manifest → the files get their names

A failing unit never stops the others, and fails again in every build until it is mended.
"""

from __future__ import annotations

import operator
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from flowstd.base.digest import canonical, digest, file_digest
from flowstd.base.errors import BadEnvironment, BadUse, FlowstdError
from flowstd.base.finding import Level
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.catalog.entry import Failed
from flowstd.catalog.load import count
from flowstd.catalog.units import Contents, Unit, words_in
from flowstd.pipeline import MISSING_GLYPH

from . import compiler, explain, index
from .compiler import mark_of
from .foreign import Foreign
from .index import Row
from .lock import held
from .make import CaseRecord, Made, Maker, Task, failure
from .manifest import Journal, Manifest, Record
from .memory import moved, outside, recalled
from .plan import DIVIDED, Names
from .shelf import prune
from .wish import EVERYTHING, Listener, Summary, Wish
from .workers import Workers
from .write import OutputFolder, is_inside

if TYPE_CHECKING:
    from flowstd.catalog.config import Catalogue


def build(catalogue: Catalogue, folder: OutputFolder, formats: tuple[str, ...], *, wish: Wish = EVERYTHING,
          listener: Listener | None = None) -> Summary:
    """Make every chart that can be made and is not there already.

    Raises: BadEnvironment: the folder cannot be written, or its page is somebody else's; what is in it is whole, and
    the next build goes on. BadUse: no item matches what is wished only.
    """
    heard = listener or Listener()
    with held(folder, heard.waits):
        folder.sweep()
        with closing(Manifest(folder)) as before:
            if before.damaged:
                heard.notice(_DAMAGED)
            return _Build(catalogue, folder, formats, before, wish, heard).run()


def plan(catalogue: Catalogue, folder: OutputFolder, formats: tuple[str, ...], *, wish: Wish = EVERYTHING,
         listener: Listener | None = None) -> int:
    """Say what :func:`build` would do, and do none of it; how many units it would make."""
    with closing(Manifest(folder)) as before:
        return _Build(catalogue, folder, formats, before, wish, listener or Listener()).dry()


_DAMAGED = Text("清单文件已损坏或版本不同，全部重做", "the manifest is damaged or of another version: everything is made anew")

_CACHE_DAMAGED = Text("布局缓存里有损坏的条目，已丢弃并重新计算；流程图不受影响",
                      "the layout cache held a damaged entry, which was worked out again; no chart is affected")


_NAMED = 5                            # of the files that are left, in words


def _left(files: list[tuple[str, str]]) -> Text:
    more = len(files) - _NAMED
    names = [name for name, _ in files[:_NAMED]]
    zh, en = (f" 等 {len(files)} 个", f" and {more} more") if more > 0 else ("", "")
    return Text(f"不再生成的文件被人改过，没有移走：{'、'.join(names)}{zh}；不要了就删去",
                f"no longer made, but changed by somebody, and so left: {', '.join(names)}{en}; "
                "delete what is not wanted")


class _Build:
    """One build: what is known, and what has been done so far."""

    def __init__(self, catalogue: Catalogue, folder: OutputFolder, formats: tuple[str, ...], before: Manifest,
                 wish: Wish, listener: Listener) -> None:
        self.catalogue, self.folder, self.formats, self.before = catalogue, folder, formats, before
        self.wish, self.listener = wish, listener
        self.contents = Contents(catalogue)
        self.home = str(catalogue.folder)
        self.divided = count(catalogue) > DIVIDED
        self.how = (self.contents.context, options(formats, catalogue, divided=self.divided), _compiler(before))
        self.summary = Summary()
        self.names = Names()
        self.foreign = Foreign(folder, before, force=wish.force)
        self.made: set[int] = set()              # hashes of the names of our files: names would fill the memory
        self.done: set[int] = set()              # and of the ids of units
        self.words: dict[str, str] = {}          # that many rows share
        self.codes: dict[str, None] = {}         # of items
        self.replaced: tuple[str, ...] = ()      # of those written by hand
        self.deps: dict[str, str] = {}           # further inputs → digest
        self.cache_damaged = False               # and that has been said
        self.told: list[dict[str, Any]] = []     # the findings of the summary, as the manifest remembers them
        self.left: list[tuple[str, str]] = []    # files no longer made that somebody has changed → what we had made

    def run(self) -> Summary:
        self.foreign.refuse(index.NAME)
        inputs = [[path, mark_of(os.path.join(self.home, path))] for path in self.contents.paths()]
        self.journal = Journal(self.folder, self.before)
        try:
            with Workers(self._maker, self.wish.jobs, self.catalogue.limits, self.wish.scheduler,
                         self.listener.begin) as workers:
                for step in self._steps():
                    for done in workers.run(step):
                        self._take(done)
            self.folder.sweep()                  # what workers that died had begun
            self._finish(inputs)
            if self.summary.built:
                prune()
        except BaseException:
            self._break_off()
            raise
        finally:
            self.journal.drop()
        self._refuse_nothing()
        return self.summary

    def dry(self) -> int:
        count = 0
        for step in self._steps():
            for task in step:
                if isinstance(task, Task):
                    count += 1
                else:
                    self._codes(task.cases)
        self._refuse_nothing()
        return count

    def _refuse_nothing(self) -> None:
        """Patterns that no unit matches are misspelt. Raises BadUse."""
        only = self.wish.only
        if only and not self.summary.chosen:
            raise BadUse(Text(f"没有事项的名称、编码或文件符合 --only {'、'.join(only)}",
                              f"no item has a name, code or file that matches --only {', '.join(only)}"),
                         fix=Text("用 * 代表任意文字，例如 --only '*变更*'", "let * stand for any text: --only '*renewal*'"))

    def _maker(self) -> Maker:
        return Maker(self.catalogue, self.formats, self.folder, self.contents, divided=self.divided)

    # ---- plan

    def _steps(self) -> Iterator[Iterator[Task | Made]]:
        """Items written by hand, then tables, which give way to them."""
        yield self._planned(self.contents.written())
        self.replaced = tuple(self.codes)
        yield self._planned(self.contents.listed(frozenset(self.replaced)))

    def _planned(self, units: Iterator[Unit | Failed]) -> Iterator[Task | Made]:
        for unit in units:
            if isinstance(unit, Failed):
                yield Made(f"!{unit.name}", (), 0, {}, (failure(unit, self.home),), ((),), (True,))
                continue
            replaced = self.replaced if unit.path.endswith(".xlsx") else ()
            context, *others = self.how
            by = (unit.source, digest(context + canonical(replaced)) if replaced else context, *others)
            record = self.before.get(unit.id)
            reason = self._reason(by, record)
            chosen = self._chosen(unit, record)
            self.summary.chosen += chosen
            if reason is None and record is not None:
                self.listener.explain(unit.label, explain.CURRENT, made=False)
                yield self._kept(unit, record)
            elif not chosen:
                self.listener.explain(unit.label, explain.LEFT_OUT, made=False)
                if record is not None:
                    yield self._kept(unit, record)
                elif unit.row is None:
                    self._wait_for(unit.path)
            else:
                self.listener.explain(unit.label, reason or explain.FORCED, made=True)
                yield Task(unit, by, self._usable(by, record), replaced)

    def _reason(self, by: tuple[str, ...], record: Record | None) -> Text | None:
        changed = None
        for name, mark in (record or {}).get("deps", {}).items():
            if name not in self.deps:
                self.deps[name] = mark_of(os.path.join(self.home, name))
            if self.deps[name] != mark:
                changed = explain.read_changed(name)
        return explain.why(by, record, self.folder, changed, force=self.wish.force)

    def _usable(self, by: tuple[str, ...], record: Record | None) -> tuple[CaseRecord, ...]:
        """The cases that need not be made again if their content turns out the same."""
        if record is None or self.wish.force or tuple(record["by"][2:]) != by[2:]:
            return ()
        return tuple(case for case in record["cases"]
                     if not case["failed"] and explain.missing({"cases": [case]}, self.folder) is None)

    def _chosen(self, unit: Unit, record: Record | None) -> bool:
        if self.wish.since is not None and not self.wish.since(unit):
            return False
        if not self.wish.only:
            return True
        names = [unit.label, unit.path]
        if record is None or unit.row is not None:
            names += self.contents.names(unit)
        for case in (record or {}).get("cases", ()):
            names += [case["key"], case["code"], *case["row"][:1]]
        return any(fnmatchcase(name, pattern) for pattern in self.wish.only for name in names if name)

    def _kept(self, unit: Unit, record: Record) -> Made:
        lines = unit.line - record["line"]
        cases = tuple(_moved(case, lines) for case in record["cases"]) if lines else tuple(record["cases"])
        many = len(cases)
        return Made(unit.id, tuple(record["by"]), unit.line, record["deps"], cases, ((),) * many, (False,) * many)

    # ---- take

    def _take(self, done: Made) -> None:
        """Put what was made into its place, after its line is in the manifest."""
        cases = []
        parts: list[tuple[str, str]] = []
        for case, temporary in zip(done.cases, done.parts, strict=True):
            taken = self._named(case)
            if taken is case:                    # a name that is taken is that of a file which this build has made
                taken = self._free(case, done.unit, temporary)
            if taken is case:
                parts += temporary
            else:
                for part, _ in temporary:
                    self.folder.discard(part)
            cases.append(taken)
        if not done.unit.startswith("!"):
            # a name that is taken may become free: then nothing vouches for the unit
            by = list(done.by) if all(map(operator.is_, cases, done.cases)) else []
            self._note({"unit": done.unit, "by": by, "line": done.line, "deps": done.deps, "cases": cases})
        for part, name in parts:
            self.folder.adopt(part, name)
        self.deps.update(done.deps)
        if done.damaged and not self.cache_damaged:
            self.cache_damaged = True
            self.listener.notice(_CACHE_DAMAGED)
        self._codes(cases)
        if any(case["failed"] for case in cases) and not self.replaced:
            self._wait_for(done.unit)
        for case, fresh in zip(cases, done.fresh, strict=True):
            self._count(case, fresh=fresh)
        self.listener.step(cases[0]["key"] if cases else done.unit)

    def _note(self, record: Record) -> None:
        self.journal.add(record)
        self.done.add(hash(record["unit"]))

    def _named(self, case: CaseRecord) -> CaseRecord:
        """*case*, or its failure when its file name is taken."""
        if not case["stem"]:
            return case
        file, line = case["place"]
        try:
            self.names.take(os.path.basename(case["stem"]), case["key"], Where(outside(file, self.home), line))
        except FlowstdError as error:
            return failure(Failed.of(case["key"], error), self.home, case["row"][3])
        return case

    def _free(self, case: CaseRecord, unit: str, parts: tuple[tuple[str, str], ...]) -> CaseRecord:
        """*case*, or its failure when a file that is not ours stands where one of its *parts* is to go."""
        try:
            for _, name in parts:
                self.foreign.refuse(name, unit)
        except BadEnvironment as error:
            return failure(Failed.of(case["key"], error), self.home, case["row"][3] if case["row"] else "")
        return case

    def _codes(self, cases: list[CaseRecord] | tuple[CaseRecord, ...]) -> None:
        """Codes that rows give way to: those of the items that come before the tables are read."""
        if self.replaced:
            return
        for case in cases:
            if case["code"]:
                self.codes.setdefault(case["code"])

    def _wait_for(self, path: str) -> None:
        """Rows give way to an item in the file at *path* though it was not understood now: by the codes it had before.

        A file that nothing is known of makes every row wait whose code stands in it.
        """
        record = self.before.get(path)
        known = [case["code"] for case in record["cases"] if case["code"]] if record is not None else ()
        self.codes |= dict.fromkeys(known or words_in(self.catalogue.folder / path))

    def _count(self, case: CaseRecord, *, fresh: bool) -> None:
        summary = self.summary
        counts = summary.departments.setdefault(case["row"][3] if case["row"] else case["authority"], Counter())
        levels = Counter(kept["level"] for kept in case["findings"])
        for kept in case["findings"]:
            summary.kinds[kept["code"], kept["name"], kept["level"]] += 1
            if kept["level"] == Level.ERROR or kept["code"] == MISSING_GLYPH:
                summary.findings.append(recalled(kept, self.home))
                self.told.append(kept)
        if case["trace"]:
            summary.traces.append(case["trace"])
        counts.update(levels)
        if case["failed"]:
            counts["failed"] += 1
            summary.failed.append(case["key"])
            return
        counts["charts"] += 1
        counts["built" if fresh else "kept"] += 1
        summary.built += fresh
        names = tuple(name for name, _, _, _ in case["files"])
        self.made.update(map(hash, names))
        name, scenario, code, authority, item_type, illustrative = case["row"]
        shared = self.words.setdefault
        summary.rows.append(Row(name, shared(scenario, scenario), code, shared(authority, authority),
                                shared(item_type, item_type), illustrative, names, levels["error"], levels["warning"]))

    # ---- the end

    def _finish(self, inputs: list[list[str]]) -> None:
        summary = self.summary
        summary.kept = len(summary.rows) - summary.built
        self.folder.begin_to_settle()
        pages = self._pages()
        self.made.update(hash(name) for name, _, _, _ in pages)
        summary.removed.extend(self._remove_old())
        if self.left:
            self.listener.notice(_left(self.left))
        summary.files = len(self.made)
        self.folder.settle()
        self.journal.end({
            "pages": pages, "left": self.left, "inputs": inputs, "reads": sorted(self.deps.items()),
            "others": compiler.others(),
            "patterns": list(self.catalogue.items), "asked": dict(self.wish.asked),
            "compiler": self.how[2], "glance": compiler.glance(), "partial": bool(self.wish.only or self.wish.since),
            "charts": len(summary.rows), "failed": len(summary.failed), "files": summary.files,
            "kinds": [[*kind, number] for kind, number in summary.kinds.items()], "findings": self.told})

    def _pages(self) -> list[tuple[str, int, int, str]]:
        summary, made = self.summary, []
        for name, text in index.pages(summary.rows, summary.failed, self.catalogue.title, divided=self.divided):
            data = text.encode("utf-8")
            self.foreign.refuse(name)
            put = self.folder.write(name, data)
            made.append((name, put.size, put.time, file_digest(data)))
        return made

    def _remove_old(self) -> Iterator[str]:
        """Remove what earlier builds made and this one did not; a file that somebody has changed stays.

        It stays ours as well, or it would be in the way of its item when that comes back. A manifest is a file like any
        other: a name in it that leads elsewhere is ignored.
        """
        for name, mark in sorted(self.before.files().items()):
            if hash(name) in self.made or not is_inside(name) or not self.folder.seen(name):
                continue
            if self.folder.mark(name) == mark:
                self.folder.remove(name)
                yield name
            else:
                self.left.append((name, mark))

    def _break_off(self) -> None:
        """Close the manifest as far as we came; what was not reached keeps its old lines."""
        try:
            self.folder.sweep()
            for unit in self.before.units():
                record = self.before.get(unit) if hash(unit) not in self.done else None
                if record is not None:
                    self.journal.add(record)
            self.journal.end(
                {"partial": True, **{kind: self.before.closing.get(kind, []) for kind in ("pages", "left")}})
        except (FlowstdError, OSError):
            return                     # the disk does not let us: what the journal holds is read by the next build


def options(formats: tuple[str, ...], catalogue: Catalogue, *, divided: bool) -> str:
    """The digest of all that is asked of every chart alike."""
    return digest(canonical([formats, catalogue.look, catalogue.options, divided]))


def _compiler(before: Manifest) -> str:
    known = before.closing
    if known.get("glance") == compiler.glance() and all(mark_of(path) == mark for path, mark in known["others"]):
        return str(known["compiler"])
    return compiler.identity()


def _moved(case: CaseRecord, lines: int) -> CaseRecord:
    """*case* as its row now stands: so many lines further down."""
    file, line = case["place"]
    return {**case, "place": [file, line + lines], "findings": [moved(kept, file, lines) for kept in case["findings"]]}
