"""Drawing → Sheet: the chart on paper, with title block, fields, legend and foot.

The first paper on which box text is large enough is taken; what is too large
for every paper is cut into pages.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from flowstd.base.digest import canonical, digest
from flowstd.base.kept import Kept
from flowstd.ir.text import digest_with
from flowstd.standard.edition import NEWEST, Edition, Paper, load

from .around import ALONE, Around, Setting
from .elements import bases_of, fields_of, title_of
from .furniture import forms_of
from .measure import clean
from .model import Drawing
from .page import Page, Sheet, Spoken
from .remarks import Remarks, remarks_of
from .spoken import Extent, described, extent_of, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowstd.ir.model import Flow
    from flowstd.item import Item


def compose(flow: Flow, drawing: Drawing, item: Item | None = None, scenario: str = "", *, edition: str = NEWEST,
            view: str = "internal", theme: str = "official", fingerprint: str = "") -> Sheet:
    """Set *drawing*, which shows *flow*, on paper; *item* and *scenario* fill title block and footer.

    *view* says whose chart it is, and so what it is called. *theme*, the inks it is for, is in its key only.
    *fingerprint* is the content hash to print; without one, it is made of the flow and the item.

    Raises: UnknownName: there is no such edition.
    """
    rules = load(edition)
    mark = fingerprint or content_hash(flow, item, scenario, edition)
    said = _said(flow, rules)
    around = _around(flow, item, scenario, rules, said, view, mark)
    return Sheet(_key(mark, drawing.direction, view, theme), around.title,
                 described(said.extent, around.title, rules), edition, rules.sheet.page.families, drawing, said.spoken,
                 _pages(around, drawing, said.spoken, rules))


def on_first_paper(flow: Flow, drawing: Drawing, item: Item | None = None, scenario: str = "", *,
                   edition: str = NEWEST, view: str = "internal") -> bool:
    """Whether *drawing* stands on one page of the first paper with text large enough to read."""
    rules = load(edition)
    around, least = _around(flow, item, scenario, rules, _said(flow, rules), view), _least(rules)
    return any(one.scale >= least for one in _settings(around, drawing, rules.sheet.paper[:1], rules))


def content_hash(flow: Flow, item: Item | None, scenario: str, edition: str) -> str:
    """The hash of all that a chart says, whatever its format."""
    about = item.to_json() if item is not None else "{}"        # the three together in canonical JSON:
    return digest_with(flow, f'{{"edition":{canonical(edition)},"item":{about},"scenario":{canonical(scenario)}}}')


def _key(mark: str, direction: str, view: str, theme: str) -> str:
    """Of the content, and of what is not usual in its looks: one flow may stand twice on a page."""
    looks = [look for look, usual in ((direction, "down"), (view, "internal"), (theme, "official")) if look != usual]
    return "-".join(("f" + digest(mark)[:8], *looks))


class _Said(NamedTuple):
    """What a flow has to say on paper, whatever item it is for."""

    spoken: tuple[Spoken, ...]
    extent: Extent
    remarks: Remarks
    bases: tuple[str, ...]


def _said(flow: Flow, rules: Edition) -> _Said:
    """Flows that differ in their title only are told alike."""
    return _SAID.of(flow.body, rules.name, lambda: _Said(
        spoken(flow, rules), extent_of(flow, rules), remarks_of(flow, rules.name), bases_of(flow, rules)))


def _around(flow: Flow, item: Item | None, scenario: str, rules: Edition, said: _Said, view: str,
            mark: str = "") -> Around:
    title = clean(title_of(item.name if item else flow.title, scenario, rules, view))
    return Around(title, fields_of(item, rules), said.remarks, said.bases, mark)


def _pages(around: Around, drawing: Drawing, said: tuple[Spoken, ...], rules: Edition) -> tuple[Page, ...]:
    """One page if text is large enough there on any paper, else as many as it takes."""
    least, papers = _least(rules), _large_enough(drawing, rules)
    setting = next((one for one in _settings(around, drawing, papers, rules) if one.scale >= least), None)
    if setting is None:
        from .paged import in_pages

        pages = in_pages(around, drawing, said, rules, least)
        if pages:
            return pages
        setting = max(_settings(around, drawing, papers or rules.sheet.paper, rules), key=attrgetter("scale"))
    return (setting.page(drawing, rules.sheet.page.margin),)


def _settings(around: Around, drawing: Drawing, papers: Iterable[Paper], rules: Edition) -> Iterator[Setting]:
    """*drawing* alone on each of *papers*, in each size of type."""
    forms = forms_of(drawing)
    for paper in papers:
        for type_ in rules.sheet.type:
            yield around.on(drawing, forms, paper, type_, rules, ALONE)


def _large_enough(drawing: Drawing, rules: Edition) -> list[Paper]:
    """The papers on which the bare chart could be read."""
    least = _least(rules)
    edges, wide, high = 2 * rules.sheet.page.margin, drawing.width * least, drawing.height * least
    return [paper for paper in rules.sheet.paper
            if wide <= (paper.width - edges) * 1000 and high <= (paper.height - edges) * 1000]


def _least(rules: Edition) -> int:
    """The least scale at which text of boxes can be read, in thousandths."""
    return int(1000 * rules.sheet.page.least_pt / (rules.symbols.text.size * 0.75))


_SAID = Kept()
