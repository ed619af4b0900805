"""Files with their mends: each is read again as it would become, and left alone where more would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flowstd.base.errors import FlowstdError
from flowstd.base.files import read_source, write_whole
from flowstd.base.finding import Finding
from flowstd.base.text import Text
from flowstd.check.mend import Exit, Mend, Reworded, mends
from flowstd.check.run import settled
from flowstd.check.subject import Subject
from flowstd.pipeline import Chart, compile_case

from ..config import Catalogue, limits_for
from ..entry import Failed, failures
from ..load import chart_of
from .edit import Edit, Unmendable, edited

if TYPE_CHECKING:
    from flowstd.ir.case import Case
    from flowstd.ir.model import Flow

WRITABLE = (".py", ".yaml", ".yml", ".csv")
ROUNDS = 8                         # one mend of a chart at a time: the next may be about the same words
_BOM = b"\xef\xbb\xbf"
_WORKBOOK = Text("这类文件由填写人自己改", "a file of this kind is mended by whoever fills it in")
_CHANGES_MORE = Text("这样改会连带改变流程或别的要素", "the flow or other elements would change with it")
_NOT_GONE = Text("这样改之后问题还在，或有新的问题", "the fault would stay, or another one come")


@dataclass
class Mended:
    """One file: what it says, what it would say, what was mended, and what not and why."""

    path: Path
    before: str
    after: str
    done: list[Finding] = field(default_factory=list)
    refused: list[tuple[Finding, FlowstdError]] = field(default_factory=list)

    def write(self) -> None:
        """Put the new text in the place of the old, whole or not at all. Raises BadEnvironment."""
        if self.after != self.before:
            mark = _BOM if self.path.read_bytes().startswith(_BOM) else b""
            write_whole(self.path, mark + self.after.encode())


def mended(path: Path, charts: list[Chart], ruleset: str, wanted: Callable[[str], bool],
           catalogue: Catalogue | None = None) -> Mended:
    """The file at *path*, which *charts* were read from, with every mend of the rules *wanted*; nothing is written.

    Raises: FlowstdError: it cannot be read any more.
    """
    if path.suffix not in WRITABLE:
        result = Mended(path, "", "")
        result.refused = [(finding, Unmendable(_WORKBOOK)) for chart in charts
                          for finding, _ in mends(_subject(chart), ruleset, wanted)]
        return result
    return _File(path, {chart.key for chart in charts}, ruleset, wanted, catalogue).mended()


_Asked = dict[int, tuple[Finding, Mend, list[Edit]]]      # by the place of the chart in its file


class _File:
    """One file; its charts are known by their place in it, because a mend may change what they are called."""

    def __init__(self, path: Path, keys: set[str], ruleset: str, wanted: Callable[[str], bool],
                 catalogue: Catalogue | None) -> None:
        self.path, self.ruleset, self.wanted, self.catalogue = path, ruleset, wanted, catalogue
        text = read_source(path)
        self.result = Mended(path, text, text)
        self.charts = self.read(text)
        self.places = {at for at, chart in enumerate(self.charts) if isinstance(chart, Chart) and chart.key in keys}
        self.refused: dict[tuple[int, str, str], tuple[Finding, FlowstdError]] = {}

    def mended(self) -> Mended:
        for _ in range(ROUNDS):
            asked = self.asked()
            while asked and (wrong := self.take(asked)):   # the mends that change too much are left out
                for at, why in wrong.items():
                    self.refuse(at, asked.pop(at)[0], Unmendable(why))
            if not any(self.wishes(at) for at in self.places):
                break
        self.result.refused = list(self.refused.values())
        return self.result

    def take(self, asked: _Asked) -> dict[int, Text]:
        """Let the file say what is *asked*; or say what is wrong with that, and leave it as it is."""
        text = self.said(asked)
        charts = self.tried(text)
        wrong = self.wrong(charts, asked)
        if not wrong:
            self.charts, self.result.after = charts, text
            self.result.done += [finding for finding, _, _ in asked.values()]
            self.refused = {mark: told for mark, told in self.refused.items() if mark[0] not in asked}   # try again
        return wrong

    def read(self, text: str) -> list[Chart | Failed]:
        """What the file is when it says *text*."""
        if self.path.suffix == ".py":
            from ..from_python import drawables_in

            limits = self.catalogue.limits if self.catalogue is not None else limits_for(self.path)
            return [chart_of(value) for value in drawables_in(self.path, limits, text)]
        if self.path.suffix == ".csv":
            return [_compiled(entry) for entry in self.rows(text)]
        from ..from_yaml import cases_of
        from ..yaml_text import read_yaml

        return [_compiled(entry) for entry in cases_of(read_yaml(text, str(self.path)), self.elements())]

    def rows(self, text: str) -> Iterator[Case | Failed]:
        from ..from_sheet import Row, Sheet
        from ..rules import read_rules

        assert self.catalogue is not None                  # a table is read as its flowstd.toml says
        known = read_rules(self.catalogue.folder / self.catalogue.rules) if self.catalogue.rules else None
        sheet = Sheet(self.catalogue.columns, self.elements(), known)
        for row in sheet.rows_in(text, str(self.path)):
            if not isinstance(row, Row):
                yield row
                continue
            try:
                yield sheet.case(row)
            except FlowstdError as error:
                yield failures(row.label, error)

    def elements(self) -> dict[str, Any]:
        return self.catalogue.elements if self.catalogue is not None else {}

    def said(self, asked: _Asked) -> str:
        return edited(self.result.after, [edit for _, _, edits in asked.values() for edit in edits])

    def tried(self, text: str) -> list[Chart | Failed]:
        """What the file is when it says *text*; nothing where that cannot be read."""
        try:
            return self.read(text)
        except FlowstdError:
            return []

    def asked(self) -> _Asked:
        """The next mend of each chart; what two of them share is edited once."""
        found: _Asked = {}
        taken: list[Edit] = []
        for at in sorted(self.places):
            for finding, mend in self.wishes(at):
                try:
                    edits = list(self.edits(self.charts[at], mend))
                except Unmendable as error:
                    self.refuse(at, finding, error)
                    continue
                if all(edit in taken for edit in edits):
                    found[at] = (finding, mend, [])
                elif not any(_overlap(one, other) for one in edits for other in taken):
                    found[at] = (finding, mend, edits)
                    taken += edits
                break
        return found

    def wishes(self, at: int) -> list[tuple[Finding, Mend]]:
        chart = self.charts[at]
        assert isinstance(chart, Chart)
        return [(finding, mend) for finding, mend in mends(_subject(chart), self.ruleset, self.wanted)
                if (at, finding.code, finding.message.zh) not in self.refused]

    def refuse(self, at: int, finding: Finding, why: FlowstdError) -> None:
        self.refused[at, finding.code, finding.message.zh] = (finding, why)

    def edits(self, chart: Any, mend: Mend) -> Iterator[Edit]:
        text = self.result.after
        node = chart.as_written.node_by_id[mend.decision] if isinstance(mend, Exit) else None
        if self.path.suffix == ".py":
            from . import in_python

            return in_python.edits(text, mend, chart.item.where if chart.item is not None else chart.where, node)
        if self.path.suffix == ".csv":
            from . import in_csv

            assert self.catalogue is not None
            return in_csv.edits(text, chart.item.where.line, mend, self.catalogue.columns)
        from . import in_yaml

        return in_yaml.edits(text, mend, node)

    def wrong(self, charts: list[Chart | Failed], asked: _Asked) -> dict[int, Text]:
        """The mends of *asked* that do not do what they should, and only that, when the file holds *charts*."""
        if len(charts) != len(self.charts):                  # the file would not be read: whose fault is it
            alone = [at for at, one in asked.items() if len(self.tried(self.said({at: one}))) != len(self.charts)]
            return dict.fromkeys(alone or asked, _CHANGES_MORE)
        found: dict[int, Text] = {}
        for at, (old, new) in enumerate(zip(self.charts, charts, strict=True)):
            finding, mend, _ = asked.get(at, (None, None, None))
            if not _only(mend, old, new):
                found.update(dict.fromkeys([at] if mend is not None else asked, _CHANGES_MORE))
            elif finding is not None and not self.better(finding, old, new):
                found[at] = _NOT_GONE
        return found

    def better(self, finding: Finding, old: Any, new: Any) -> bool:
        """Whether *finding* is gone and none has come."""
        was, now = (Counter((one.code, one.node) for one in settled(_subject(chart), self.ruleset).findings)
                    for chart in (old, new))
        return now[finding.code, finding.node] < was[finding.code, finding.node] and now <= was


def _only(mend: Mend | None, old: Chart | Failed, new: Chart | Failed) -> bool:
    """Whether *new* is *old* with nothing changed but what *mend* says."""
    if isinstance(old, Failed) or isinstance(new, Failed):
        return isinstance(old, Failed) and isinstance(new, Failed) and old.name == new.name
    if old.scenario != new.scenario:
        return False
    if isinstance(mend, Reworded) and old.item is not None and new.item is not None:
        wished = old.item.model_copy(update=dict(mend.values))
        return new.item == wished and new.as_written.body == old.as_written.body
    if isinstance(mend, Exit):
        return new.item == old.item and _grown(old.as_written, new.as_written, mend.decision)
    return new.item == old.item and new.as_written == old.as_written


def _grown(old: Flow, new: Flow, decision: str) -> bool:
    """Whether *new* is *old* with one exit of *decision* more, and what stands there."""
    ours = {node.id for node in old.nodes}
    more = [link for link in new.links if link not in old.links]
    return (old.title == new.title and old.lanes == new.lanes
            and all(node in new.nodes for node in old.nodes)
            and all(link in new.links for link in old.links)
            and all(paper in new.documents for paper in old.documents)
            and all(link.source not in ours or link.source == decision for link in more)
            and sum(link.source == decision for link in more) == 1)


def _overlap(one: Edit, other: Edit) -> bool:
    return (one.start < other.end and other.start < one.end) or one.start == other.start


def _subject(chart: Chart) -> Subject:
    """*chart* as it is written: how it looks, no mend is about."""
    return Subject(chart.as_written, chart.item, chart.scenario)


def _compiled(entry: Case | Failed) -> Chart | Failed:
    return entry if isinstance(entry, Failed) else compile_case(entry)
