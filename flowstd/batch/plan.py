"""Plan: which charts will be made, and what their files are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowstd.base.errors import BadElement, FlowstdError
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.catalog.entry import Failed
from flowstd.item.codes import readable_name

if TYPE_CHECKING:
    from flowstd.ir.case import Case


@dataclass(frozen=True, slots=True)
class Job:
    """One chart to be made. A plain value: it can be sent to another process or machine."""

    name: str                         # of its files, without suffix
    case: Case
    formats: tuple[str, ...]
    edition: str


def plan(entries: Iterable[Case | Failed], formats: tuple[str, ...], edition: str) -> Iterator[Job | Failed]:
    """One job for each case, in order; what failed to load passes through.

    Two charts never share a file name, not even on a disk that ignores case or
    composes letters: the later one fails and names the earlier.
    """
    taken: dict[str, tuple[str, Where]] = {}
    for entry in entries:
        if isinstance(entry, Failed):
            yield entry
            continue
        try:
            name = _free_name(entry, taken)
        except FlowstdError as error:
            yield Failed.of(entry.key, error)
            continue
        yield Job(name, entry, formats, edition)


def _free_name(case: Case, taken: dict[str, tuple[str, Where]]) -> str:
    name = case.item.file_name + (f".{readable_name(case.scenario)}" if case.scenario else "")
    same = unicodedata.normalize("NFC", name).casefold()
    if same in taken:
        key, where = taken[same]
        raise BadElement(
            Text(f"“{case.key}”与“{key}”（{where}）会写进同一个文件",
                 f'"{case.key}" and "{key}" ({where}) would share one file'),
            where=case.where, fix=Text("改其中一个的编码或情形", "change the code or the scenario of one of them"))
    taken[same] = (case.key, case.where)
    return name
