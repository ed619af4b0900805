"""One edition of the standard, typed; nothing else opens those files."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from flowstd.base.errors import BadSource, UnknownName
from flowstd.base.frozen import Frozen
from flowstd.base.legal import Evidence
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.base.where import Where

NEWEST = "2026"
_HERE = Path(__file__).parent


class Source(Frozen):
    """Where one file of an edition comes from, and how well that is known."""

    title: str
    number: str = ""
    evidence: Evidence
    checked_on: date


class TextSizes(Frozen):
    """Type inside a chart, px."""

    size: int
    small: int
    gap: int                         # between lines
    slack: int                       # thousandths added to every measured width
    raised: int                      # hundredths of an em from the baseline to the middle of a Chinese character
    bare: int                        # hundredths of an em from the top of the em square to the ink


class StepSizes(Frozen):
    """Boxes of ordinary steps, px."""

    widths: tuple[int, ...]
    least: int
    side: int
    above: int
    grow_by: int
    widest: int


class DecisionSizes(Frozen):
    """Diamonds, px."""

    flatness: float
    least: int
    ordinary: int
    lines: int
    line_worth: int                  # the width that a further line has to save
    grow_by: int
    room: int
    merge: int                       # width and height where ways only meet


class TerminalSizes(Frozen):
    """Starts and ends, px."""

    least: int
    width: int
    side: int
    round: int


class PredefinedSizes(Frozen):
    """Calls of other charts, px."""

    bar: int
    side: int


class ParallelSizes(Frozen):
    """Splits and joins, px."""

    depth: int
    stroke: int                      # of either line; even, so that its middle is a whole px inside the border


class ConnectorSizes(Frozen):
    """Marks where a line goes on on another page, px."""

    size: int


class PaperSizes(Frozen):
    """Materials, documents and remarks beside a symbol, px."""

    gap: int
    width: int
    side: int
    above: int
    foot: int
    slant: int
    names: int
    between: int
    note_width: int


class LabelSizes(Frozen):
    """Words at the exits of decisions, px."""

    side: int
    above: int
    widest: int


class LaneSizes(Frozen):
    """Heads of lanes, px."""

    head: int
    head_right: int
    head_right_wide: int
    upright: int
    least: int
    ordinary: int
    side: int


FormId = Literal["terminal", "process", "decision", "predefined", "parallel", "document", "data", "note", "connector"]


class FormWords(Frozen):
    """What one symbol of the standard is called and what it stands for."""

    id: FormId
    name: str
    meaning: str


class Symbols(Frozen):
    """symbols.toml."""

    source: Source
    text: TextSizes
    step: StepSizes
    decision: DecisionSizes
    terminal: TerminalSizes
    predefined: PredefinedSizes
    parallel: ParallelSizes
    connector: ConnectorSizes
    paper: PaperSizes
    label: LabelSizes
    lane: LaneSizes
    form: tuple[FormWords, ...]


class TitleWords(Frozen):
    """How a chart is called."""

    chart: str
    external: str                    # the applicant's
    scenario: str
    untitled: str
    ending: tuple[str, ...]


class StepWords(Frozen):
    """Words beside a step; what is empty is not shown."""

    post: str                        # who in the office does it
    criteria: str                    # what is looked at
    term: str
    excluded: str
    papers_more: str
    paper_join: str


class FieldWords(Frozen):
    """Names of the fields of the title block and the footer."""

    code: str
    item_type: str
    authority: str
    version: str
    statutory: str
    promised: str
    place: str
    hours: str
    contact: str
    complaint: str
    fee: str
    link: str
    fingerprint: str
    edition: str


class PageWords(Frozen):
    """Other words of the page."""

    edition: str
    legend: str
    remarks: str
    bases: str
    number: str
    goes_on: str
    comes_from: str
    in_a_row: str
    illustrative: str
    illustrative_mark: str
    illustrative_note: str
    colon: str


class SpokenWords(Frozen):
    """What a screen reader says of a chart."""

    chart: str
    step: str
    between: str
    post: str
    start: str
    end: str
    decision: str
    split: str
    join: str
    merge: str
    term: str
    takes: str
    issues: str
    excluded: str
    bases: str
    leads: str
    leads_if: str


class ViewWords(Frozen):
    """What several steps inside an office are called when they are seen as one, by what is done; and the office."""

    examine: str
    preliminary: str
    forward: str
    review: str
    certify: str
    publish: str
    archive: str
    handle: str
    office: str


class BookWords(Frozen):
    """Words of a book of charts."""

    contents: str
    page: str


class SettingWords(Frozen):
    """Words that a line break should not split, and units that stay with their number."""

    whole: tuple[str, ...]
    units: tuple[str, ...]


class Words(Frozen):
    """words.toml."""

    source: Source
    title: TitleWords
    step: StepWords
    field: FieldWords
    page: PageWords
    spoken: SpokenWords
    view: ViewWords
    book: BookWords
    setting: SettingWords


class Paper(Frozen):
    """One size of paper, px."""

    name: str
    width: int
    height: int


class PageSizes(Frozen):
    """The room on a page, px, and the size of box text on paper, pt."""

    margin: int
    around: int                      # what stands around the chart usually takes of the height
    families: tuple[str, ...]
    least_pt: float
    most_pt: float


class TypeSizes(Frozen):
    """Type of the page around the chart, px."""

    name: str
    between: int                     # chart from title block and from footer
    title: int
    title_least: int
    field: int
    row: int
    small: int
    small_row: int
    left: int                        # hundredths of the width that the left column of fields takes


class LegendSizes(Frozen):
    """Samples of symbols, px."""

    width: int
    height: int
    gap: int
    between: int


class SheetRules(Frozen):
    """sheet.toml."""

    source: Source
    paper: tuple[Paper, ...]
    page: PageSizes
    type: tuple[TypeSizes, ...]
    legend: LegendSizes


class Inks(Frozen):
    """Colours, each as #rrggbb."""

    paper: str
    ink: str                         # text
    line: str                        # borders and lines of flow
    soft: str
    hair: str
    head: str
    fill: str                        # inside of symbols
    fills: dict[FormId, str] = Field(default_factory=dict)    # inside of symbols of one form, where it is another


class Theme(Inks):
    """The inks of a chart, those it has on a dark screen, and line weights in px."""

    name: str
    dark: Inks | None = None
    border: float
    wire: float
    thin: float
    dash: str
    arrow_length: int
    arrow_width: int


class Palette(Frozen):
    """palette.toml."""

    source: Source
    themes: dict[str, Theme]


class Edition(Frozen):
    """One dated edition: symbols and sizes, words, page, colours."""

    name: str
    symbols: Symbols
    words: Words
    sheet: SheetRules
    palette: Palette

    def theme(self, name: str) -> Theme:
        """The theme called *name*. Raises UnknownName."""
        if name not in self.palette.themes:
            raise UnknownName(Text(f"没有名为“{name}”的配色", f'there is no theme "{name}"'),
                              fix=did_you_mean(name, self.palette.themes))
        return self.palette.themes[name]

    def __hash__(self) -> int:
        return hash(self.name)       # editions are loaded once; hashing their every word would be waste


def editions() -> tuple[str, ...]:
    """The editions that exist, oldest first.

    >>> "2026" in editions()
    True
    """
    return tuple(sorted(folder.name[1:] for folder in _HERE.glob("e*/") if (folder / "symbols.toml").is_file()))


def load(name: str = NEWEST) -> Edition:
    """The edition called *name*, read once. Raises UnknownName, BadSource.

    >>> load("2026").symbols.source.number
    'GB/T 1526-1989'
    """
    return _load(name)


@cache
def _load(name: str) -> Edition:
    if name not in editions():
        raise UnknownName(Text(f"没有“{name}”版绘制标准", f'there is no edition "{name}" of the standard'),
                          fix=did_you_mean(name, editions()))
    parts = {part: _read(_HERE / f"e{name}" / f"{part}.toml") for part in ("symbols", "words", "sheet", "palette")}
    try:
        return Edition.model_validate({"name": name, **parts})
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"])
        raise BadSource(Text(f"{name} 版标准的 {path} 有误：{first['msg']}", f"edition {name}: {path}: {first['msg']}"),
                        where=Where(f"e{name}/{first['loc'][0]}.toml")) from None


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(path.read_text(encoding="utf-8"))
