"""The compiler on one screen: read this file first.

    Flow → view              passes: as written, or as the applicant meets it; fragments as boxes, lanes in order
    Flow → findings          check.run
         → drawing → sheet   layout: boxes and lines, then the page around them
    sheet → SVG, PNG, PDF    render.svg, render.png, render.pdf
    flow → BPMN              bpmn, with a drawing of its own
    flow → Mermaid, DOT      render.mermaid, render.dot
    flow → canonical JSON    ir.text

A :class:`Chart` is one flow with everything flowstd knows of it. Each part is
made when it is first asked for, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.errors import BadUse, UnknownName
from flowstd.base.extras import available, need
from flowstd.base.files import write_whole
from flowstd.base.finding import Finding, Findings, Level
from flowstd.base.kept import Kept
from flowstd.base.late import late
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where

if TYPE_CHECKING:
    from flowstd.check.picture import Picture
    from flowstd.ir.case import Case
    from flowstd.ir.model import Flow
    from flowstd.item import Allowance, Item
    from flowstd.layout.model import Drawing
    from flowstd.layout.page import Sheet
    from flowstd.render.guide.content import Guide

EDITION = "2026"          # the newest edition of the standard
RULESET = "draft"         # the checks a chart gets while it is being written
_DRAWN, _PASSED = Kept(), Kept()
INTERNAL, EXTERNAL = VIEWS = ("internal", "external")
DECLARED, BEST = LANE_ORDERS = ("declared", "best")
NEVER, FIT, ALWAYS = COLLAPSES = ("never", "fit", "always")     # whether fragments are drawn as one box each
DOWN, RIGHT = DIRECTIONS = ("down", "right")
THEME = "official"        # black on white
_DIRECTION = Text("方向", "direction")


def compile_flow(flow: Flow, *, item: Item | None = None, scenario: str = "", edition: str = EDITION,
                 view: str = INTERNAL, direction: str = DOWN, theme: str = THEME, collapse: str = NEVER,
                 lane_order: str = DECLARED) -> Chart:
    """The chart of *flow*, drawn to *edition*; *item* and *scenario* fill its title block.

    *view*: ``internal`` (运行流程图) shows the flow as it is written, ``external`` (办事流程图) as the applicant meets it.
    *direction*: ``down`` or ``right``; *theme*: one of the edition's.
    *collapse* draws every named fragment as one box (既定处理) where nothing is lost by it: ``never``, ``always``, or to
    ``fit`` a chart on one page of the first paper that would not fit otherwise; *lane_order* draws the lanes
    as ``declared`` or in the ``best`` of a few orders, where lines cross least and are short. Findings, BPMN and JSON
    stay those of the whole flow.

    Raises: UnknownName: there is no such view, direction, theme or order. BadUse: *flow* is no Flow, or *item* no Item.

    >>> from flowstd.ir.kinds import Kind, Outcome, Role
    >>> from flowstd.ir.model import Flow, Lane, Link, Node
    >>> flow = Flow(title="受理", lanes=(Lane(id="窗口", name="窗口", role=Role.WINDOW),),
    ...             nodes=(Node(id="start", kind=Kind.START, label="开始", lane="窗口"),
    ...                    Node(id="end", kind=Kind.END, label="办结", lane="窗口", outcome=Outcome.DONE)),
    ...             links=(Link(id="start>end", source="start", target="end"),))
    >>> compile_flow(flow).title
    '受理'
    """
    _must_be("flowstd.ir.model:Flow", flow, Text("用 flow_of(…) 把各步骤变成流程", "make one of the steps with flow_of(…)"))
    if item is not None:
        _must_be("flowstd.item.model:Item", item, Text("Item(name=…, item_type=…)", "Item(name=…, item_type=…)"))
    made = Chart(flow=flow, item=item, scenario=scenario, edition=edition)
    return made.in_view(view).drawn_as(collapse, lane_order, direction, theme)


def compile_case(case: Case, *, edition: str = EDITION, view: str = INTERNAL, direction: str = DOWN,
                 theme: str = THEME, collapse: str = NEVER, lane_order: str = DECLARED) -> Chart:
    """The chart of one item in one scenario, with the options of :func:`compile_flow`.

    Raises: UnknownName: there is no such view, direction, theme or order. BadUse: *case* is no Case.

    >>> from flowstd import Item, applicant, end
    >>> item = Item(name="户外广告设施设置许可", item_type="行政许可")
    >>> compile_case(item.scenario("新办", applicant.submit("提交申请") >> end.done), view="external").title
    '户外广告设施设置许可（新办）'
    """
    _must_be("flowstd.ir.case:Case", case, Text("item.scenario(名称, 流程)", "item.scenario(name, flow)"))
    made = Chart(flow=case.flow, item=case.item, scenario=case.scenario, edition=edition, where=case.where,
                 noticed=case.noticed, granted=case.granted)
    return made.in_view(view).drawn_as(collapse, lane_order, direction, theme)


@dataclass(frozen=True, eq=True)
class Chart:
    """One flow with its findings, its drawing and its files; equal charts give equal bytes on every machine.

    Raises: FlowstdError, from any part: each names its own kinds.

    >>> from flowstd import applicant, end
    >>> chart = (applicant.submit("提交申请") >> end.done).compile()
    >>> chart.drawing().direction, len(chart.sheet().pages), chart.svg().startswith("<svg ")
    ('down', 1, True)
    """

    flow: Flow                         # what it shows
    item: Item | None = None
    scenario: str = ""
    edition: str = EDITION
    view: str = INTERNAL
    written: Flow | None = None        # what its author wrote, where it shows another view
    collapse: str = NEVER              # whether fragments are drawn as one box each
    lane_order: str = DECLARED
    direction: str = DOWN
    theme: str = THEME                 # of the edition
    where: Where = field(default=NOWHERE, compare=False, repr=False)
    noticed: tuple[Finding, ...] = field(default=(), compare=False, repr=False)     # by the reader of its source
    granted: tuple[Allowance, ...] = field(default=(), compare=False, repr=False)   # by its catalogue
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
    def as_written(self) -> Flow:
        """What its author wrote, whatever the view."""
        return self.written or self.flow

    def to_edition(self, edition: str) -> Chart:
        """The same chart drawn to another edition of the standard."""
        if edition == self.edition:
            return self
        return replace(self.in_view(INTERNAL), edition=edition).in_view(self.view)

    def in_view(self, view: str) -> Chart:
        """The chart of the same flow as another reader sees it: internal or external. Raises UnknownName."""
        _known(view, VIEWS, Text("视图", "view"))
        if view == self.view:
            return self
        written = self.as_written
        if view == INTERNAL:
            return replace(self, flow=written, view=view, written=None)
        seen = _passed("flowstd.passes.external_view:external_view", written, self.edition)
        return replace(self, flow=seen, view=view, written=written)

    def drawn_as(self, collapse: str = NEVER, lane_order: str = DECLARED, direction: str = DOWN,
                 theme: str = THEME) -> Chart:
        """The same chart with or without fragments as boxes, its lanes in another order, another way, in other inks.

        Raises: UnknownName: there is no such order, direction or theme.
        """
        _known(collapse, COLLAPSES, Text("收起方式", "way to collapse"))
        _known(lane_order, LANE_ORDERS, Text("泳道次序", "order of lanes"))
        _known(direction, DIRECTIONS, _DIRECTION)
        if theme != THEME:
            late("flowstd.standard.edition:load")(self.edition).theme(theme)
        if (collapse, lane_order, direction, theme) == (self.collapse, self.lane_order, self.direction, self.theme):
            return self
        return replace(self, collapse=collapse, lane_order=lane_order, direction=direction, theme=theme)

    @property
    def drawn(self) -> Flow:
        """The flow as it is drawn."""
        flow: Flow = self._once("drawn", self._to_draw)
        return flow

    def _to_draw(self) -> Flow:
        flow = self._ordered(self.flow)
        if self.collapse == NEVER:
            return flow
        boxed = _passed("flowstd.passes.fragments:fragments_collapsed", self.flow)
        if boxed.nodes is self.flow.nodes or (self.collapse == FIT and self._on_one_page(flow)):
            return flow                          # nothing to draw as a box, or no need to
        collapsed = self._ordered(boxed)
        return flow if self.collapse == FIT and not self._on_one_page(collapsed) else collapsed

    def _ordered(self, flow: Flow) -> Flow:
        """*flow* with its lanes in the order asked for."""
        if self.lane_order == DECLARED:
            return flow
        return _shared(flow, (BEST, self.direction, self.edition), lambda: self._calmest(flow))

    def _calmest(self, flow: Flow) -> Flow:
        """*flow* in the order of lanes whose drawing crosses least and is shortest: declared, if none is better."""
        def unrest(one: Flow) -> tuple[int, int]:
            seen = late("flowstd.layout.quality:measure")(self._laid_out(one, self.direction))
            return seen.crossings, seen.length

        orders: tuple[Flow, ...] = late("flowstd.passes.lane_order:likely_orders")(flow)
        return min(orders, key=unrest)

    def _on_one_page(self, flow: Flow) -> bool:
        return bool(late("flowstd.layout.sheet:on_first_paper")(
            flow, self._laid_out(flow, self.direction), self.item, self.scenario, edition=self.edition, view=self.view))

    @property
    def findings(self) -> Findings:
        """What is wrong with the flow as written and drawn: what its reader noticed, then the checks, rule by rule."""
        found: Findings = self._once("findings", lambda: Findings((*self.noticed, *late("flowstd.check.run:run")(
            self.as_written, self.item, self.scenario, RULESET, self.picture(), allow=self.granted))))
        return found

    def picture(self) -> Picture:
        """How the chart is drawn and set on paper, for the rules that look at it."""
        picture: Picture = late("flowstd.check.picture:picture_of")(self.drawn, self.sheet())
        return picture

    def drawing(self, direction: str = "") -> Drawing:
        """Every symbol and line with its place, in px; *direction*: ``down``, ``right``, or the chart's own.

        Raises: UnknownName: there is no such direction.
        """
        way = direction or self.direction
        _known(way, DIRECTIONS, _DIRECTION)
        drawn: Drawing = self._once(way, lambda: self._laid_out(self.drawn, way))
        return drawn

    def _laid_out(self, flow: Flow, direction: str) -> Drawing:
        """Flows that differ in their title only are laid out once."""
        drawn: Drawing = _DRAWN.of(flow.body, (direction, self.edition), lambda: late(
            "flowstd.layout.from_ir:lay_out")(flow, direction, edition=self.edition))
        return drawn if drawn.title == flow.title else replace(drawn, title=flow.title)

    def sheet(self) -> Sheet:
        """The drawing on paper, with title block, fields, legend and foot."""
        composed: Sheet = self._once("sheet", lambda: late("flowstd.layout.sheet:compose")(
            self.drawn, self.drawing(), self.item, self.scenario, edition=self.edition, view=self.view,
            theme=self.theme))
        return composed

    def svg(self, page: int = 1) -> str:
        """One page of the chart, from 1 on, as a self-contained SVG document. Raises BadUse: there is no such page."""
        return str(self._once(
            f"svg{page!r}", lambda: late("flowstd.render.svg.from_sheet:to_svg")(self.sheet(), self.theme, page)))

    def png(self, page: int = 1, *, scale: float = 2) -> bytes:
        """One page of the chart, from 1 on, as a PNG picture, *scale* pixels to a px; 2 is 192 to the inch.

        Raises: MissingExtra: resvg-py is not installed. BadUse: there is no such page, *scale* is no number, or the
        picture would be larger than 100 million pixels.
        """
        return bytes(late("flowstd.render.png.from_sheet:to_png")(self.sheet(), self.theme, page, scale=scale))

    def pdf(self) -> bytes:
        """All pages of the chart as one PDF document; its text can be searched and copied.

        Raises: MissingExtra: reportlab is not installed.
        """
        author = self.item.authority if self.item is not None else ""
        return bytes(late("flowstd.render.pdf.from_sheet:to_pdf")(self.sheet(), self.theme, author=author))

    def unprintable(self) -> str:
        """The characters that PNG and PDF show as an empty box, because their font lacks them; mostly none."""
        return str(self._once("unprintable", lambda: late("flowstd.render.typeface:unprintable")(self.sheet())))

    def bpmn(self, *, pools: str = "one", engine: str = "") -> str:
        """The flow as it is written, whatever the view, as BPMN 2.0 XML with diagram interchange.

        *pools*: ``one`` holds everybody in lanes, ``two`` puts applicants outside, as pools that send and receive
        messages. *engine*: empty for every tool, or the engine that is to run it (spiffworkflow, bpmn-engine,
        camunda7, camunda8): conditions in its words, and timers from the limits.

        Raises: UnknownName: there is no such style of pools, or engine.
        """
        return str(self._once(f"bpmn {pools} {engine}", lambda: late("flowstd.bpmn.from_flow:to_bpmn")(
            self.as_written, item=self.item, scenario=self.scenario, pools=pools, engine=engine)))

    def _bpmn(self, *, pools: str = "one", engine: str = "") -> bytes:
        """The same as the bytes of a file."""
        made: bytes = self._once(f"bpmn file {pools} {engine}", lambda: late("flowstd.bpmn.from_flow:to_file")(
            self.as_written, item=self.item, scenario=self.scenario, pools=pools, engine=engine))
        return made

    def json(self) -> str:
        """The flow as it is written, whatever the view, as canonical JSON: what ``Flow.from_json`` reads."""
        return self.as_written.to_json()

    def mermaid(self) -> str:
        """The flow as Mermaid text, lanes as subgraphs."""
        return str(late("flowstd.render.mermaid.from_ir:to_mermaid")(self.drawn, self.title, self.edition))

    def dot(self) -> str:
        """The flow as DOT text, lanes as clusters."""
        return str(late("flowstd.render.dot.from_ir:to_dot")(self.drawn, self.title, self.edition))

    def html(self) -> str:
        """The guide (办事指南) with the chart in it, as one page without script."""
        pages = range(1, len(self.sheet().pages) + 1)
        return str(late("flowstd.render.guide.html:to_html")(self._guide(), [self.svg(page) for page in pages]))

    def docx(self) -> bytes:
        """The guide as a Word document; the chart is in it where PNG can be made, else its step table alone.

        Raises: MissingExtra: python-docx is not installed.
        """
        pages = range(1, len(self.sheet().pages) + 1) if available("png") else ()
        return bytes(late("flowstd.render.guide.docx:to_docx")(
            self._guide(), [self.png(page) for page in pages], self.sheet().description))

    def md(self) -> str:
        """The step table as Markdown."""
        return str(late("flowstd.render.guide.markdown:to_markdown")(self._guide()))

    def geometry(self) -> str:
        """Boxes and lines of the drawing as JSON, in px."""
        return str(self._once("geometry", self._geometry))

    def save(self, path: str | Path, **options: Any) -> Path:
        """Write the chart to *path*, whole or not at all; the suffix says the format.

        *options* are those of the format's own method: ``pools`` and ``engine`` of :meth:`bpmn`, ``scale`` of
        :meth:`png`. Further pages, of formats that hold one page a file, stand beside it: ``a.svg``, ``a.page2.svg``.

        Raises: UnknownName: no format has that suffix. BadUse: the format has no such option. MissingExtra: it needs a
        package that is not installed. BadEnvironment: the file cannot be written.
        """
        path = Path(path)
        form = format_of(path)
        form.check()
        for file, (_, data) in zip(form.paths(self, path), form.files(self, form.stem(path), **options), strict=True):
            write_whole(file, data)
        return path

    def summary(self) -> str:
        """One line: the title, how many steps and lanes, how many findings."""
        flow, found = self.flow, self.findings
        title = self.title or Text("未命名的流程", "untitled flow").say()
        return Text(f"{title}：{len(flow.nodes)} 个节点，{len(flow.lanes)} 条泳道，{len(found)} 个问题",
                    f"{title}: {len(flow.nodes)} nodes, {len(flow.lanes)} lanes, {len(found)} findings").say()

    def _guide(self) -> Guide:
        guide: Guide = self._once("guide", lambda: late("flowstd.render.guide.content:guide_of")(
            self.flow, self.item, self.scenario, edition=self.edition))
        return guide

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


def _must_be(kind: str, value: object, fix: Text) -> None:
    """Raise BadUse for a *value* that is not of the class named *kind*: authors' own programs call us."""
    wanted = late(kind)
    if not isinstance(value, wanted):
        name, given = wanted.__name__, type(value).__name__
        raise BadUse(Text(f"这里要的是 {name}，给的是 {given}", f"{name} is meant here, not {given}"), fix=fix)


def _known(name: str, names: tuple[str, ...], what: Text) -> None:
    if name not in names:
        raise UnknownName(Text(f"没有{what.zh}“{name}”", f'there is no {what.en} "{name}"'),
                          fix=did_you_mean(name, names))


def _passed(name: str, flow: Flow, *more: str) -> Flow:
    """What the pass *name* makes of *flow*."""
    return _shared(flow, (name, *more), lambda: late(name)(flow, *more))


def _shared(flow: Flow, key: tuple[str, ...], make: Callable[[], Flow]) -> Flow:
    """What *make* makes of *flow*, known by *key*; for flows that differ in their title only it is made once."""
    made: Flow = _PASSED.of(flow.body, key, make)
    return made.model_copy(update={"title": flow.title, "where": flow.where})


class Format(NamedTuple):
    """One kind of file that a chart can be written as."""

    name: str                          # what --format calls it
    suffix: str
    make: Callable[..., str | bytes]
    paged: bool = False                # a file holds one page, which *make* is told by its number
    extra: str = ""                    # what to install for it: pip install "flowstd[extra]"
    options: tuple[str, ...] = ()      # that *make* takes

    def check(self) -> None:
        """Raise MissingExtra where the format needs a package that is not installed."""
        need(self.extra)

    def names(self, chart: Chart, stem: str) -> list[str]:
        """The name of each file: ``stem.svg`` and, for further pages, ``stem.page2.svg`` …"""
        pages = len(chart.sheet().pages) if self.paged else 1
        return [stem + self.suffix, *(f"{stem}.page{page}{self.suffix}" for page in range(2, pages + 1))]

    def stem(self, path: Path) -> str:
        """The name of the file at *path* without the suffix of the format, however it is written."""
        return path.name[:-len(self.suffix)]

    def paths(self, chart: Chart, path: Path) -> list[Path]:
        """The files of *chart* where the first is *path*: further pages stand beside it."""
        return [path, *map(path.with_name, self.names(chart, self.stem(path))[1:])]

    def files(self, chart: Chart, stem: str, **options: Any) -> Iterator[tuple[str, bytes]]:
        """Name and content of each file.

        Raises: BadUse: the format has no such option.
        """
        for option in options:
            if option not in self.options:
                raise BadUse(Text(f"格式 {self.name} 没有选项“{option}”", f'the format {self.name} has no option "{option}"'),
                             fix=_those_with(option) or did_you_mean(option, self.options))
        for page, name in enumerate(self.names(chart, stem), 1):
            made = self.make(chart, *([page] if self.paged else []), **options)
            yield name, made.encode("utf-8") if isinstance(made, str) else made

    def findings(self, chart: Chart) -> tuple[Finding, ...]:
        """What the file cannot show of *chart*, though nothing is wrong with the chart."""
        if self.name == "docx" and not available("png"):
            return (Finding(
                code=NO_PICTURE, name="no-picture", level=Level.WARNING, item=chart.key, where=chart.where,
                message=Text("Word 文件里没有流程图，只有步骤表", "the Word document has the step table, but not the chart"),
                fix=Text('pip install "flowstd[png]"', 'pip install "flowstd[png]"')),)
        lacking = chart.unprintable() if self.name in _SET else ""
        if not lacking:
            return ()
        return (Finding(
            code=MISSING_GLYPH, name="missing-glyph", level=Level.WARNING, item=chart.key, where=chart.where,
            message=Text(f"PNG、PDF 所用字体没有这些字，图上显示为方框：{lacking}",
                         f"the font of PNG and PDF lacks these characters and shows boxes: {lacking}"),
            fix=Text("改用通行字形，或以 SVG 发布（SVG 用阅读者的字体）",
                     "write a common form of them, or publish the SVG, which uses the reader's fonts")),)


FORMATS = {form.name: form for form in (
    Format("svg", ".svg", Chart.svg, paged=True),
    Format("png", ".png", Chart.png, paged=True, extra="png", options=("scale",)),
    Format("pdf", ".pdf", Chart.pdf, extra="pdf"),
    Format("bpmn", ".bpmn", Chart._bpmn, options=("pools", "engine")),
    Format("json", ".json", Chart.json),
    Format("mermaid", ".mmd", Chart.mermaid),
    Format("dot", ".gv", Chart.dot),
    Format("html", ".html", Chart.html),
    Format("docx", ".docx", Chart.docx, extra="docx"),
    Format("md", ".md", Chart.md),
    Format("geometry", ".geometry.json", Chart.geometry),
)}
def _those_with(option: str) -> Text | None:
    """Which formats have an option; None: none has it."""
    names = [form.name for form in FORMATS.values() if option in form.options]
    return Text(f"有它的格式：{'、'.join(names)}", f"formats that have it: {', '.join(names)}") if names else None


MISSING_GLYPH, NO_PICTURE = "FNT001", "FNT002"
_SET = ("png", "pdf", "docx")                  # formats whose type we set ourselves, in the one font of flowstd


def format_of(path: Path) -> Format:
    """The format that the suffix of *path* asks for. Raises UnknownName.

    >>> format_of(Path("a.新办.geometry.json")).name
    'geometry'
    """
    fitting = [form for form in FORMATS.values() if path.name.casefold().endswith(form.suffix)]
    if fitting:
        return max(fitting, key=lambda form: len(form.suffix))
    suffix = path.suffix
    raise UnknownName(Text(f"不知道“{path.name}”是什么格式：后缀是“{suffix}”",
                           f'"{path.name}" has no known format: suffix "{suffix}"'),
                      fix=did_you_mean(suffix, (form.suffix for form in FORMATS.values())))
