"""Sphinx: charts, step tables, rules, findings and an index of a catalogue as directives.

    extensions = ["flowstd.ext.sphinx"]
    flowstd_catalogue = "items"                 # the folder with flowstd.toml, seen from that of the pages

    .. flowstd:item:: 户外广告设施设置许可
       :scenario: 新办

What a page is made from is noted, so that it is built again when that changes.
A chart that cannot be drawn is a located warning in every build until it is mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import flowstd
from flowstd.base.finding import Finding
from flowstd.base.where import Where
from flowstd.catalog.config import NAME
from flowstd.report.text import text as told

from .answer import Answer, answer, language_of
from .domain import FlowstdDomain
from .html import picture as picture_html
from .nodes import flowstd_picture, replace_pictures
from .pieces import Cell, Code, Picture, Piece, Place, Table, Words
from .place import place_of
from .request import FLAGS, OPTIONS, WORDS, Request

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
LONG = 6                               # rows of a table that may go on to the next page of paper
STYLE = Path(__file__).with_name("flowstd.css")


class Ask(SphinxDirective):
    """One of the words that a page may ask for."""

    word: ClassVar[str]
    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {
        name: directives.flag if name in FLAGS else directives.unchanged for name in OPTIONS}

    def run(self) -> list[Node]:
        """The nodes of the answer, and its faults as warnings."""
        request = self._request()
        given = answer(request)
        self._note(given)
        for fault in given.faults:
            self._warn(fault, request)
        if not given.pieces and given.faults:
            return [self._error(given.faults, request)]
        return [node for piece in given.pieces for node in self._nodes(piece)]

    # ---- what is asked

    def _request(self) -> Request:
        file, line = self.get_source_info()
        content = "\n".join(self.content)
        begins, indent = self._place(content, file, line)
        folder = Path(file).parent if Path(file).is_file() else Path(self.env.srcdir)
        options = {name: self._rooted(value or "", name == "catalogue") for name, value in self.options.items()}
        return Request(
            word=self.word, argument=self._rooted(self.arguments[0] if self.arguments else "", True), options=options,
            content=content, where=Where(file, line), line=begins or 1, indent=indent, folder=folder,
            catalogue=self._catalogue(), said_in=language_of(self.config.language or "en"))

    def _place(self, content: str, file: str, line: int) -> tuple[int, int]:
        try:
            lines = Path(file).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):                    # a docstring, or text that another program made
            return 0, 0
        return place_of(content, lines, line) if content.strip() else (0, 0)

    def _rooted(self, name: str, is_path: bool) -> str:
        """A path that begins with a slash begins at the folder of all pages, as elsewhere in Sphinx."""
        return str(Path(self.env.srcdir) / name[1:]) if is_path and name.startswith("/") else name

    def _catalogue(self) -> str:
        given = self.config.flowstd_catalogue
        return str(Path(self.env.srcdir) / given) if given else ""

    # ---- what is told

    def _note(self, given: Answer) -> None:
        for file in given.files:
            self.env.note_dependency(str(file))
        folders = (file.parent for file in given.files if file.name == NAME)
        domain_of(self.env).note_use(self.env.docname, folders, failed=bool(given.faults))

    def _warn(self, fault: Finding, request: Request) -> None:
        here = fault.where.file == request.where.file and fault.where.line
        place = f"{request.where.file}:{fault.where.line if here else request.where.line}"
        logger.warning("%s", told((fault,)), location=place, type="flowstd", subtype=fault.code)

    def _error(self, faults: Iterable[Finding], request: Request) -> Node:
        box = nodes.error()
        for fault in faults:
            box += nodes.paragraph("", fault.message.say(request.language))
            if fault.fix:
                box += nodes.paragraph("", fault.fix.say(request.language))
        return box

    # ---- what is shown

    def _nodes(self, piece: Piece) -> Iterator[Node]:
        if isinstance(piece, Picture):
            yield from self._picture(piece)
        elif isinstance(piece, Table):
            yield self._table(piece)
        elif isinstance(piece, Words):
            yield nodes.paragraph("", piece.text)
        elif isinstance(piece, Code):
            yield nodes.literal_block(piece.text, piece.text, language=piece.language)
        elif isinstance(piece, Place):
            yield self._anchor("rule", piece.rule, piece.rule)

    def _picture(self, piece: Picture) -> Iterator[Node]:
        shown = flowstd_picture("", picture=piece)
        self.set_source_info(shown)
        if piece.chart.item is not None:
            yield self._anchor("item", piece.chart.key, piece.chart.title)
        if not piece.caption and not piece.name:
            yield shown
        else:
            figure = nodes.figure("", shown, align="default", classes=["flowstd"])
            self.set_source_info(figure)
            if piece.caption:
                figure += nodes.caption(piece.caption, "", *self.parse_inline(piece.caption)[0])
            self._named(figure, piece.name)
            yield figure
        for remark in piece.remarks():
            yield nodes.paragraph("", remark, classes=["flowstd-remark"])

    def _anchor(self, kind: str, key: str, title: str) -> Node:
        anchor = domain_of(self.env).note_object(kind, key, self.env.docname, title)
        target = nodes.target("", "", ids=[anchor])
        self.state.document.note_explicit_target(target)
        return target

    def _table(self, piece: Table) -> Node:
        wide = ["flowstd-wide"] if len(piece.widths) > 3 else []
        long = ["longtable"] if len(piece.rows) > LONG else []
        table = nodes.table(classes=["flowstd", "colwidths-given", *wide, *long])
        self.set_source_info(table)
        if piece.caption:
            table += nodes.title(piece.caption, "", *self.parse_inline(piece.caption)[0])
        self._named(table, piece.name)
        group = nodes.tgroup(cols=len(piece.widths))
        group += [nodes.colspec(colwidth=width) for width in piece.widths]
        if piece.heads:
            head = nodes.row("", *(nodes.entry("", nodes.paragraph("", word)) for word in piece.heads))
            group += nodes.thead("", head)
        rows = (nodes.row("", *(nodes.entry("", self._cell(cell)) for cell in row)) for row in piece.rows)
        group += nodes.tbody("", *rows)
        table += group
        return nodes.container("", table, classes=["flowstd-scroll"])

    def _cell(self, cell: Cell) -> Node:
        kind, target = ("item", cell.item) if cell.item else ("rule", cell.rule)
        if not target or not cell.text:
            return nodes.paragraph("", cell.text)
        xref = addnodes.pending_xref("", nodes.inline("", cell.text), refdomain="flowstd", reftype=kind,
                                     reftarget=target, refexplicit=True, refdoc=self.env.docname, refwarn=False)
        return nodes.paragraph("", "", xref)

    def _named(self, node: Element, name: str) -> None:
        if name:
            self.options["name"] = name
            self.add_name(node)


# ---- writing

def visit_html(self: HTML5Translator, node: flowstd_picture) -> None:
    """Draw the chart into the page."""
    taken: dict[str, int] = self.__dict__.setdefault("flowstd_taken", {})
    links = domain_of(self.builder.env).links_of(node["picture"], self.builder, node)
    self.body.append(picture_html(node["picture"], links, taken))
    raise nodes.SkipNode


# ---- what is built again

def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The pages that must be read again although their own text is as it was."""
    return domain_of(env).outdated()


def domain_of(env: BuildEnvironment) -> FlowstdDomain:
    """What is remembered in *env*."""
    domain = env.domains["flowstd"]
    assert isinstance(domain, FlowstdDomain)
    return domain


def setup(app: Sphinx) -> ExtensionMetadata:
    """What Sphinx calls."""
    app.add_config_value("flowstd_catalogue", "", "env", types=(str,))
    app.add_config_value("flowstd_version", flowstd.__version__, "env", types=(str,))     # another one draws all anew
    app.add_domain(FlowstdDomain)
    for word in WORDS:
        app.add_directive_to_domain("flowstd", word, type(f"Ask{word.title()}", (Ask,), {"word": word}))
    app.add_node(flowstd_picture, html=(visit_html, None))
    app.add_css_file(STYLE.name)
    app.connect("config-inited", lambda app, config: config.html_static_path.append(str(STYLE)))
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-resolved", replace_pictures)
    return {"version": flowstd.__version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
