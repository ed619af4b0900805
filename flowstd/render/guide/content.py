"""What a guide says, in order, whatever it is written as: fields, lists and tables; empty parts are left out.

The parts follow the guides that service centres publish; the chart and the guide
carry one content hash, so that a reader can tell that they belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.term import Term
from flowstd.item.model import Fee, Item, Material, Result
from flowstd.layout.elements import bases_of, title_of
from flowstd.layout.measure import clean
from flowstd.layout.remarks import remarks_of
from flowstd.layout.sheet import content_hash
from flowstd.standard.edition import Edition, load

from ..steps import HEADS, step_rows

if TYPE_CHECKING:
    from flowstd.ir.model import Flow

NUMBER = HEADS[0].zh                  # the head of a column that counts the rows
HASH_SHOWN = 16                       # digits of the content hash, as on the chart


class Words(NamedTuple):
    """A value in words; *link* is where it leads, if anywhere."""

    text: str
    link: str = ""


class Fields(NamedTuple):
    """Names and values, a row each."""

    id: str
    title: str
    rows: tuple[tuple[str, Words], ...]


class Lines(NamedTuple):
    """A list; *numbered* when its order counts."""

    id: str
    title: str
    lines: tuple[str, ...]
    numbered: bool = False


class Table(NamedTuple):
    """A table; its first column names the row, *widths* are in letters."""

    id: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...]


class Picture(NamedTuple):
    """Where the chart stands."""

    id: str
    title: str


Part = Fields | Lines | Table | Picture


class Guide(NamedTuple):
    """One guide."""

    title: str
    scenario: str
    parts: tuple[Part, ...]
    hash: str                         # of all that chart and guide say
    edition: str                      # the standard, as the chart names it
    illustrative: str                 # the note on values that are made up; empty where none is


def guide_of(flow: Flow, item: Item | None, scenario: str, *, edition: str) -> Guide:
    """The guide of *item* in *scenario*, which is handled as *flow* says; without an item, of the steps alone.

    Raises: UnknownName: there is no such edition.
    """
    rules = load(edition)
    parts = (*(_of_item(item, rules) if item is not None else ()), *_of_flow(flow, edition, rules),
             *(_where(item, rules) if item is not None else ()))
    name = item.name if item is not None else flow.title or title_of("", scenario, rules)
    note = rules.words.page.illustrative_note if item is not None and item.illustrative else ""
    return Guide(clean(name), clean(scenario), tuple(part for part in parts if _filled(part)),
                 content_hash(flow, item, scenario, edition), rules.words.page.edition.format(edition=rules.name), note)


def _filled(part: Part) -> bool:
    return isinstance(part, Picture) or bool(part[2])


# ---- the item


def _of_item(item: Item, rules: Edition) -> Iterator[Part]:
    say = _Saying(item, rules)
    yield Fields("basic", "基本信息", say.fields(
        "code", "item_type", "authority", "office", "entrusted_by", "levels", "power_source", "case_type",
        "service_targets", "channels", "area", "special_procedures", "onsite_visits", "onsite_reason", "version",
        "effective_on", "cancelled_on"))
    yield Fields("limits", "办理时限", say.fields("statutory", "statutory_note", "promised", "promised_note"))
    yield Lines("bases", "设定依据", say.lines("legal_bases", (source.zh for source in item.legal_bases)), True)
    yield Lines("conditions", "受理条件", say.lines("acceptance_conditions", item.acceptance_conditions), True)
    yield _materials(item, say)
    yield Fields("fees", "收费", say.fee(item.fee) if item.fee is not None else ())
    yield _results(item, say)


_MATERIALS = ("name", "need", "kind", "form", "copies", "size", "source", "standard", "note", "basis", "blank",
              "sample")
_MATERIAL_WIDTHS = (24, 8, 8, 8, 5, 6, 10, 20, 20, 20, 8, 8)
_RESULTS = ("name", "type", "valid", "valid_note", "sample")
_RESULT_WIDTHS = (24, 10, 12, 30, 12)


def _materials(item: Item, say: _Saying) -> Table | Lines:
    return _parts("materials", "申请材料", Material, item.materials, _MATERIALS, _MATERIAL_WIDTHS, say)


def _results(item: Item, say: _Saying) -> Table | Lines:
    return _parts("results", "审批结果", Result, item.results, _RESULTS, _RESULT_WIDTHS, say)


def _parts(id: str, title: str, model: type[Material] | type[Result], parts: tuple[Any, ...], fields: tuple[str, ...],
           widths: tuple[int, ...], say: _Saying) -> Table | Lines:
    """A row for each part; columns in which nothing stands are left out, and names alone are a list."""
    used = [place for place, field in enumerate(fields)
            if any(getattr(part, field) not in ("", None) for part in parts)]
    heads = tuple(model.model_fields[fields[place]].title or fields[place] for place in used)
    rows = tuple(tuple(say.part(getattr(part, fields[place]), place) for place in used) for part in parts)
    if rows and id in say.made_up:
        rows = tuple((Words(row[0].text + say.mark), *row[1:]) for row in rows)
    if len(used) < 2:
        return Lines(id, title, tuple(row[0].text for row in rows), True)
    return Table(id, title, heads, rows, tuple(widths[place] for place in used))


def _where(item: Item, rules: Edition) -> Iterator[Part]:
    yield Fields("places", "办理渠道", _Saying(item, rules).fields("place", "opening_hours", "contact", "complaint",
                                                               "link"))


class _Saying:
    """Puts the values of one item into words; those that are made up carry the mark of the standard."""

    def __init__(self, item: Item, rules: Edition) -> None:
        self.item, self.rules = item, rules
        self.made_up = frozenset(item.illustrative)
        self.mark = rules.words.page.illustrative_mark

    def fields(self, *names: str) -> tuple[tuple[str, Words], ...]:
        """The elements that have a value."""
        found = ((name, _value(getattr(self.item, name))) for name in names)
        return tuple((_title(name), self.marked(name, text)) for name, text in found if text)

    def fee(self, fee: Fee) -> tuple[tuple[str, Words], ...]:
        """What is said of fees; where nothing is charged, no more than that."""
        names = ("charged", "name", "standard", "basis", "waivable", "waiver_basis") if fee.charged else ("charged",)
        found = ((name, _value(getattr(fee, name))) for name in names)
        return tuple((Fee.model_fields[name].title or name, self.marked("fee", text)) for name, text in found if text)

    def lines(self, name: str, lines: Iterable[str]) -> tuple[str, ...]:
        """The lines of one element."""
        return tuple(self.marked(name, clean(line)).text for line in lines)

    def marked(self, name: str, text: str) -> Words:
        """*text*, the value of the element *name*."""
        return Words(text + self.mark if name in self.made_up else text, text if name == "link" else "")

    def part(self, value: Any, place: int) -> Words:
        """A value inside a table; addresses become links."""
        text = _value(value)
        if text.startswith(("http://", "https://")):
            return Words("下载", text)
        return Words(text)


def _title(name: str) -> str:
    return Item.model_fields[name].title or name


def _value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(map(_value, value))
    if isinstance(value, Term) or hasattr(value, "zh"):
        return clean(str(value.zh))
    return clean(str(value))


# ---- the steps


def _of_flow(flow: Flow, edition: str, rules: Edition) -> Iterator[Part]:
    yield Picture("chart", "办理流程图")
    rows = step_rows(flow, edition)
    used = [place for place in range(len(HEADS)) if any(row[place] for row in rows)]
    yield Table("steps", "办理步骤", tuple(HEADS[place].zh for place in used),
                tuple(tuple(Words(clean(row[place])) for place in used) for row in rows),
                tuple(_STEP_WIDTHS[place] for place in used))
    yield Lines("remarks", "备注", tuple(f"{mark} {clean(text)}" for mark, text in remarks_of(flow).words))
    yield Lines("law", "办理依据", tuple(map(clean, bases_of(flow, rules))), True)


_STEP_WIDTHS = (6, 13, 10, 11, 15, 13, 17, 15)
