"""Plan: which charts will be made, and what their files are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowstd.base.digest import digest
from flowstd.base.errors import BadElement, FlowstdError
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.catalog.config import PLAIN, Look
from flowstd.catalog.entry import Failed
from flowstd.item.codes import readable_name
from flowstd.pipeline import FORMATS

if TYPE_CHECKING:
    from flowstd.ir.case import Case


DIVIDED = 2_000                       # entries above which every authority gets a folder of its own
NO_AUTHORITY = "未写明实施主体"


@dataclass(frozen=True, slots=True)
class Job:
    """One chart to be made. A plain value: it can be sent to another process or machine."""

    name: str                         # of its files, without suffix
    case: Case
    formats: tuple[str, ...] = ()
    look: Look = PLAIN
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)      # of formats, by name


def plan(entries: Iterable[Case | Failed], formats: tuple[str, ...] = (), look: Look = PLAIN) -> Iterator[Job | Failed]:
    """One job for each case, in order; what failed to load, or has no name of its own, is passed through as failed."""
    names = Names()
    for entry in entries:
        if isinstance(entry, Failed):
            yield entry
            continue
        try:
            name = stem_of(entry)
            names.take(name, entry.key, entry.where)
        except FlowstdError as error:
            yield Failed.of(entry.key, error)
            continue
        yield Job(name, entry, formats, look)


def stem_of(case: Case) -> str:
    """What the files of *case* are called, without suffix. Raises BadElement.

    A name that would end as the names of further files do (``.page2``, ``.geometry``), or is that of a page of ours,
    gets digits of its hash: no file of one case is ever called as one of another's.
    """
    stem = case.item.file_name + (f".{readable_name(case.scenario)}" if case.scenario else "")
    return f"{stem}-{digest(case.key)[:12]}" if _OURS.search(stem) else stem


def folder_of(case: Case) -> str:
    """The folder that the files of *case* stand in where a catalogue is large: its authority's.

    No two authorities share one, not even on a disk that ignores case.
    """
    name = case.item.authority or NO_AUTHORITY
    folder = readable_name(name)
    same = unicodedata.normalize("NFC", name).casefold()
    return folder if folder == same or folder != name else f"{folder}-{digest(name)[:12]}"


class Names:
    """The file names that are taken.

    Two charts never share one, not even on a disk that ignores case or composes
    letters: the later one fails and names the earlier.
    """

    def __init__(self) -> None:
        self._taken: dict[str, tuple[str, Where]] = {}

    def take(self, name: str, key: str, where: Where) -> None:
        """Take *name* for the case *key*. Raises BadElement: another has it."""
        same = unicodedata.normalize("NFC", name).casefold()
        if same in self._taken:
            raise self._shared(key, where, *self._taken[same])
        self._taken[same] = (key, where)

    def _shared(self, key: str, where: Where, first: str, there: Where) -> BadElement:
        if key == first:
            return BadElement(Text(f"“{key}”写了两次：{there} 和 {where}",
                                   f'"{key}" is given twice: at {there} and at {where}'), where=where,
                              fix=Text("删去一处，或改编码、情形", "remove one, or change its code or scenario"))
        return BadElement(Text(f"“{key}”与“{first}”（{there}）会写进同一个文件",
                               f'"{key}" and "{first}" ({there}) would share one file'), where=where,
                          fix=Text("改其中一个的编码或情形", "change the code or the scenario of one of them"))


_FURTHER = "|".join(re.escape(form.suffix.split(".")[1]) for form in FORMATS.values() if form.suffix.count(".") > 1)
_OURS = re.compile(rf"\.(page[0-9]+|{_FURTHER})$|^(index|flowstd-manifest)$", re.IGNORECASE)
