"""Sheet → SVG: one page a file, self-contained; equal sheets give equal bytes on every machine.

Presentation attributes carry the look, so that office programs show it too;
classes and ids are there for those who style or script the chart further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from flowstd.base.kept import Kept
from flowstd.layout.trunks import own_parts
from flowstd.standard.edition import Edition, load

from .symbols import HUNG, SYMBOLS, note_mirrored
from .theme import style
from .writer import escaped, path, safe_ids, safe_link

if TYPE_CHECKING:
    from flowstd.layout.model import Aside, Band, Corners, Form, Paper, Symbol, TextLine, Wire
    from flowstd.layout.page import Page, Print, Sample, Sheet, Spoken


def to_svg(sheet: Sheet, theme: str = "official", page: int = 1, links: Mapping[str, str] | None = None) -> str:
    """Page *page* of *sheet* as an SVG document in the inks of *theme*; *links* leads from steps, by id, to pages.

    Raises: UnknownName: the edition has no such theme. BadUse: there is no such page.
    """
    rules = load(sheet.edition)
    return _Writer(sheet, sheet.page(page), rules, theme, links or {}).document()


def step_ids(sheet: Sheet, page: Page) -> Iterator[tuple[str, str]]:
    """The id in the document of every symbol on *page*, with the id of what it stands for."""
    symbols = sheet.on(page).drawing.symbols
    yield from zip(safe_ids(_key(sheet, page), (symbol.id for symbol in symbols)), (symbol.id for symbol in symbols),
                   strict=True)


def _key(sheet: Sheet, page: Page) -> str:
    """What every id on *page* begins with."""
    return sheet.key + (f"-{page.number}" if page.number > 1 else "")


class _Writer:
    """Writes one page; looks everything up, decides nothing."""

    def __init__(self, sheet: Sheet, page: Page, rules: Edition, theme: str, links: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.page = page
        self.drawing, self.spoken = sheet.on(page)
        self.key = _key(sheet, page)
        self.rules = rules
        self.theme_name = theme
        self.theme, self.look = rules.theme(theme), _look(rules, theme)
        self.links = links

    def document(self) -> str:
        """The whole file."""
        sheet, page, theme, key = self.sheet, self.page, self.theme, self.key
        title = sheet.title
        if len(sheet.pages) > 1:
            title += " " + self.rules.words.page.number.format(page=page.number, pages=len(sheet.pages))
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{page.width}" height="{page.height}" viewBox="0 0 {page.width} {page.height}" '
            f'font-family="{_families(sheet.families)}" xml:lang="zh-CN" lang="zh-CN" '
            f'role="graphics-document document" aria-labelledby="{key}-title {key}-desc" '
            f'class="flowstd flowstd-{self.theme_name}">\n'
            f'<title id="{key}-title">{escaped(title)}</title>\n'
            f'<desc id="{key}-desc">{escaped(sheet.description)}</desc>\n'
            f'{self.look.style}'
            f'<rect class="paper" width="{page.width}" height="{page.height}" fill="{theme.paper}"/>\n',
            self._furniture(page),
            self._chart(page),
            "</svg>\n",
        ]
        return "".join(parts)

    # ---- around the chart

    def _furniture(self, page: Page) -> str:
        theme = self.theme
        cells = "".join([f"M{x} {y}h{w}v{h}h{-w}z" for x, y, w, h in page.boxes])
        lines = "".join([f"M{x1} {y1}H{x2}" if y1 == y2 else f"M{x1} {y1}V{y2}" for x1, y1, x2, y2 in page.rules])
        return (
            '<g class="page">\n'
            + (f'<path class="cells" d="{cells}" fill="{theme.head}"/>\n' if cells else "")
            + (f'<path class="rules" d="{lines}" fill="none" stroke="{theme.hair}" stroke-width="{theme.thin:g}"/>\n'
               if lines else "")
            + f'<g class="legend" fill="{theme.fill}" stroke="{theme.soft}" stroke-width="{theme.thin:g}" '
              f'aria-hidden="true">{_samples(page.samples, self.rules, self.theme_name)}</g>\n'
            + self._prints(page.prints)
            + "</g>\n")

    def _prints(self, lines: Iterable[Print]) -> str:
        ink, lighter = self.theme.ink, self.theme.soft
        drawn = []
        for words, x, y, size, anchor, bold, soft, link in lines:
            place = "" if anchor == "start" else f' text-anchor="{anchor}"'
            weight = ' font-weight="bold"' if bold else ""
            text = (f'<text x="{x}" y="{y}" font-size="{size}"{place}{weight} '
                    f'fill="{lighter if soft else ink}">{escaped(words)}</text>')
            opened, closed = _link_tags(link) if link else ("", "")
            drawn.append(f"{opened}{text}{closed}\n")
        return "".join(drawn)

    # ---- the chart

    def _chart(self, page: Page) -> str:
        view, drawing, theme = page.view, self.drawing, self.theme
        scale = "" if view.scale == 1000 else f" scale({view.scale / 1000:g})"
        return (
            f'<g class="chart {drawing.direction}" transform="translate({view.x} {view.y}){scale}" '
            f'font-size="{drawing.font_px}" text-anchor="middle" fill="{theme.ink}">\n'
            + _LANES.of((drawing.bands,), (self.sheet.edition, self.theme_name, drawing.direction, drawing.font_px,
                                           view.along), lambda: self._lanes(drawing.bands, view.along))
            + self._figure()
            + "</g>\n")

    def _figure(self) -> str:
        """What stands in the lanes: written once for equal charts, in parts between which the page puts its key."""
        drawing = self.drawing
        parts: tuple[str, ...] = _FIGURES.of(
            (drawing.asides, drawing.wires, drawing.symbols, self.spoken),
            (self.sheet.edition, self.theme_name, drawing.font_px, *self.links.items()),
            lambda: (self._papers(drawing.asides) + self._wires(drawing.wires),
                     *self._steps(drawing.symbols, self.spoken)))
        first, *rest = parts
        return first + self.key.join(rest)

    def _lanes(self, bands: Sequence[Band], along: int) -> str:
        theme, down = self.theme, self.drawing.direction == "down"
        heads, lines, names = [], [], []
        for number, band in enumerate(bands):
            whole, head = band.rect, band.head
            heads.append(f"M{head.x} {head.y}h{head.w}v{head.h}h{-head.w}z")
            if number:
                lines.append(f"M{whole.x} {whole.y}V{along}" if down else f"M{whole.x} {whole.y}H{along}")
            names.append(_texts(band.lines, self.drawing.font_px))
        first, last = bands[0].rect, bands[-1].rect
        width, height = (last.right, along) if down else (along, last.bottom)
        foot = first.y + bands[0].head.h
        lines.append(f"M{first.x} {foot}H{width}" if down else f"M{bands[0].head.right} {first.y}V{height}")
        return (
            f'<g class="lanes"><path class="head" d="{"".join(heads)}" fill="{theme.head}"/>'
            f'<path class="rules" d="{"".join(lines)}" fill="none" stroke="{theme.hair}" '
            f'stroke-width="{theme.thin:g}"/>'
            f'<rect class="frame" x="{first.x}" y="{first.y}" width="{width - first.x}" height="{height - first.y}" '
            f'fill="none" stroke="{theme.line}" stroke-width="{theme.border:g}"/>'
            f'<g class="names" font-weight="bold">{"".join(names)}</g></g>\n')

    def _papers(self, asides: Sequence[Aside]) -> str:
        if not asides:
            return ""
        theme, small, (fills, _, soft, _) = self.theme, self.rules.symbols.text.small, self.look
        ties = "".join(path(aside.tie) for aside in asides)
        drawn = []
        for aside in asides:
            mirrored = aside.form == "note" and aside.tie[-1][0] > aside.rect.x
            outline = (note_mirrored if mirrored else SYMBOLS[aside.form])(aside.rect, self.rules.symbols)
            words = _texts(aside.lines, small, soft)
            drawn.append(f'<g class="{aside.form}"{fills.get(aside.form, "")}>{outline}{words}</g>\n')
        return (
            f'<g class="papers" fill="{theme.fill}" stroke="{theme.soft}" stroke-width="{theme.thin:g}" '
            f'font-size="{small}" aria-hidden="true">\n'
            f'<path class="ties" d="{ties}" fill="none" stroke-dasharray="{theme.dash}"/>\n{"".join(drawn)}</g>\n')

    def _wires(self, wires: Sequence[Wire]) -> str:
        theme, length, half = self.theme, self.theme.arrow_length, self.theme.arrow_width // 2
        font, ink, filled = self.drawing.font_px, self.look.ink, f'fill="{theme.line}" stroke="none"'
        drawn = []
        for (_, _, _, _, back, label, _), (points, arrives) in zip(wires, own_parts(wires), strict=True):
            if arrives:
                line, head = _arrow(points, length, half)
                tip = f'<path class="tip" d="{head}" {filled}/>'
            else:
                line, tip = path(points), ""
            kind = "wire back" if back else "wire"
            word = _texts(label.lines, font, ink) if label else ""
            drawn.append(f'<g class="{kind}"><path class="line" d="{line}"/>{tip}{word}</g>\n')
        return (f'<g class="wires" fill="none" stroke="{theme.line}" stroke-width="{theme.wire:g}" '
                f'aria-hidden="true">\n{"".join(drawn)}</g>\n')

    def _steps(self, symbols: Sequence[Symbol], spoken: Sequence[Spoken]) -> list[str]:
        """The steps in parts: between each two stands what the id of a step begins with."""
        theme, sizes, font, (fills, ink, _, _) = self.theme, self.rules.symbols, self.drawing.font_px, self.look
        ids = safe_ids("", [symbol.id for symbol in symbols])
        opened = closed = ""
        parts = []
        before = (f'<g class="steps" role="group" fill="{theme.fill}" stroke="{theme.line}" '
                  f'stroke-width="{theme.border:g}">\n')
        for id_, symbol, (name, leads) in zip(ids, symbols, spoken, strict=True):
            step, form, rect, _, lines, papers = symbol
            after = f"<desc>{escaped(leads)}</desc>" if leads else ""
            hung, body = (self._hung(papers), symbol.body) if papers else ("", rect)
            if self.links:
                opened, closed = _link_tags(self.links.get(step, ""))
            parts.append(f'{before}{opened}<g id="')
            before = (f'{id_}" class="{form}"{fills.get(form, "")} role="img">'
                      f'<title>{escaped(name)}</title>{after}{hung}{SYMBOLS[form](body, sizes)}'
                      f'{_texts(lines, font, ink)}</g>{closed}\n')
        parts.append(f"{before}</g>\n")
        return parts

    def _hung(self, papers: Sequence[Paper]) -> str:
        """The papers that hang on a symbol."""
        theme, small, (fills, _, soft, _) = self.theme, self.rules.symbols.text.small, self.look
        return "".join([
            f'<g class="{paper.form} hung"{fills.get(paper.form, "")} stroke="{theme.soft}" '
            f'stroke-width="{theme.thin:g}" font-size="{small}">'
            f'{HUNG[paper.form](paper.rect, self.rules.symbols)}{_texts(paper.lines, small, soft)}</g>'
            for paper in papers])


class _Look(NamedTuple):
    """A theme as attributes: the fill of each form that has one of its own, two inks of type; its style element."""

    fills: dict[Form, str]
    ink: str                             # type has no stroke
    soft: str
    style: str


@cache
def _look(rules: Edition, name: str) -> _Look:
    theme = rules.theme(name)
    return _Look({form: f' fill="{fill}"' for form, fill in theme.fills.items()}, f' fill="{theme.ink}" stroke="none"',
                 f' fill="{theme.soft}" stroke="none"', style(name, theme))


@lru_cache(maxsize=256)
def _samples(samples: tuple[Sample, ...], rules: Edition, theme: str) -> str:
    """The symbols of a legend: many charts have the same."""
    fills = _look(rules, theme).fills
    return "".join([f'<g class="{form}"{fills.get(form, "")}>{SYMBOLS[form](rect, rules.symbols)}</g>'
                    for form, rect in samples])


@lru_cache(maxsize=64)
def _families(names: tuple[str, ...]) -> str:
    written = ", ".join([f"'{name}'" if " " in name else name for name in names])
    return escaped(written).replace("&quot;", "")


def _link_tags(to: str) -> tuple[str, str]:
    """What stands before and after what leads to a page; nothing, if that is no safe one."""
    link = escaped(safe_link(to))
    return (f'<a href="{link}" xlink:href="{link}">', "</a>") if link else ("", "")


def _texts(lines: Iterable[TextLine], around: int, ink: str = "") -> str:
    """Lines of type; their size is given where it is not that *around*."""
    written = ""
    for text, x, y, size, _, _ in lines:
        set_ = "" if size == around else f' font-size="{size}"'
        written += f'<text x="{x}" y="{y}"{set_}{ink}>{escaped(text)}</text>'
    return written


def _arrow(points: Corners, length: int, half: int) -> tuple[str, str]:
    """The line, which stops inside its arrow head, and the head, a small triangle whose tip is the line's end."""
    (px, py), (x, y) = points[-2], points[-1]
    line = path(points[:-1])
    if x == px:
        back = -1 if y > py else 1
        stop, base = y + back * min(length - 1, abs(y - py)), y + back * length
        return f"{line}V{stop}", f"M{x} {y}L{x - half} {base}H{x + half}Z"
    back = -1 if x > px else 1
    stop, base = x + back * min(length - 1, abs(x - px)), x + back * length
    return f"{line}H{stop}", f"M{x} {y}L{base} {y - half}V{y + half}Z"


_FIGURES, _LANES = Kept(), Kept()
