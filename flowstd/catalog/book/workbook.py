"""A workbook file → the sheets that are wanted, as text: nothing is computed, run or fetched."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flowstd.base.errors import BadSource
from flowstd.base.text import Text
from flowstd.base.where import Where

from .archive import Archive
from .cells import Budget, CellReader, Cells, Styles, read_styles, read_texts
from .xml import events

MOST_SHEETS = 200
MOST_LINKS = 10_000             # entries of one part that says what belongs together


@dataclass
class Workbook:
    """The sheets of one file that were asked for, in its order, and the names of the others."""

    file: str
    sheets: list[Cells] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    links_out: bool = False               # formulas of it look into other files

    def sheet(self, name: str) -> Cells | None:
        """The sheet called *name*."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def read_workbook(path: Path, wanted: Callable[[str], bool], *, shown: str = "") -> Workbook:
    """The sheets of *path* whose names are *wanted*.

    Raises: BadSource: the file is no workbook, locked, damaged, or more than fits into the bounds; it says which.
    """
    file = shown or str(path)
    with Archive(path, file) as archive:
        return _Reading(archive, file).workbook(wanted)


class _Reading:
    def __init__(self, archive: Archive, file: str) -> None:
        self.archive, self.file = archive, file
        self.first_1904 = False
        self.listed: list[tuple[str, str]] = []            # name of a sheet, id of its part

    def workbook(self, wanted: Callable[[str], bool]) -> Workbook:
        main = self._main()
        self._list(main)
        parts = self._related(main, "worksheet")
        book = Workbook(self.file, links_out=any(name.startswith("xl/externalLinks/") for name in self.archive.names()))
        budget = Budget(self.file)
        texts: list[str] | None = None
        styles: Styles | None = None
        for name, link in self.listed:
            part = parts.get(link)
            if part is None or not wanted(name):
                book.others.append(name)
                continue
            if texts is None or styles is None:
                texts, styles = self._texts(main, budget), self._styles(main)
            sheet = Cells(self.file, name)
            CellReader(sheet, texts, styles, budget).read(self.archive.chunks(part), part)
            book.sheets.append(sheet)
        return book

    def _main(self) -> str:
        if "_rels/.rels" not in self.archive:
            raise self._no_workbook()
        found = list(self._related("", "officeDocument").values())
        if not found or not found[0].startswith("xl/"):
            raise self._no_workbook()
        if found[0].endswith(".bin"):
            raise BadSource(Text("是二进制工作簿（.xlsb）", "it is a binary workbook (.xlsb)"), where=Where(self.file),
                            fix=_SAVE)
        return found[0]

    def _list(self, main: str) -> None:
        def start(name: str, attributes: Mapping[str, str]) -> None:
            if name == "workbookPr":
                self.first_1904 = attributes.get("date1904", "0") in ("1", "true")
            elif name == "sheet":
                if len(self.listed) >= MOST_SHEETS:
                    raise BadSource(Text(f"工作簿有 {MOST_SHEETS} 张以上的工作表",
                                         f"the workbook has more than {MOST_SHEETS} sheets"),
                                    where=Where(self.file),
                                    fix=Text("只留模板里的几张表", "keep only the sheets of the template"))
                link = next((value for key, value in attributes.items() if key.endswith(" id")), "")
                self.listed.append((attributes.get("name", "").strip(), link))

        events(self.archive.chunks(main), main, self.file, start, lambda name: None)

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """Id → part, of what *part* is tied to by ties of this *kind*; those that lead out of the file are left out."""
        folder, _, name = part.rpartition("/")
        ties = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, str] = {}

        def start(element: str, attributes: Mapping[str, str]) -> None:
            if element != "Relationship" or attributes.get("TargetMode") == "External" or len(found) >= MOST_LINKS:
                return
            if attributes.get("Type", "").rpartition("/")[2] == kind:
                target = attributes.get("Target", "").replace("\\", "/")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder,
                                                                                                            target))
                if whole in self.archive:
                    found[attributes.get("Id", "")] = whole

        if ties in self.archive:
            events(self.archive.chunks(ties), ties, self.file, start, lambda name: None)
        return found

    def _texts(self, main: str, budget: Budget) -> list[str]:
        part = next(iter(self._related(main, "sharedStrings").values()), "")
        return read_texts(self.archive.chunks(part), part, budget) if part else []

    def _styles(self, main: str) -> Styles:
        part = next(iter(self._related(main, "styles").values()), "")
        if not part:
            return Styles(first_1904=self.first_1904)
        return read_styles(self.archive.chunks(part), part, self.file, first_1904=self.first_1904)

    def _no_workbook(self) -> BadSource:
        names = self.archive.names()
        if "mimetype" in names or "content.xml" in names:
            what = Text("是 OpenDocument 表格（.ods）", "it is an OpenDocument sheet (.ods)")
        elif any(name.startswith("word/") for name in names):
            what = Text("是 Word 文档", "it is a Word document")
        else:
            what = Text("压缩包里没有工作簿", "the archive holds no workbook")
        return BadSource(what, where=Where(self.file), fix=_SAVE)


_SAVE = Text("用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”", "save it as an Excel workbook (.xlsx) in Excel or WPS")
