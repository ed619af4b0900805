"""A chart in a Sphinx page, and what stands for it where pages are not HTML: a picture file, or its steps in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging

from flowstd.base.digest import digest
from flowstd.base.errors import FlowstdError, MissingExtra
from flowstd.base.extras import need
from flowstd.base.late import late
from flowstd.layout.spoken import spoken
from flowstd.standard.edition import load

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .pieces import Picture

logger = logging.getLogger(__name__)
MOST = "125%"                          # height of a chart with a caption on paper, of the width of the text


class flowstd_picture(nodes.General, nodes.Element):
    """A chart in a page; HTML draws it when the page is written."""


def replace_pictures(app: Sphinx, document: nodes.document, page: str) -> None:
    """Put a picture file, or words, in the place of each chart of *page*, unless it becomes HTML."""
    if app.builder.format == "html":
        return
    for node in list(document.findall(flowstd_picture)):
        names = _files(node, Path(app.builder.outdir)) if app.builder.format == "latex" else []
        room = {"height": MOST} if isinstance(node.parent, nodes.figure) and _tall(node["picture"]) else {}
        images = [nodes.image("", uri=name, candidates={"*": name}, **room) for name in names]
        node.replace_self(images or list(in_words(node["picture"])))


def _tall(picture: Picture) -> bool:
    """Whether a chart as wide as the text would leave no room for its caption."""
    return any(page.height * 100 > page.width * int(MOST.rstrip("%")) for page in picture.sheet().pages)


def _files(node: flowstd_picture, folder: Path) -> list[str]:
    """The names of the files drawn for a chart; none, and a warning, where nothing can be drawn."""
    names = []
    try:
        for name, data in files(node["picture"]):
            (folder / name).write_bytes(data)
            names.append(name)
    except FlowstdError as error:
        logger.warning("%s", error, location=node, type="flowstd", subtype="paper")
    return names


def files(picture: Picture) -> Iterator[tuple[str, bytes]]:
    """Name and content of each page of a chart, for LaTeX; the name says the content, so that no file is ever stale.

    Raises: MissingExtra: neither the package for PDF nor that for PNG is installed.
    """
    sheet = picture.sheet()
    suffix, module = _kind()
    to_bytes = late(module)
    for page in sheet.pages:
        data = to_bytes(replace(sheet, pages=(page,)), picture.chart.theme)
        yield f"flowstd-{digest(data.hex())[:16]}{suffix}", data


def _kind() -> tuple[str, str]:
    """What pictures on paper are made by."""
    try:
        need("pdf")
    except MissingExtra:
        need("png")
        return ".png", "flowstd.render.png.from_sheet:to_png"
    return ".pdf", "flowstd.render.pdf.from_sheet:to_pdf"


def in_words(picture: Picture) -> Iterator[nodes.Node]:
    """A chart as a list of its steps, as a screen reader tells it."""
    sheet = picture.sheet()
    rules = load(sheet.edition)
    yield nodes.paragraph("", sheet.description)
    told = [words.name + (f" {words.leads}" if words.leads else "") for words in spoken(picture.chart.flow, rules)]
    items = [nodes.list_item("", nodes.paragraph("", line)) for line in told]
    yield nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
