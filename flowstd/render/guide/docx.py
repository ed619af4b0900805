"""A guide as a Word document: equal guides give equal bytes, Chinese type is set in Chinese fonts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flowstd.base.extras import need

from .content import HASH_SHOWN, Fields, Guide, Lines, Part, Picture, Table, Words

_BODY, _HEAD, _LATIN = "宋体", "黑体", "Times New Roman"
_TEXT_WIDTH_CM, _CHART_HEIGHT_CM = 17.0, 23.5
_TABLE_PT = 9
_MADE = datetime(2026, 1, 1)              # files say when they were made; equal content must give equal bytes
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_TINT = "EEF2F6"


def to_docx(guide: Guide, pictures: Sequence[bytes], spoken: str) -> bytes:
    """The document of *guide*; *pictures* are the pages of its chart as PNG, *spoken* is what they show, in words.

    Without pictures the step table stands for the chart, and the document says so.

    Raises: MissingExtra: python-docx is not installed.
    """
    need("docx")
    return _Writer(guide, pictures, spoken).document()


class _Writer:
    def __init__(self, guide: Guide, pictures: Sequence[bytes], spoken: str) -> None:
        import docx
        from docx.shared import Cm

        self.guide, self.pictures, self.spoken = guide, pictures, spoken
        self.word: Any = docx.Document()
        self.cm = Cm
        section = self.word.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2.2)
        self._fonts()

    def document(self) -> bytes:
        guide, word = self.guide, self.word
        about = word.core_properties
        about.title, about.subject, about.language = guide.title, guide.scenario, "zh-CN"
        about.author, about.comments, about.identifier = "flowstd", "", guide.hash
        about.created = about.modified = _MADE
        about.last_modified_by, about.revision = "flowstd", 1
        word.add_heading(guide.title, 0)
        if guide.scenario:
            word.add_paragraph(f"办事指南　情形：{guide.scenario}")
        if guide.illustrative:
            word.add_paragraph(guide.illustrative)
        for part in guide.parts:
            word.add_heading(part.title, 1)
            self._part(part)
        self._foot()
        return _packed(word)

    def _part(self, part: Part) -> None:
        if isinstance(part, Picture):
            self._chart()
        elif isinstance(part, Fields):
            self._rows([(Words(name), value) for name, value in part.rows], (30, 70))
        elif isinstance(part, Table):
            self._rows([tuple(map(Words, part.heads)), *part.rows], part.widths, headed=True)
        else:
            self._lines(part)

    def _lines(self, part: Lines) -> None:
        for number, line in enumerate(part.lines, 1):
            text = f"{number}. {line}" if part.numbered and len(part.lines) > 1 else line
            self.word.add_paragraph(text).paragraph_format.space_after = 0

    def _chart(self) -> None:
        if not self.pictures:
            self.word.add_paragraph("本文件未附流程图（制作时没有安装 flowstd[png]），流程见下面的办理步骤。")
        for picture in self.pictures:
            shape = self.word.add_picture(io.BytesIO(picture), width=self.cm(_TEXT_WIDTH_CM))
            most = self.cm(_CHART_HEIGHT_CM)
            if shape.height > most:
                shape.width, shape.height = int(shape.width * most / shape.height), most
            shape._inline.docPr.set("descr", self.spoken)
            shape._inline.docPr.set("title", self.guide.title)

    def _rows(self, rows: Sequence[Sequence[Words]], widths: Sequence[int], *, headed: bool = False) -> None:
        table = self.word.add_table(len(rows), len(widths))
        table.style, table.autofit = "Table Grid", False
        shares = [self.cm(_TEXT_WIDTH_CM * width / sum(widths)) for width in widths]
        for column, share in zip(table.columns, shares, strict=True):
            column.width = share
        for number, (row, words) in enumerate(zip(table.rows, rows, strict=True)):
            _whole_on_page(row)
            if headed and not number:
                _repeated(row)
            for place, (cell, share, value) in enumerate(zip(row.cells, shares, words, strict=True)):
                cell.width = share
                self._cell(cell, value, head=not number if headed else not place)

    def _cell(self, cell: Any, value: Words, *, head: bool) -> None:
        from docx.shared import Pt

        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = 0
        run = paragraph.add_run(value.text + (f"\n{value.link}" if value.link and value.link != value.text else ""))
        run.font.size = Pt(_TABLE_PT)
        if head:
            _shaded(cell)

    def _foot(self) -> None:
        foot = self.word.sections[0].footer.paragraphs[0]
        foot.text = f"绘制标准：{self.guide.edition}　内容校验码：{self.guide.hash[:HASH_SHOWN]}"

    def _fonts(self) -> None:
        """Latin and Chinese type of every style that is used; Word takes Chinese letters from ``eastAsia`` alone."""
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        sizes = {"Normal": (10.5, _BODY), "Title": (18, _HEAD), "Heading 1": (13, _HEAD), "Footer": (9, _BODY)}
        for name, (size, font) in sizes.items():
            style = self.word.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:eastAsia"), font)
            fonts.set(qn("w:ascii"), _LATIN)
            fonts.set(qn("w:hAnsi"), _LATIN)
        language = self.word.styles.element.find(f".//{qn('w:lang')}")
        if language is not None:
            language.set(qn("w:eastAsia"), "zh-CN")


def _whole_on_page(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeated(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _shaded(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _TINT)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _packed(word: Any) -> bytes:
    """The file without the time of day that its archive would hold."""
    made, fixed = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return fixed.getvalue()
