"""Files that no department would send: each is refused or read within 200 MB, and the process lives."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from flowstd.base.errors import BadSource
from flowstd.catalog.book.workbook import read_workbook
from flowstd.catalog.from_xlsx import cases_in
from tests.catalog.books import MAIN, TIES, ordinary, packed, parts, rows, saved
from tests.conftest import ROOT, need

MOST_MB = 200
READ = """
import sys
from pathlib import Path
from flowstd.base.errors import FlowstdError
from flowstd.catalog.from_xlsx import cases_in
try:
    print(*(getattr(entry, "key", "failed") for entry in cases_in(Path(sys.argv[1]), {})))
except FlowstdError as error:
    print("refused:", str(error).splitlines()[0])
with open("/proc/self/status") as status:
    print(next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")))
"""
LARGE = 48_000_000


def read_aside(path: Path) -> tuple[str, int]:
    """What reading *path* in a process of its own says, and the most MB that it took."""
    need(Path("/proc/self/status").exists(), "/proc")
    env = {"PYTHONPATH": str(ROOT), "FLOWSTD_LANG": "en", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, env=env, timeout=120,
                          check=True)
    said, megabytes = done.stdout.strip().rsplit("\n", 1)
    return said, int(megabytes)


def sheet(data: str, *, stored: bool = True) -> bytes:
    return packed(parts({"事项": data}), stored=stored)


def cells(count: int, width: int) -> str:
    made = (f'<row r="{row}">' + "".join(f'<c t="inlineStr"><is><t>{row:x}{column}</t></is></c>'
                                         for column in range(width)) + "</row>"
            for row in range(1, count // width))
    return f"<sheetData>{''.join(made)}</sheetData>"


def bomb() -> bytes:
    """400 kB that unpack to 400 MB."""
    file = io.BytesIO(packed(parts(ordinary())))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/worksheets/sheet9.xml",
                                                                                   "w") as part:
        for _ in range(400):
            part.write(b" " * 1_000_000)
    return file.getvalue()


def lying() -> bytes:
    """A bomb whose directory says that it is small."""
    data = bytearray(sheet(f"<sheetData>{'<row/>' * 20_000_000}</sheetData>", stored=False))
    name = b"xl/worksheets/sheet1.xml"
    struct.pack_into("<I", data, data.rfind(b"PK\x01\x02", 0, data.rfind(name)) + 24, 1_000)
    return bytes(data)


def overlapping() -> bytes:
    """Ten parts that are one and the same compressed megabyte of nothing."""
    data = bytearray(packed({**parts(ordinary()),
                             **{f"xl/p{number}.xml": b" " * LARGE if not number else b"" for number in range(10)}}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        first = archive.getinfo("xl/p0.xml")
    for number in range(1, 10):
        at = data.rfind(b"PK\x01\x02", 0, data.rfind(f"xl/p{number}.xml".encode()))
        struct.pack_into("<III", data, at + 16, first.CRC, first.compress_size, first.file_size)
        struct.pack_into("<I", data, at + 42, first.header_offset)
    return bytes(data)


HEAVY: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (bomb, "unpacks to more than 50 MB"),
    "zip bomb beside the sheets": (
        lambda: packed(parts(ordinary(), {"xl/theme.xml": " " * LARGE})), "unpacks to more than 50 MB"),
    "directory that lies": (lying, "is damaged"),
    "parts that overlap": (overlapping, "unpacks to more than 50 MB"),
    "one cell of 48 MB": (lambda: sheet(f'<sheetData><row><c t="str"><v>{"a" * LARGE}</v></c></row></sheetData>'),
                          "has no headings"),
    "half a million different cells": (lambda: sheet(cells(900_000, 10)), "more than can be read at once"),
    "two million texts": (
        lambda: packed(parts(ordinary(), texts="".join(f"<si><t>{number:x}</t></si>" for number in range(2_000_000))),
                       stored=True),
        "more than can be read at once"),
    "texts of wide letters": (
        lambda: packed(parts(ordinary(), texts=f"<si><t>{'a' * 32_000}\U0001f600</t></si>" * 1_500), stored=True),
        "more than can be read at once"),
    "three million tags within each other": (lambda: sheet("<a>" * 3_000_000 + "</a>" * 3_000_000),
                                             "is nested deeper than 64"),
    "three million attributes": (
        lambda: sheet("<sheetData " + " ".join(f"a{number}=''" for number in range(3_000_000)) + "/>"),
        "a tag of more than 1 MB"),
    "an attribute of 48 MB": (lambda: sheet(f'<sheetData a="{"x" * LARGE}"/>'), "a tag of more than 1 MB"),
    "a comment of 48 MB": (lambda: sheet(f"<!--{'x' * LARGE}-->"), "a tag of more than 1 MB"),
    "five thousand sheets": (
        lambda: packed(parts({**ordinary(), **{f"s{number}": "<sheetData/>" for number in range(5_000)}})),
        "5007 parts"),
    "cells merged again and again": (
        lambda: sheet(rows([["实施编码", "事项名称"], ["1", "a"], ["2", "b"]])
                      + "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 1_000_000 + "</mergeCells>"),
        "more than can be read at once"),
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_is_refused_within_200_mb(name: str, tmp_path: Path) -> None:
    make, why = HEAVY[name]
    path = tmp_path / "book.xlsx"
    path.write_bytes(make())

    said, megabytes = read_aside(path)

    assert said.startswith("refused:") and why in said
    assert megabytes < MOST_MB


def test_a_last_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sheets = ordinary()
    sheets["事项"] = '<dimension ref="A1:XFD1048576"/>' + sheets["事项"].replace("</sheetData>", far)
    path = saved(tmp_path / "book.xlsx", sheets)

    said, megabytes = read_aside(path)

    assert said == "T-1.新办" and megabytes < MOST_MB
    assert [str(note.where) for case in cases_in(path, {}) for note in case.noticed] == [f"{path}!事项!XFD1048576"]


BAD_XML = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
LOL = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000
NOT_WORKBOOKS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 5_000, "protected by a password"),
    "old .xls": (OLE + "Workbook".encode("utf-16-le") + b"\0" * 5_000, "an old .xls file"),
    "web page": (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table></html>", "a web page"),
    "web page in GBK": ("<table><tr><td>事项</td></tr></table>".encode("gbk"), "a web page"),
    "XML of 2003": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
                    "XML spreadsheet of 2003"),
    "CSV in GBK": ("实施编码,事项名称\n1,广告\n".encode("gbk"), "plain text, such as CSV"),
    "CSV in UTF-16": ("实施编码\t事项名称\n".encode("utf-16"), "is of another kind"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is of another kind"),
    "half a file": (packed(parts(ordinary()))[:900], "is damaged"),
    "a head alone": (b"PK\x03\x04" + b"\0" * 50, "is damaged"),
    "another archive": (packed({"a.txt": "a"}), "holds no workbook"),
    "OpenDocument": (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
                     "OpenDocument"),
    "Word": (packed(parts({}, {"_rels/.rels": "<a/>", "word/document.xml": "<a/>"})), "a Word document"),
    "external entity": (packed(parts(ordinary(), {"xl/workbook.xml": BAD_XML + "<workbook>&b;</workbook>"})),
                        "declares a DOCTYPE"),
    "entities in entities": (packed(parts(ordinary(),
                                          {"xl/worksheets/sheet1.xml": LOL + "<worksheet>&c;</worksheet>"})),
                             "declares a DOCTYPE"),
    "entities in UTF-16": (packed(parts(ordinary(), {
        "xl/worksheets/sheet1.xml": (LOL + "<worksheet>&c;</worksheet>").encode("utf-16")})), "declares a DOCTYPE"),
    "external DTD": (packed(parts(ordinary(), {
        "xl/sharedStrings.xml": "<a/>", "_rels/.rels": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'})),
                     "declares a DOCTYPE"),
    **{f"encoding {name}": (
        packed(parts(ordinary(), {"xl/workbook.xml": f'<?xml version="1.0" encoding="{name}"?>'})),
        f"is in an unknown encoding, {name}") for name in ("UTxF-8", "utf-7", "gbk", "hex", "idna")},
    "no XML": (packed(parts(ordinary(), {"xl/workbook.xml": "<workbook><sheets>"})), "is not XML"),
    "300 sheets": (packed(parts({f"s{number}": "<sheetData/>" for number in range(300)})), "more than 200 sheets"),
    "no such cell": (sheet('<sheetData><row><c r="XFE1"><v>1</v></c></row></sheetData>'), "malformed: XFE1"),
    "no such row": (sheet('<sheetData><row r="1048577"/></sheetData>'), "malformed: 1048577"),
    "no such text": (sheet('<sheetData><row><c r="A1" t="s"><v>7</v></c></row></sheetData>'), "malformed: A1"),
    "no number": (sheet('<sheetData><row><c r="A1"><v>1.2.3</v></c></row></sheetData>'), "malformed: A1"),
    "no merge": (sheet('<sheetData/><mergeCells><mergeCell ref="A:B"/></mergeCells>'), "malformed: A:B"),
    "a sheet whose part is missing": (
        packed({name: data for name, data in parts(ordinary()).items() if name != "xl/worksheets/sheet1.xml"}),
        'has no sheet "事项"'),
    "a sheet that stands outside": (packed(parts(ordinary(), {
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{TIES}"><Relationship Id="rId1" Type="x/worksheet" '
                                      'Target="../../../../etc/passwd"/></Relationships>'})), 'has no sheet "事项"'),
    "no sheet of items": (packed(parts({"事 项": rows([["a"]])})), 'has no sheet "事项"'),
    "no headings": (packed(parts({"事项": rows([["甲", "乙"], ["丙", "丁"]])})), "has no headings"),
    "one heading twice": (packed(parts({"事项": rows([["事项名称", "实施编码", "name"]])})), 'two columns are both "name"'),
}


@pytest.mark.parametrize("name", NOT_WORKBOOKS)
def test_what_is_no_workbook_is_told_as_what_it_is(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOWSTD_LANG", "en")
    data, why = NOT_WORKBOOKS[name]
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)

    with pytest.raises(BadSource) as told:
        list(cases_in(path, {}))

    assert why in told.value.what.en and told.value.where.file == str(path)
    assert told.value.fix is not None


def test_an_encrypted_part_is_a_password(tmp_path: Path) -> None:
    data = bytearray(packed(parts(ordinary())))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)

    with pytest.raises(BadSource, match=r"密码|password"):
        read_workbook(path, lambda name: True)


def test_parts_in_another_compression_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in parts(ordinary()).items():
            archive.writestr(name, data)

    with pytest.raises(BadSource, match=r"损坏|damaged"):
        read_workbook(path, lambda name: True)


def test_a_damaged_file_never_raises_anything_else(tmp_path: Path) -> None:
    """Every byte in turn is turned over; some files still read, the others say that they are damaged."""
    whole = packed(parts(ordinary(), texts="<si><t>a</t></si>"))
    path = tmp_path / "book.xlsx"
    for at in range(0, len(whole), 7):
        data = bytearray(whole)
        data[at] ^= 0xFF
        path.write_bytes(data)
        try:
            list(cases_in(path, {}))
        except BadSource as error:
            assert error.where.file == str(path)


def test_macros_and_odd_names_of_parts_are_left_alone(tmp_path: Path) -> None:
    path = saved(tmp_path / "book.xlsx", ordinary(), {
        "xl/vbaProject.bin": OLE, "../../evil.xml": "<a/>", "/etc/evil.xml": "<a/>", "C:\\evil.xml": "<a/>",
        "a\nb": "a"})

    [case] = cases_in(path, {})

    assert case.key == "T-1.新办"
    assert [one.name for one in tmp_path.iterdir()] == ["book.xlsx"]


def test_links_into_other_files_are_never_followed(tmp_path: Path) -> None:
    ties = (f'<Relationships xmlns="{TIES}"><Relationship Id="rId1" '
            'Type="x/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="x/officeDocument" '
            'Target="../../etc/passwd" TargetMode="External"/></Relationships>')
    formula = '<c r="{at}" t="str"><f>\'[1]另一本\'!A1</f><v>户外广告设施设置许可</v></c>'
    path = saved(tmp_path / "book.xlsx", ordinary(事项=(["实施编码", "事项名称", "情形", "事项类型"], ["T-1", formula, "新办", "行政许可"])),
                 {"_rels/.rels": ties, "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>'})

    [case] = cases_in(path, {})

    assert case.item.name == "户外广告设施设置许可"
    assert [(note.where.cell, note.message.en) for note in case.noticed] == [
        ("A1", "the workbook links to other files; they were not opened"),
        ("B2", "1 cells are formulas, some from other files; their last values were read: B2")]
