"""The fence: the same answers and messages, in MkDocs, in zensical and in Python-Markdown alone."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown import Markdown

from flowstd.catalog.config import open_catalogue
from flowstd.catalog.load import load
from flowstd.ext.markdown import fence, request_of
from flowstd.pipeline import DIRECTIONS, VIEWS
from tests.catalogues import CONFIG, LONG_PYTHON, catalogue
from tests.ext.sites import items, run, site

PAGE = """\
---
title: 一页
---

# 指南

```flowstd
item: T-1
catalogue: items
caption: 办理流程
```

- 列表里

    ```flowstd
    applicant.submit("提交申请") >> end.done
    ```

```flowstd
steps: T-2
catalogue: items
```

```flowstd
flow:
direction: right

steps:
  - 申请人: 提交申请
  - end: done
```

```flowstd
rule: STR005
```
"""
BROKEN = """\
---
title: 一页
---

```flowstd
applicant.submit("提交申请") >> window.acept("受理") >> end.done
```

```flowstd
itme: T-1
```
"""


def markdown() -> Markdown:
    """Python-Markdown alone, with the fence."""
    fences = [{"name": "flowstd", "class": "flowstd", "format": fence}]
    return Markdown(extensions=["pymdownx.superfences"],
                    extension_configs={"pymdownx.superfences": {"custom_fences": fences}})


def page(text: str) -> str:
    """*text* as it makes it."""
    return markdown().convert(text)


def fenced(text: str) -> str:
    return page(f"```flowstd\n{text}\n```\n")


def svgs(html: str) -> list[str]:
    return re.findall(r"<svg .*?</svg>", html, re.DOTALL)


@pytest.mark.parametrize("program", ["mkdocs", "zensical"])
def test_a_fresh_site_needs_three_lines(program: str, tmp_path: Path) -> None:
    built = run(program, site(tmp_path, {"index.md": PAGE}), *(["--strict"] if program == "mkdocs" else []))
    shown = svgs(built.page()) if built.code == 0 else []

    assert built.code == 0, built.warnings
    assert len([svg for svg in shown if 'class="flowstd' in svg]) == 5
    assert "环节" in built.page()                                   # headings speak the language of the theme
    assert "一次性告知补正" in built.page()


@pytest.mark.parametrize("program", ["mkdocs", "zensical"])
def test_a_mistake_is_told_with_its_place_and_shown_as_words(program: str, tmp_path: Path) -> None:
    built = run(program, site(tmp_path, {"index.md": BROKEN}))

    assert "docs/index.md:6:29: SRC001" in built.warnings
    assert "^^^^^^^^^^^^" in built.warnings
    assert "docs/index.md:10: SRC001" in built.warnings
    assert "flowstd-error" in built.page()
    assert "职责" not in built.page()
    assert not [svg for svg in svgs(built.page()) if 'class="flowstd' in svg]


def test_a_mistake_stops_a_strict_build(tmp_path: Path) -> None:
    assert run("mkdocs", site(tmp_path, {"index.md": BROKEN}), "--strict").code == 1


def test_alone_it_draws_as_well(caplog: pytest.LogCaptureFixture) -> None:
    html = fenced('applicant.submit("提交申请") >> end.done')

    ElementTree.fromstring(svgs(html)[0])
    assert not caplog.records


def test_equal_charts_of_a_page_have_their_own_ids() -> None:
    flow = '```flowstd\napplicant.submit("提交申请") >> end.done\n```\n'
    ids = re.findall(r' id="([^"]+)"', page(flow + "\n" + flow))

    assert len(ids) == len(set(ids)) > 0
    writer = markdown()
    assert writer.convert(flow) == writer.reset().convert(flow)    # and a page does not depend on the one before


def test_one_flow_drawn_otherwise_has_ids_of_its_own() -> None:
    asked = [f"flow:\nview: {view}\ndirection: {direction}\ntheme: {theme}\nframe: {frame}"
             for view in VIEWS for direction in DIRECTIONS for theme in ("official", "colour")
             for frame in ("page", "chart")]
    shown = "\n".join(f'```flowstd\n{one}\n\napplicant.submit("提交申请") >> end.done\n```\n' for one in asked * 2)
    ids = re.findall(r' id="([^"]+)"', page(shown))

    assert len(svgs(page(shown))) == 32
    assert len(ids) == len(set(ids)) > 0


def test_words_of_authors_are_escaped() -> None:
    html = fenced('flow:\ncaption: <script>alert(1)</script>\n\napplicant.submit("<b>&") >> end.done')

    assert "<script>" not in html
    assert "<b>" not in html


def test_charts_are_dark_where_the_page_is() -> None:
    html = fenced('flow:\ntheme: colour\n\napplicant.submit("甲") >> end.done')

    assert "[data-md-color-scheme=slate]{.flowstd-colour .paper{" in html
    assert "[data-theme=auto]{.flowstd-colour .paper{" in html
    assert "<style>" not in fenced('applicant.submit("甲") >> end.done')


def test_what_is_missing_is_told(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
                                 tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    items(tmp_path / "items")
    for asked, words in {
        "item: T-1": "no catalogue is named",
        "item: T-9\ncatalogue: items": "did you mean",
        "item:": "is missing",
        "rule: STR005\ncaption: x": 'has no option "caption"',
        "item: T-1\ncatalogue items": 'is not "option: value"',
        "index: T-1": "nothing stands behind",
    }.items():
        caplog.clear()
        assert "flowstd-error" in fenced(asked)
        assert words in caplog.text


def test_a_fence_is_a_flow_unless_it_asks() -> None:
    assert request_of("steps:\n  - 申请人: 甲").word == "flow"
    assert request_of("name: 甲\nitem_type: 公共服务").word == "flow"
    assert request_of("lanes: {市住建局: organ}\nsteps: []").word == "flow"
    assert request_of("steps: T-1").word == "steps"
    asked = request_of("flow:\ncode\ntitle: 甲\n\na >> b")
    assert (asked.word, dict(asked.options), asked.content) == ("flow", {"code": "", "title": "甲"}, "a >> b")


ALL_LOOKS = {"view": "external", "direction": "right", "theme": "colour", "collapse": "always"}
PLAIN_LOOKS = {"view": "internal", "direction": "down", "theme": "official"}


@pytest.mark.parametrize("asked", [{}, PLAIN_LOOKS])
def test_an_item_looks_as_its_catalogue_says_unless_the_page_says_otherwise(tmp_path: Path,
                                                                            asked: dict[str, str]) -> None:
    said = "".join(f'{name} = "{value}"\n' for name, value in ALL_LOOKS.items())
    folder = catalogue(tmp_path, {"a.py": LONG_PYTHON}, said + CONFIG)
    options = {"item": "T-3", "catalogue": folder, **asked}
    html = fenced("\n".join(f"{name}: {value}" for name, value in options.items()))
    sheet = next(iter(load(open_catalogue(folder)))).compile(**{**ALL_LOOKS, **asked}).sheet()

    assert re.findall(r'<title id="(.+?)-title"', html) == [sheet.key]
    assert sheet.description in html and "核对第2册" not in html


def test_findings_are_those_of_the_charts_that_are_built(tmp_path: Path) -> None:
    for look, told in (("", True), ('collapse = "fit"\n', False)):
        folder = catalogue(tmp_path, {"a.py": LONG_PYTHON}, look + CONFIG)
        assert ("DRW006" in fenced(f"findings: T-3\ncatalogue: {folder}")) == told
