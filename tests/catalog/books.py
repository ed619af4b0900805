"""Workbooks for tests, made part by part: ordinary ones, and those that no office program would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TIES = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

ITEM_HEADS = ("实施编码", "事项名称", "情形", "事项类型")
STEP_HEADS = ("事项", "泳道", "步骤名称", "类别", "环节", "时限", "下一步", "办结状态")
BRANCH_HEADS = ("事项", "步骤", "分支", "去向")
STEPS: Sequence[Sequence[str]] = (
    ("T-1", "申请人", "提交申请", "", "申请", "", "", ""),
    ("", "窗口", "材料是否齐全？", "判断", "形式审查", "", "", ""),
    ("", "窗口", "一次性告知补正", "", "告知", "5工作日", "", ""),
    ("", "申请人", "补正材料", "", "补正", "", "材料是否齐全？", ""),
    ("", "窗口", "受理", "", "受理", "", "", ""),
    ("", "窗口", "办结", "结束", "", "", "", "办结"),
)
BRANCHES: Sequence[Sequence[str]] = (("T-1", "材料是否齐全？", "是", "受理"), ("", "", "", ""),
                                     ("T-1", "材料是否齐全？", "否", "一次性告知补正"))
ITEM: Sequence[str] = ("T-1", "户外广告设施设置许可", "新办", "行政许可")


def ordinary(**changed: Sequence[Sequence[str]]) -> dict[str, str]:
    """A workbook of one item that is right; sheets may be given other rows."""
    tables: dict[str, Sequence[Sequence[str]]] = {
        "事项": (ITEM_HEADS, ITEM), "步骤": (STEP_HEADS, *STEPS), "分支": (BRANCH_HEADS, *BRANCHES), **changed}
    return {name: rows(table) for name, table in tables.items()}


def rows(table: Iterable[Sequence[str]]) -> str:
    """The data of a sheet whose cells are texts; a cell that begins with ``<c`` is taken as XML, ``{at}`` its place."""
    made = []
    for number, row in enumerate(table, 1):
        cells = "".join(cell(text, f"{chr(64 + place)}{number}") for place, text in enumerate(row, 1) if text)
        made.append(f'<row r="{number}">{cells}</row>')
    return f"<sheetData>{''.join(made)}</sheetData>"


def cell(text: str, at: str) -> str:
    """One cell."""
    if text.startswith("<c"):
        return text.replace("{at}", at)
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def parts(sheets: Mapping[str, str], extra: Mapping[str, str | bytes] = {}, *, book: str = "",
          styles: str = "", texts: str = "") -> dict[str, str | bytes]:
    """Every part of a workbook with these sheets; *extra* are added, or take the place of those that are usual."""
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
                     for number, name in enumerate(sheets, 1))
    ties = "".join(f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
                   for number in range(1, len(sheets) + 1))
    if styles:
        ties += f'<Relationship Id="rIdS" Type="{OFFICE}/styles" Target="styles.xml"/>'
    if texts:
        ties += f'<Relationship Id="rIdT" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{TIES}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}'
                           f'<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{TIES}">{ties}</Relationships>',
    }
    if styles:
        found["xl/styles.xml"] = f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    if texts:
        found["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{MAIN}">{texts}</sst>'
    for number, data in enumerate(sheets.values(), 1):
        found[f"xl/worksheets/sheet{number}.xml"] = f'{HEAD}<worksheet xmlns="{MAIN}">{data}</worksheet>'
    return {**found, **extra}


def packed(found: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    """The file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    return file.getvalue()


def saved(path: Path, sheets: Mapping[str, str], extra: Mapping[str, str | bytes] = {},
          stored: bool = False, **more: str) -> Path:
    """A workbook on disk."""
    path.write_bytes(packed(parts(sheets, extra, **more), stored=stored))
    return path
