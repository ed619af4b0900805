"""The compiler on one screen: read this file first.

    Flow → findings          check.run
         → drawing → sheet   layout: boxes and lines, then the page around them
    sheet → SVG              render.svg
    flow → BPMN              bpmn, with a drawing of its own
    flow → canonical JSON    ir.text

A :class:`Chart` is one flow with everything flowstd knows of it. Each part is
made when it is first asked for, and kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.errors import UnknownName
from flowstd.base.files import write_whole
from flowstd.base.late import late
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where

if TYPE_CHECKING:
    from flowstd.base.finding import Finding
    from flowstd.ir.case import Case
    from flowstd.ir.model import Flow
    from flowstd.item import Item
    from flowstd.layout.model import Direction, Drawing
    from flowstd.layout.page import Sheet

EDITION = "2026"          # the newest edition of the standard
RULESET = "draft"         # the checks a chart gets while it is being written


def compile_flow(flow: Flow, *, item: Item | None = None, scenario: str = "", edition: str = EDITION) -> Chart:
    """The chart of *flow*, drawn to *edition*; *item* and *scenario* fill its title block.

    >>> from flowstd.ir.kinds import Kind, Outcome, Role
    >>> from flowstd.ir.model import Flow, Lane, Link, Node
    >>> flow = Flow(title="受理", lanes=(Lane(id="窗口", name="窗口", role=Role.WINDOW),),
    ...             nodes=(Node(id="start", kind=Kind.START, label="开始", lane="窗口"),
    ...                    Node(id="end", kind=Kind.END, label="办结", lane="窗口", outcome=Outcome.DONE)),
    ...             links=(Link(id="start>end", source="start", target="end"),))
    >>> compile_flow(flow).title
    '受理'
    """
    return Chart(flow=flow, item=item, scenario=scenario, edition=edition)


def compile_case(case: Case, *, edition: str = EDITION) -> Chart:
    """The chart of one item in one scenario."""
    return Chart(flow=case.flow, item=case.item, scenario=case.scenario, edition=edition, where=case.where)


@dataclass(frozen=True, eq=True)
class Chart:
    """One flow with its findings, its drawing and its files; equal charts give equal bytes on every machine."""

    flow: Flow
    item: Item | None = None
    scenario: str = ""
    edition: str = EDITION
    where: Where = field(default=NOWHERE, compare=False, repr=False)
    _made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def title(self) -> str:
        """What the chart is called: the item and its scenario, or the flow's own title."""
        if self.item is None:
            return self.flow.title
        return str(late("flowstd.ir.case:case_title")(self.item, self.scenario))

    @property
    def key(self) -> str:
        """What lists and findings call it: the item's code and the scenario, or the flow's title."""
        if self.item is None:
            return self.flow.title
        return ".".join(part for part in (self.item.code or self.item.name, self.scenario) if part)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with this chart, in the order of the rules."""
        found: tuple[Finding, ...] = self._once(
            "findings", lambda: late("flowstd.check.run:run")(self.flow, self.item, self.scenario, RULESET))
        return found

    def drawing(self, direction: Direction = "down") -> Drawing:
        """Every symbol and line with its place, in px; down is the official habit, right the BPMN one."""
        drawn: Drawing = self._once(
            direction, lambda: late("flowstd.layout.from_ir:lay_out")(self.flow, direction, edition=self.edition))
        return drawn

    def sheet(self) -> Sheet:
        """The drawing on paper, with title block, fields, legend and foot."""
        composed: Sheet = self._once("sheet", lambda: late("flowstd.layout.sheet:compose")(
            self.flow, self.drawing(), self.item, self.scenario, edition=self.edition))
        return composed

    def svg(self) -> str:
        """The chart as one self-contained SVG document."""
        return str(self._once("svg", lambda: late("flowstd.render.svg.from_sheet:to_svg")(self.sheet())))

    def bpmn(self) -> str:
        """The flow as BPMN 2.0 XML with diagram interchange."""
        return str(self._once(
            "bpmn", lambda: late("flowstd.bpmn.from_flow:to_bpmn")(self.flow, item=self.item, scenario=self.scenario)))

    def json(self) -> str:
        """The flow as canonical JSON: what ``Flow.from_json`` reads."""
        return self.flow.to_json()

    def geometry(self) -> str:
        """Boxes and lines of the drawing as JSON, in px."""
        return str(self._once("geometry", self._geometry))

    def save(self, path: str | Path) -> Path:
        """Write the chart to *path*, whole or not at all; the suffix says the format.

        Raises: UnknownName: no format has that suffix. BadEnvironment: the file cannot be written.
        """
        path = Path(path)
        write_whole(path, format_of(path).make(self))
        return path

    def summary(self) -> str:
        """One line: the title, how many steps and lanes, how many findings."""
        flow, found = self.flow, self.findings
        return Text(
            f"{self.title}：{len(flow.nodes)} 个节点，{len(flow.lanes)} 条泳道，{len(found)} 个问题",
            f"{self.title}: {len(flow.nodes)} nodes, {len(flow.lanes)} lanes, {len(found)} findings").say()

    def _geometry(self) -> str:
        canonical = late("flowstd.base.digest:canonical")
        return str(canonical(late("flowstd.layout.geometry:geometry")(self.drawing(), self.key))) + "\n"

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"image/svg+xml": self.svg(), "text/plain": self.summary()}


class Format(NamedTuple):
    """One kind of file that a chart can be written as."""

    name: str                          # what --format calls it
    suffix: str
    make: Callable[[Chart], str]


FORMATS = {form.name: form for form in (
    Format("svg", ".svg", Chart.svg),
    Format("bpmn", ".bpmn", Chart.bpmn),
    Format("json", ".json", Chart.json),
    Format("geometry", ".geometry.json", Chart.geometry),
)}


def format_of(path: Path) -> Format:
    """The format that the suffix of *path* asks for. Raises UnknownName.

    >>> format_of(Path("a.新办.geometry.json")).name
    'geometry'
    """
    fitting = [form for form in FORMATS.values() if path.name.casefold().endswith(form.suffix)]
    if fitting:
        return max(fitting, key=lambda form: len(form.suffix))
    suffix = path.suffix
    raise UnknownName(Text(f"不知道“{path.name}”是什么格式：后缀是“{suffix}”", f'"{path.name}" has no known format: suffix "{suffix}"'),
                      fix=did_you_mean(suffix, (form.suffix for form in FORMATS.values())))
