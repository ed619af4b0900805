"""The SVG is well formed, harmless, the same everywhere, and says in words what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from flowstd.base.errors import UnknownName
from flowstd.dsl import flow_of, fragment, window
from flowstd.ir.kinds import DocumentKind
from flowstd.ir.model import Document, Flow, Lane
from flowstd.item import Item
from flowstd.layout.from_ir import lay_out
from flowstd.layout.sheet import compose
from flowstd.pipeline import ALWAYS, DIRECTIONS, NEVER, VIEWS, compile_flow
from flowstd.render.svg.from_sheet import to_svg
from flowstd.render.svg.writer import safe_ids, safe_link
from tests import shapes
from tests.conftest import ROOT
from tests.layout.flows import chain, question
from tests.layout.test_sheet import ITEM
from tests.render import charts

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = {"svg", "title", "desc", "g", "rect", "path", "circle", "text", "a"}
HOSTILE = ("<script>alert(1)</script>", 'a"b\'c', "]]>", "<![CDATA[x]]>", "&amp;&#0;", "受\x00理\x1b", "\ud800\udfff",
           "javascript:alert(1)", "\u202e倒", "<!--", "%s{0}{x}", "\ufffe")


def drawn(flow: Flow, item: Item | None = None, scenario: str = "") -> str:
    return to_svg(compose(flow, lay_out(flow), item, scenario))


def tree(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))


def texts(svg: str) -> str:
    return "".join("".join(text.itertext()) for text in tree(svg).iter(f"{SVG}text"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(flow=shapes.flows())
def test_any_flow_gives_plain_well_formed_svg_with_ids_of_its_own(flow: Flow) -> None:
    root = tree(drawn(flow, ITEM, "新办"))
    ids = [element.get("id") for element in root.iter() if element.get("id")]

    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= PLAIN
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[\w.\-]+", id) for id in ids)
    assert not any(name.startswith("on") or name == "style" for element in root.iter() for name in element.attrib)


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_words_are_words(label: str) -> None:
    flow = chain(label, title=label)
    documents = (Document(id="p", name=label, kind=DocumentKind.NOTICE),)
    node = flow.nodes[1].model_copy(update={"note": label, "issues": ("p",)})
    flow = Flow(title=label, lanes=(flow.lanes[0], Lane(id="窗口", name=label)), documents=documents, links=flow.links,
                nodes=(flow.nodes[0], node, flow.nodes[2]))
    svg = drawn(flow, ITEM.model_copy(update={"place": label, "name": label}), label)
    root = tree(svg)

    assert "<script" not in svg
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= PLAIN
    shown = "".join(c if c.isprintable() and c != "\u202e" else "\ufffd" for c in label)
    assert "".join(shown.split()) in "".join(texts(svg).split())


@pytest.mark.parametrize(("link", "safe"), [
    ("https://example.cn/a?b=1&c=2#d", True), ("http://example.cn", True), ("mailto:a@example.cn", True),
    ("charts/b.svg", True), ("../b.svg", True), ("/b.svg", True), ("#step", True), ("?a=b:c", True),
    ("javascript:alert(1)", False), ("JaVaScRiPt:alert(1)", False), (" javascript:alert(1)", False),
    ("java\nscript:alert(1)", False), ("java\x00script:alert(1)", False), ("\u200bjavascript:alert(1)", False),
    ("data:text/html,x", False), ("vbscript:x", False), ("file:///etc/passwd", False), ("//example.cn", False),
    ("\\\\host\\share", False), ("/\\example.cn", False), ("&#106;avascript:alert(1)", False), ("a\tb:c", False),
])
def test_links_lead_where_links_may_lead(link: str, safe: bool) -> None:
    assert bool(safe_link(link)) is safe


def test_a_link_of_the_item_can_be_followed_and_a_script_cannot() -> None:
    good = tree(drawn(chain("受理"), ITEM)).findall(f".//{SVG}a")
    bad = tree(drawn(chain("受理"), ITEM.model_copy(update={"link": "javascript:alert(1)"}))).findall(f".//{SVG}a")

    assert [a.get("href") for a in good] == ["https://example.cn/item?a=1&b=2"]
    assert [a.get("{http://www.w3.org/1999/xlink}href") for a in good] == ["https://example.cn/item?a=1&b=2"]
    assert bad == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    svg = drawn(question("是否准予？"), ITEM)
    addresses = re.findall(r'https?://[^"<\s]+', svg.replace("https://example.cn", ""))

    assert set(addresses) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "url(" not in svg
    assert "<image" not in svg


def test_two_charts_on_one_page_do_not_share_an_id() -> None:
    one, other = (tree(drawn(flow)) for flow in (chain("受理"), chain("受理", "审查")))
    ids = [{element.get("id") for element in root.iter() if element.get("id")} for root in (one, other)]

    assert len(ids[0]) == 5
    assert ids[0].isdisjoint(ids[1])


def test_one_flow_drawn_otherwise_on_one_page_does_not_share_an_id() -> None:
    flow = flow_of(fragment("收件", window.accept("收件") >> window.certify("登记")) >> charts.block(), "户外广告设施设置许可")
    ways = product(VIEWS, DIRECTIONS, ("official", "colour"), (NEVER, ALWAYS))
    made = {compile_flow(flow, view=view, direction=direction, theme=theme, collapse=collapse).svg()
            for view, direction, theme, collapse in ways}
    ids = [id for svg in made for id in re.findall(r' id="([^"]+)"', svg)]

    assert len(made) == 16
    assert len(ids) == len(set(ids))


def test_names_that_differ_only_in_signs_get_ids_that_differ() -> None:
    ids = safe_ids("f", ["窗口/受理", "窗口 受理", "窗口-受理", "窗口-受理-2"])

    assert len(set(ids)) == 4


def test_a_reader_is_told_every_step_in_order_with_lane_and_limit() -> None:
    root = tree(drawn(question("是否准予？"), ITEM))
    steps = root.findall(f".//{SVG}g[@class='steps']/{SVG}g")

    assert root.get("role") == "graphics-document document"
    assert root.findtext(f"{SVG}title") == "户外广告设施设置许可办理流程图"
    assert [step.findtext(f"{SVG}title") for step in steps][:2] == ["开始（申请人；开始）", "是否准予？（综合窗口；判断）"]
    assert all(step.get("role") == "img" and step.get("id") for step in steps)
    assert root.find(f".//{SVG}g[@class='wires']").get("aria-hidden") == "true"


def test_text_is_set_without_help_of_style_sheets() -> None:
    root = tree(drawn(question("是否准予？"), ITEM))

    assert root.get("font-family").startswith("'Noto Sans CJK SC'")
    assert root.get("font-family").endswith("sans-serif")
    assert all(text.get("x") and text.get("y") for text in root.iter(f"{SVG}text"))
    assert not any("dominant-baseline" in element.attrib for element in root.iter())


def test_every_link_ends_in_an_arrow_on_its_target() -> None:
    flow = question("是否准予？")
    drawing = lay_out(flow)
    root = tree(to_svg(compose(flow, drawing)))
    wires = root.findall(f".//{SVG}g[@class='wires']/{SVG}g")

    assert len(wires) == len(flow.links)
    for wire, group in zip(drawing.wires, wires, strict=True):
        x, y = wire.points[-1]
        assert group.findall(f"{SVG}path")[1].get("d", "").startswith(f"M{x} {y}L")


def test_every_theme_draws_the_same_picture() -> None:
    made = compose(question("是否准予？"), lay_out(question("是否准予？")), ITEM)
    pictures = [[(e.tag, e.get("d"), e.get("x"), e.get("y"), e.text) for e in tree(to_svg(made, theme)).iter(
        f"{SVG}path", f"{SVG}rect", f"{SVG}text")] for theme in ("official", "colour")]

    assert pictures[0] == pictures[1]


def test_dark_inks_reach_no_other_chart_and_no_paper() -> None:
    made = compose(chain("受理"), lay_out(chain("受理")))
    css = tree(to_svg(made, "colour")).findtext(f"{SVG}style")

    assert css.startswith("@media screen and (prefers-color-scheme:dark){")
    selectors = re.findall(r"([^{}]+)\{[^{}]*\}", css.split("{", 1)[1])
    assert all(part.startswith(".flowstd-colour ") for selector in selectors for part in selector.split(","))
    assert "<style" not in to_svg(made)


def test_an_unknown_theme_is_refused() -> None:
    flow = chain("受理")
    with pytest.raises(UnknownName):
        to_svg(compose(flow, lay_out(flow)), theme="rainbow")


def test_an_ordinary_chart_is_a_few_kilobytes() -> None:
    assert len(drawn(chain(*["受理"] * 14), ITEM).encode()) < 16_000


def test_equal_charts_are_equal_bytes_whatever_the_hash_seed_and_the_locale() -> None:
    program = ("from tests.layout.flows import question; from tests.layout.test_sheet import ITEM; "
               "from tests.render.test_svg import drawn; import hashlib; "
               "print(hashlib.sha256(drawn(question('是否准予？'), ITEM, '新办').encode()).hexdigest())")
    prints = set()
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "zh_CN.UTF-8", "Asia/Shanghai")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONUTF8": "1"}
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env, check=True, capture_output=True)
        prints.add(done.stdout)

    assert len(prints) == 1


def test_each_page_of_a_large_chart_is_a_document_of_its_own_that_says_which() -> None:
    flow = chain(*["受理"] * 60)
    sheet = compose(flow, lay_out(flow), ITEM)
    roots = [tree(to_svg(sheet, page=page.number)) for page in sheet.pages]
    ids = [element.get("id") for root in roots for element in root.iter() if element.get("id")]

    assert len(roots) > 1
    assert len(ids) == len(set(ids))
    assert [root.findtext(f"{SVG}title", "")[-7:] for root in roots] == [
        f"第{number}页 共{len(roots)}页" for number in range(1, len(roots) + 1)]
    assert "承第1页" in {title.text for title in roots[1].iter(f"{SVG}title")}
