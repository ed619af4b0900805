"""Files from anywhere: read in any encoding, refused where reading would do more than read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from flowstd.base.errors import BadSource
from flowstd.bpmn import read
from flowstd.bpmn.parse import LARGEST, tree_of
from tests.bpmn.hostile import attributes

ROOT = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" name="受理">{}</definitions>'


@pytest.mark.parametrize(
    "encoding", ["UTF-8", "GBK", "GB18030", "Big5", "UTF-16", "UTF-16LE", "UTF-16BE", "Shift_JIS", "UTF-32"]
)
def test_every_common_encoding_is_read_and_written_as_utf_8(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n' + ROOT.format("")
    document = read(text.encode(encoding))

    assert document.root.get("name") == "受理"
    assert "受理" in document.write().decode("utf-8")
    assert read(document.write()).root.get("name") == "受理"


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    assert read(ROOT.format("").encode("utf-8-sig")).write() == ROOT.format("").encode()


def test_latin_letters_in_the_encoding_of_the_suite() -> None:
    data = '<?xml version="1.0" encoding="ISO-8859-1"?>' \
           '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" name="é"/>'

    assert read(data.encode("latin-1")).root.get("name") == "é"


BOMB = "<!DOCTYPE a [" + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(9)) + "]>"


@pytest.mark.parametrize(("data", "line", "what"), [
    (b"<!DOCTYPE a><a/>", 1, "DOCTYPE"),
    (b'<?xml version="1.0"?>\n<!-- x -->\n<?p q?>\n<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 4, "DOCTYPE"),
    ((BOMB + "<a>&e8;</a>").encode(), 1, "DOCTYPE"),
    (BOMB.encode("utf-16"), 1, "DOCTYPE"),
    (b'<a>\n&lol;</a>', 2, "Entity"),
    (b"<a>\n<b>\n</a>", 3, "mismatch"),
    (b"<a>" * 5000 + b"</a>" * 5000, 1, "depth"),
    (b"<a/><b/>", 1, "Extra content"),
    (b"<!-- never ends", 1, "Comment"),
    (b"PK\x03\x04 a zip", 0, "zip"),
    (gzip.compress(b"<a/>"), 0, "gzip"),
    (b'<?xml version="1.0" encoding="utf-7"?><a/>', 1, "encoding"),
    (b'<?xml version="1.0" encoding="unicode_escape"?><a/>', 1, "encoding"),
    ('<?xml version="1.0"?>\n<a b="是"/>'.encode("gbk"), 2, "utf-8"),
    (b"", 0, "empty"),
    (b"<a " + b"x" * 100, 1, "not XML"),
    (b"<html/>", 1, "not BPMN"),
    (b"<a>\n<b " + b" ".join(b'a%d="1"' % n for n in range(1001)) + b"/></a>", 2, "1001 attributes"),
])
def test_bad_files_are_refused_with_the_line(data: bytes, line: int, what: str) -> None:
    with pytest.raises(BadSource) as caught:
        read(data)

    assert caught.value.where.line == line
    assert what in caught.value.what.en


@pytest.mark.parametrize("data", [
    b"<a>" + b"x" * 50_000_000 + b"</a>",
    ROOT.format("<process/>" * 900_000).encode(),
    BOMB.encode() + b"<a>&e8;</a>",
    attributes(),
], ids=["large", "many", "bomb", "attributes"])
def test_what_is_too_much_is_refused(data: bytes) -> None:
    """The memory that it takes is measured in test_limits.py."""
    with pytest.raises(BadSource, match=r"no model is that large|DOCTYPE"):
        read(data)


def test_an_empty_line_before_the_declaration_is_mended() -> None:
    data = b'\n<?xml version="1.0" encoding="UTF-8"?>\n' + ROOT.format("\n<process id='P'/>").encode()
    document = read(data)

    assert document.ids["P"].sourceline == 4
    assert document.write().startswith(b"<?xml")
    assert read(document.write()).ids.keys() == document.ids.keys()


@pytest.mark.parametrize(("inside", "line"), [
    ("\n" + "<task id='a' name='" + "x" * 6000 + "'/>", 2),
    ("".join(f"\n<task id='a{n}'/>" for n in range(5001)), 5002),
    ("<task id='a'/>" + "".join(f"\n<sequenceFlow id='f{n}' sourceRef='a' targetRef='a'/>" for n in range(106)), 107),
], ids=["name", "steps", "flows"])
def test_what_nobody_could_draw_is_kept_and_not_drawn(inside: str, line: int) -> None:
    data = ROOT.format(f"<process id='P'>{inside}</process>").encode()
    document = read(data)

    assert document.write() == data
    for work in (document.relaid, document.completed, document.svg, lambda: document.flows):
        with pytest.raises(BadSource) as caught:
            work()
        assert caught.value.where.line == line


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "large.bpmn"
    with path.open("wb") as file:
        file.truncate(LARGEST * 20)

    with pytest.raises(BadSource, match="MB"):
        read(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.bpmn", tmp_path):
        with pytest.raises(BadSource) as caught:
            read(path)
        assert caught.value.where.file == str(path)


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports, schema locations, style sheets and inclusions are kept as text."""
    secret = tmp_path / "secret.xml"
    secret.write_text("<definitions/>")
    text = (
        f'<?xml-stylesheet href="{secret.as_uri()}"?>'
        f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xi="http://www.w3.org/2001/XInclude" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a {secret.as_uri()}">'
        f'<import location="{secret.as_uri()}" importType="a" namespace="b"/><xi:include '
        f'href="{secret.as_uri()}"/></definitions>'
    )
    monkeypatch.setattr("pathlib.Path.open", lambda *_: pytest.fail("a file was opened"))

    assert read(text.encode()).write() == text.encode()


def test_a_document_type_inside_text_is_text() -> None:
    root = tree_of(b"<a><![CDATA[<!DOCTYPE html>]]></a>")

    assert root.text == "<!DOCTYPE html>"
