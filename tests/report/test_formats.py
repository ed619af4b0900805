"""SARIF is valid, annotations survive odd letters, pages hold no markup of an author."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.check.run import check, settled
from flowstd.check.sample import ordinary
from flowstd.report.entry import Checked
from flowstd.report.github import to_github
from flowstd.report.html import to_html
from flowstd.report.markdown import to_markdown
from flowstd.report.sarif import to_sarif

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
EVIL = '</script><img src=x onerror="alert(1)">|`_*[x](javascript:1)'


def charts() -> list[Checked]:
    """Charts as they come: real findings, a file's error, odd letters, an Excel cell, something allowed."""
    late = ordinary({"promised": "30工作日", "code": ""})
    allowed = settled(ordinary({"promised": "5工作日", "allow": [{"rule": "TIM016", "reason": "系统改造"}]}), "publish")
    odd = Finding("SRC001", "bad-source", Level.ERROR, Text(f"坏{EVIL}\n第二行\x1b[2J", f"bad {EVIL}\n2nd\x1b[2J"),
                  Where("a b/坏,:%.py", 3, 5, 3, 9), Text("改", "mend"), item=EVIL, node="窗口/受理")
    cell = Finding("ITM001", "element-missing", Level.WARNING, Text("空", "empty"),
                   Where("book.xlsx", sheet="事项", cell="B12"))
    bare = Finding("STR001", "not-one-start", Level.INFO, Text("无处", "nowhere"))
    return [Checked("A.新办", "户外广告", "城管局", check(late, "publish")),
            Checked("B", f"坏 {EVIL}", EVIL, (odd, cell, bare)), Checked("C", "好", "城管局"),
            Checked("D", "允许", "", allowed.findings, tuple((one, use.reason) for one, use in allowed.allowed))]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_is_valid(language) -> None:
    log = json.loads(to_sarif(charts(), language))

    jsonschema.Draft7Validator(SCHEMA).validate(log)
    results = log["runs"][0]["results"]
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    assert {"error", "warning", "note"} <= {result["level"] for result in results}


def test_an_empty_run_is_valid_sarif() -> None:
    jsonschema.Draft7Validator(SCHEMA).validate(json.loads(to_sarif([])))


def test_sarif_tells_the_place_and_what_was_allowed() -> None:
    results = json.loads(to_sarif(charts(), "en"))["runs"][0]["results"]
    odd = next(result for result in results if result["ruleId"] == "SRC001")

    place = odd["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b/%E5%9D%8F%2C%3A%25.py"
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    suppressed = [result for result in results if "suppressions" in result]
    assert [(one["ruleId"], one["suppressions"][0]["justification"]) for one in suppressed] == [("TIM016", "系统改造")]


def test_github_keeps_each_finding_on_one_line() -> None:
    lines = to_github(charts(), "zh").splitlines()

    assert len(lines) == sum(len(one.findings) for one in charts())
    odd = next(line for line in lines if "SRC001" in line)
    assert odd.startswith("::error file=a b/坏%2C%3A%25.py,line=3,endLine=3,col=5,endColumn=9,title=SRC001 bad-source ")
    assert "%0A" in odd


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_html_holds_no_markup_of_an_author() -> None:
    page = to_html(charts(), "zh")
    tags = Tags()
    tags.feed(page)

    assert {tag for tag, _ in tags.seen} <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table",
                                             "tr", "th", "td", "a", "details", "summary", "code", "ul", "li", "span",
                                             "dl", "dt", "dd"}
    assert not [attributes for _, attributes in tags.seen for name in attributes if name.startswith("on")]
    assert "\x1b" not in page and "城管局" in page and "《行政许可法》" not in page.split("TIM015")[0][-50:]


def test_markdown_holds_no_markup_of_an_author() -> None:
    text = to_markdown(charts(), "en")

    assert r"\<img" in text and "<img" not in text.replace(r"\<img", "")
    assert "| TIM015 promise-above-law | error | 1 |" in text
