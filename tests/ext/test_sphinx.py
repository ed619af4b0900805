"""Sphinx: what pages show, what they tell, and when they are built again."""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flowstd.base.errors import MissingExtra
from flowstd.base.extras import need as installed
from tests.catalogues import HEADINGS
from tests.ext.sites import SPHINX, Built, items, project, sphinx

INDEX = """\
指南
====

.. toctree::

   more

.. flowstd:item:: T-1
   :caption: 办理流程
   :name: fig-one

.. flowstd:steps:: T-2
   :caption: 环节

.. flowstd:flow::
   :code:
   :title: 查询

   applicant.submit("提交申请") >> window.do("查询", note="当场") >> end.done

.. flowstd:rule:: STR005

.. flowstd:index::

.. flowstd:findings::

见 :numref:`fig-one`、:flowstd:item:`T-3`、:flowstd:rule:`STR005`。
"""
MORE = """\
# 更多

```{flowstd:flow}
:direction: right

- 申请人: 提交申请
- end: done
```

```{flowstd:item} 企业档案查询
:frame: chart
:links: 提出申请 = index; 查询档案 = https://example.org/archive
```
"""

ORPHAN = "---\norphan: true\n---\n\n"


def written(folder: Path, index: str, more: str = "# 更多\n", conf: str = SPHINX) -> Path:
    """A project of two pages in *folder*."""
    (folder / "docs").mkdir()
    more = more if "toctree" in index else ORPHAN + more
    return project(folder / "docs", {"index.rst": index, "more.md": more}, conf)


def svgs(page: str) -> list[str]:
    return re.findall(r"<svg .*?</svg>", page, re.DOTALL)


def edit(path: Path, text: str) -> None:
    """Write *path* as an author does, some time after the build before."""
    path.write_text(text, "utf-8")
    later = path.stat().st_mtime + 10
    os.utime(path, (later, later))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Everything that can be asked for, on two pages."""
    folder = tmp_path_factory.mktemp("full")
    conf = SPHINX + "numfig = True\nlanguage = 'zh_CN'\n"
    return sphinx(written(folder, INDEX, MORE, conf), "-W", "--keep-going", "-j", "2")


def test_all_directives_build_without_a_warning(full: Built) -> None:
    assert full.warnings == ""
    assert full.code == 0


def test_charts_stand_in_the_page_as_svg(full: Built) -> None:
    shown = svgs(full.page())

    assert len(shown) == 4                                         # an item, a flow, the two examples of a rule
    assert "户外广告设施设置许可办理流程图（新办）" in shown[0]
    for svg in (*shown, *svgs(full.page("more.html"))):
        ElementTree.fromstring(svg)


def test_no_id_of_a_page_comes_twice(full: Built) -> None:
    for name in ("index.html", "more.html"):
        ids = re.findall(r' id="([^"]+)"', full.page(name))
        assert len(ids) == len(set(ids))


def test_one_flow_may_stand_in_a_page_in_several_looks_and_again(tmp_path: Path) -> None:
    shown = [f".. flowstd:flow::\n   :theme: {theme}\n\n   window.do('查询') >> end.done\n"
             for theme in ("official", "colour", "official")]
    page = sphinx(written(tmp_path, "一\n==\n\n" + "\n".join(shown)), "-W").page()
    ids = re.findall(r' id="([^"]+)"', page)

    assert len(svgs(page)) == 3
    assert len(ids) == len(set(ids))


def test_an_item_has_its_paper_and_a_flow_has_none(full: Built) -> None:
    item, flow = svgs(full.page())[:2]

    assert "事项类型" in item
    assert "绘制标准" not in flow
    assert "①当场" in full.page().replace("<p>", "")               # its remarks stand below


def test_a_table_of_steps_is_a_table(full: Built) -> None:
    assert "<span>序号</span>" in full.page() or "<p>序号</p>" in full.page()
    assert "一次性告知补正" in full.page()


def test_references_lead_to_items_rules_and_figures(full: Built) -> None:
    page = full.page()

    assert 'href="more.html#item-T-3.查询"' in page
    assert 'href="#rule-STR005"' in page
    assert 'href="#fig-one"' in page


def test_the_index_leads_to_the_pages_that_show_an_item(full: Built) -> None:
    table = full.page().split('id="rule-STR005"')[1]

    assert 'href="more.html#item-T-3.查询"' in table
    assert "中医诊所备案" in table                                  # shown nowhere: a name without a link


def test_steps_lead_to_pages(full: Built) -> None:
    chart = svgs(full.page("more.html"))[1]

    assert ' href="index.html" xlink:href="index.html"><g id=' in chart
    assert ' href="https://example.org/archive"' in chart


def test_the_applicant_s_view_leaves_out_what_the_office_does(tmp_path: Path) -> None:
    flow = 'applicant.submit("甲") >> reviewer.examine("初核") >> reviewer.examine("复核") >> end.done'
    asked = "\n\n".join(f".. flowstd:flow::\n   :view: {view}\n\n   {flow}" for view in ("internal", "external"))
    inside, outside = svgs(sphinx(written(tmp_path, f"A\n=\n\n{asked}\n"), "-W").page())

    assert "复核" in inside
    assert "复核" not in outside


def test_a_call_leads_to_the_chart_that_it_names(tmp_path: Path) -> None:
    index = "A\n=\n\n.. flowstd:flow::\n\n   applicant.submit('甲') >> call('T-1', '办理许可') >> end.done\n"
    built = sphinx(written(tmp_path, index, "# 更多\n\n```{flowstd:item} T-1\n```\n"), "-W")

    assert ' href="more.html#item-T-1.新办" xlink' in built.page()


# ---- what goes wrong

MISTAKES = {
    "unknown item": ('.. flowstd:item:: T-9', "6: ", "did you mean"),
    "unknown scenario": ('.. flowstd:item:: T-1\n   :scenario: 变更', "6: ", 'has no scenario "变更"'),
    "unknown word of the DSL": ('.. flowstd:flow::\n\n   applicant.submit("甲")\\\n   >> window.acept("乙") >> end.done',
                                "9: ", 'did you mean "accept"'),
    "Python that is none": ('.. flowstd:flow::\n\n   applicant.submit("甲" >> end.done', "8: ", "syntax error"),
    "YAML that is none": ('.. flowstd:flow::\n\n   - 申请人: 甲\n   - 申请员: 乙', "9: ", 'no lane "申请员"'),
    "no flow": ('.. flowstd:flow::\n\n   x = 1', "6: ", "makes no flow"),
    "nothing": ('.. flowstd:flow::', "6: ", "nothing is given to draw"),
    "no catalogue there": ('.. flowstd:item:: T-1\n   :catalogue: nowhere', "6: ", "is no catalogue"),
    "no file there": ('.. flowstd:flow:: nowhere.py', "6: ", "there is no"),
    "an option of another word": ('.. flowstd:rule:: STR005\n   :theme: dark', "6: ", 'has no option "theme"'),
    "an option with a wrong value": ('.. flowstd:item:: T-1\n   :direction: left', "6: ", "may not be"),
    "an unknown theme": ('.. flowstd:item:: T-1\n   :theme: oficial', "6: ", "official"),
    "an unknown rule": ('.. flowstd:rule:: STR0005', "6: ", "did you mean"),
    "a link from no step": ('.. flowstd:item:: T-3\n   :links: 提出甲 = more', "6: ", "has no step"),
    "a link to no page": ('.. flowstd:item:: T-3\n   :links: 提出申请 = mere', "6: ", "did you mean"),
    "a flow that cannot end well": (
        '.. flowstd:flow::\n\n   window.ask("好吗？", 是=parallel(reviewer.test("甲"), reviewer.test("乙")), 否=end)',
        "8: ", "error"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A project with one mistake on each page."""
    asked = [one for one, _, _ in MISTAKES.values()]
    pages = {f"p{number}.rst": f":orphan:\n\nA\n=\n\n{one}\n" for number, one in enumerate(asked)}
    folder = tmp_path_factory.mktemp("broken") / "docs"
    folder.mkdir()
    return sphinx(project(folder, {"index.rst": "A\n=\n", "more.rst": ":orphan:\n\nB\n=\n", **pages}))


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_a_located_warning_and_no_picture(name: str, broken: Built) -> None:
    _, line, words = MISTAKES[name]
    page = f"p{list(MISTAKES).index(name)}"
    told = broken.warnings.split(f"{page}.rst:{line}", 1)
    assert len(told) == 2, broken.warnings
    message = re.split(r"\n(?=/)", told[1])[0]

    assert words in message
    assert broken.code == 0
    if "link to" not in name:
        assert svgs(broken.page(f"{page}.html")) == []
        assert "admonition error" in broken.page(f"{page}.html")


def test_warnings_can_stop_the_build(tmp_path: Path) -> None:
    assert sphinx(written(tmp_path, "A\n=\n\n.. flowstd:item:: T-9\n"), "-W").code == 1


def test_the_place_in_markdown_is_the_line_of_the_page(tmp_path: Path) -> None:
    more = '# B\n\n```{flowstd:flow}\n:title: 甲\n\napplicant.submit("甲") >> window.acept("乙") >> end.done\n```\n'
    built = sphinx(written(tmp_path, "A\n=\n\n.. toctree::\n\n   more\n", more))

    assert "more.md:6: WARNING" in built.warnings
    assert "^" in built.warnings


def test_errors_among_the_findings_are_warnings_beside_the_chart(tmp_path: Path) -> None:
    flow = 'applicant.submit("申请") >> decider.decide("是否准予许可？", 准予=end.granted, 不予=end.refused)'
    built = sphinx(written(tmp_path, f"A\n=\n\n.. flowstd:flow::\n\n   {flow}\n"))

    assert "PRC001 error" in built.warnings
    assert len(svgs(built.page())) == 1


def test_an_example_may_be_meant_to_be_wrong(tmp_path: Path) -> None:
    flow = 'applicant.submit("申请") >> decider.decide("是否准予许可？", 准予=end.granted, 不予=end.refused)'
    built = sphinx(written(tmp_path, f"A\n=\n\n.. flowstd:flow::\n   :flawed:\n\n   {flow}\n"), "-W")

    assert built.warnings == ""


def test_what_is_allowed_can_be_silenced(tmp_path: Path) -> None:
    flow = 'applicant.submit("申请") >> decider.decide("是否准予许可？", 准予=end.granted, 不予=end.refused)'
    conf = SPHINX + 'suppress_warnings = ["flowstd.PRC001", "flowstd.PRC002"]\n'
    built = sphinx(written(tmp_path, f"A\n=\n\n.. flowstd:flow::\n\n   {flow}\n", conf=conf))

    assert "PRC001" not in built.warnings


# ---- what is built again

def test_an_item_that_changes_is_drawn_anew_and_others_are_left(tmp_path: Path) -> None:
    source = written(tmp_path, "A\n=\n", "# 更多\n\n```{flowstd:item} T-1\n```\n")
    (source / "other.rst").write_text(":orphan:\n\nB\n=\n\n.. flowstd:item:: T-2\n   :catalogue: items2\n", "utf-8")
    items(source / "items2")
    sphinx(source)
    before = (source.parent / "out-html" / "other.html").stat().st_mtime_ns
    edit(source / "items" / "items.csv", HEADINGS + "T-1,新的名称许可,行政许可,新办,immediate\n")
    built = sphinx(source)

    assert "新的名称许可办理流程图" in built.page("more.html")
    assert (built.out / "other.html").stat().st_mtime_ns == before


def test_a_file_that_is_added_to_a_catalogue_is_seen(tmp_path: Path) -> None:
    source = written(tmp_path, "A\n=\n\n.. flowstd:index::\n")
    assert "T-4" not in sphinx(source).page()
    new = "code: T-4\nname: 乙\nitem_type: 公共服务\ntemplate: public_service\n"
    (source / "items" / "new.yaml").write_text(new, "utf-8")

    assert "T-4" in sphinx(source).page()


def test_a_failure_is_told_again_until_it_is_mended_and_leaves_no_old_picture(tmp_path: Path) -> None:
    source = written(tmp_path, "A\n=\n\n.. flowstd:item:: T-1\n")
    assert len(svgs(sphinx(source).page())) == 1
    good = (source / "items" / "items.csv").read_text("utf-8")
    edit(source / "items" / "items.csv", good.replace("immediate", "imediate"))
    for _ in range(2):
        broken = sphinx(source)
        assert 'did you mean "immediate"' in broken.warnings
        assert svgs(broken.page()) == []
    edit(source / "items" / "items.csv", good)
    mended = sphinx(source)

    assert mended.warnings == ""
    assert len(svgs(mended.page())) == 1


def test_nothing_is_built_again_for_nothing(tmp_path: Path) -> None:
    source = written(tmp_path, "A\n=\n\n.. flowstd:item:: T-1\n")
    first = sphinx(source).page()
    before = (source.parent / "out-html" / "index.html").stat().st_mtime_ns
    again = sphinx(source)

    assert again.page() == first
    assert (again.out / "index.html").stat().st_mtime_ns == before


def test_two_builds_are_equal_and_parallel_ones_too(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = written(tmp_path / "a", INDEX, MORE), written(tmp_path / "b", INDEX, MORE)

    assert svgs(sphinx(one).page()) == svgs(sphinx(other, "-j", "2").page())


# ---- other than HTML

def pictures_on_paper() -> bool:
    try:
        installed("pdf")
    except MissingExtra:
        return False
    return True


def test_latex_includes_a_file_a_page(tmp_path: Path) -> None:
    if not pictures_on_paper():
        pytest.skip("needs reportlab")
    built = sphinx(written(tmp_path, INDEX, MORE, SPHINX + "numfig = True\n"), "-W", builder="latex")
    text = next(built.out.glob("*.tex")).read_text("utf-8")
    files = re.findall(r"includegraphics(?:\[[^]]+\])?\{\{(flowstd-\w+)\}(\.\w+)\}", text)

    assert built.warnings == ""
    assert len(files) == 6
    assert all((built.out / "".join(file)).read_bytes().startswith(b"%PDF") for file in files)


def test_a_reference_to_what_no_page_shows_is_a_warning(tmp_path: Path) -> None:
    built = sphinx(written(tmp_path, "A\n=\n\n:flowstd:item:`T-9`, :flowstd:rule:`XYZ`\n\n.. flowstd:index::\n"))

    assert "no page shows the item T-9" in built.warnings and "no page shows the rule XYZ" in built.warnings
    assert built.warnings.count("index.rst:4: WARNING") == 2 == built.warnings.count("WARNING")


def test_on_paper_a_caption_has_room_and_a_long_table_goes_on_to_the_next_page(tmp_path: Path) -> None:
    if not pictures_on_paper():
        pytest.skip("needs reportlab")
    built = sphinx(written(tmp_path, "A\n=\n\n.. flowstd:item:: T-2\n   :caption: 备案\n\n.. flowstd:steps:: T-2\n"),
                   builder="latex")
    text = next(built.out.glob("*.tex")).read_text("utf-8")

    assert "includegraphics[height=1.250\\linewidth]" in text
    assert "\\begin{longtable}" in text


def test_without_the_package_for_pdf_latex_has_words_and_a_warning(tmp_path: Path,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    from flowstd.base.text import Text
    from flowstd.ext import nodes

    def missing(extra: str) -> None:
        raise MissingExtra(Text("缺", 'pip install "flowstd[png]"'))

    monkeypatch.setattr(nodes, "need", missing)
    built = sphinx(written(tmp_path, "A\n=\n\n.. flowstd:item:: T-3\n"), builder="latex")

    assert "index.rst:4: WARNING" in built.warnings
    assert 'pip install "flowstd[png]"' in built.warnings
    assert "提出申请" in next(built.out.glob("*.tex")).read_text("utf-8")


@pytest.mark.parametrize(("builder", "file"), [
    ("text", "index.txt"), ("xml", "index.xml"), ("texinfo", "*.texi"), ("man", "*.1")])
def test_elsewhere_the_steps_are_told_in_words(builder: str, file: str, tmp_path: Path) -> None:
    built = sphinx(written(tmp_path, "A\n=\n\n.. flowstd:item:: T-3\n"), "-W", builder=builder)

    assert built.warnings == ""
    assert "提出申请" in next(built.out.glob(file)).read_text("utf-8")


def test_a_fresh_project_needs_two_lines(tmp_path: Path) -> None:
    conf = 'extensions = ["flowstd.ext.sphinx"]\nflowstd_catalogue = "items"\n'
    source = project(tmp_path, {"index.rst": "指南\n====\n\n.. flowstd:item:: T-1\n"}, conf)
    built = sphinx(source, "-W")

    assert built.code == 0
    assert len(svgs(built.page())) == 1
