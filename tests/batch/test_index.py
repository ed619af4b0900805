"""The index page: every chart can be found and reached, from disk, without a script."""

from __future__ import annotations

import html.parser
from urllib.parse import unquote

from flowstd.batch.index import Row, page


def row(name: str = "备案", code: str = "A-1", **more) -> Row:
    given = {"scenario": "新办", "authority": "甲局", "item_type": "行政许可", "illustrative": False,
             "files": (f"{code}.新办.svg", f"{code}.新办.bpmn"), "errors": 0, "warnings": 0, **more}
    return Row(name=name, code=code, **given)


class Reader(html.parser.HTMLParser):
    """Tags and attributes of a page; complains of a tag that is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "!doctype"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def links(read: Reader) -> list[str]:
    return [attributes["href"] for tag, attributes in read.found if tag == "a"]


def test_every_file_is_linked_and_every_anchor_exists():
    read = Reader(page([row(), row("注销", "A-2", item_type="公共服务"), row("丙", "B-1", authority="乙局")], ["坏.yaml"], "全部"))
    anchors = {attributes["id"] for _, attributes in read.found if "id" in attributes}

    assert {unquote(link) for link in links(read) if not link.startswith("#")} == {
        f"{code}.新办.{kind}" for code in ("A-1", "A-2", "B-1") for kind in ("svg", "bpmn")}
    assert {link[1:] for link in links(read) if link.startswith("#")} == anchors
    assert "坏.yaml" in read.text


def test_markup_is_shown_and_links_cannot_break_out():
    bad = '"><script>alert(1)</script>'
    read = Reader(page([row(bad, bad, authority=bad, item_type=bad, scenario=bad,
                            files=(bad + ".svg", "javascript:x.svg"))],
                       [bad], bad))

    assert "script" not in [tag for tag, _ in read.found]
    assert read.text.count(bad) >= 5
    assert not any(":" in link for link in links(read))
    assert not any(name.startswith("on") for _, attributes in read.found for name in attributes)


def test_characters_that_html_cannot_hold_are_replaced():
    text = page([row("甲\x00乙\x1b\ud800")], [], "")

    assert text.encode("utf-8")
    assert "\x00" not in text and "\x1b" not in text


def test_rows_are_in_the_order_of_their_codes():
    text = page([row("乙", "B"), row("甲", "A")], [], "")

    assert text.index("甲</a>") < text.index("乙</a>")


def test_what_is_illustrative_or_wrong_is_marked():
    text = page([row(illustrative=True, errors=2, warnings=1)], [], "")

    assert "示例" in text and "错误 2" in text and "提醒 1" in text
