"""How a workbook cites law: as a text anyone can read; what a text cannot say stands in the sheet 依据."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from flowstd.base.errors import BadElement
from flowstd.base.legal import Evidence, LegalSource
from flowstd.base.text import Text
from flowstd.dsl.law import law

from .days import day_from
from .record import Problems, Record

_DAYS = ("in_force_from", "in_force_until", "checked_on")


class Citations:
    """Text ↔ source, for one workbook."""

    def __init__(self, listed: Mapping[str, LegalSource] | None = None, *, prefer: Iterable[LegalSource] = ()) -> None:
        self.listed: dict[str, LegalSource] = dict(listed or {})
        self.plain: set[str] = set()              # texts that say all there is
        for source, _ in Counter(prefer).most_common():                # the plainest text is for the usual source
            self.text(source)

    def source(self, text: str) -> LegalSource:
        """What *text* cites."""
        return self.listed.get(text) or law(" ".join(text.split()))

    def text(self, source: LegalSource) -> str:
        """How *source* is cited; it is listed when the text alone would not give it back."""
        text, number = source.zh, 1
        while self.source(text) != source:
            if text not in self.listed and text not in self.plain:
                self.listed[text] = source
                return text
            number += 1
            text = f"{source.zh}〔{number}〕"
        if text not in self.listed:
            self.plain.add(text)
        return text

    def rows(self) -> list[dict[str, str]]:
        """The sheet 依据."""
        return [{"text": text, "title": source.title, "number": source.number, "article": source.article,
                 **{name: day.isoformat() for name in _DAYS if (day := getattr(source, name))},
                 "evidence": source.evidence.value} for text, source in self.listed.items()]


def read_citations(records: Iterable[Record], problems: Problems) -> Citations:
    """The sources that the sheet 依据 lists."""
    found: dict[str, LegalSource] = {}
    for record in records:
        source = problems.of(_source, record)
        if source is not None:
            found[record.get("text") or source.zh] = source
    return Citations(found)


def _source(record: Record) -> LegalSource:
    if not record.get("title"):
        raise BadElement(Text("文件名称必填", "the title is missing"), where=record.where("title"))
    about: dict[str, Any] = {name: record.get(name) for name in ("title", "number", "article")}
    about |= {name: record.made(name, day_from) for name in _DAYS}
    about["evidence"] = record.word("evidence", {level: level.value for level in Evidence}) or Evidence.AUTHOR
    return LegalSource(**about)
