"""The same process, drawn another way: what ``draw`` is asked for, and what a catalogue says to ``check``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.catalogues import CONFIG, LONG_PYTHON, catalogue
from tests.cli.conftest import run as run

SOURCE = '''from flowstd.dsl import applicant, end, flow_of, fragment, reviewer, window

flow = flow_of(applicant.submit("提出申请") >> fragment("审查环节", reviewer.examine("初核") >> reviewer.examine("复核"))
               >> window.accept("登记") >> applicant.do("缴费") >> window.deliver("送达") >> end.granted, "备案")
'''


def found_in(report: str) -> list[str]:
    """The codes that a report in JSON tells."""
    return [one["code"] for one in json.loads(report)["findings"]]


def test_a_fragment_is_drawn_as_a_box_when_asked(run, tmp_path):
    (tmp_path / "a.py").write_text(SOURCE, "utf-8")
    shown = []
    for asked in ([], ["--collapse", "always"]):
        assert run("draw", tmp_path / "a.py", "-o", tmp_path / "a.svg", *asked).code in (0, 1)
        text = (tmp_path / "a.svg").read_text("utf-8")
        shown.append((">初核<" in text, ">审查环节<" in text))

    assert shown == [(True, False), (False, True)]


def lanes(chart: Path) -> list[str]:
    """The lanes of a chart in SVG, in their order."""
    return re.findall(">([^<]+)</text>", re.search(r'<g class="names".*?</g>', chart.read_text("utf-8"))[0])


def test_lanes_stand_in_the_best_order_when_asked(run, tmp_path):
    (tmp_path / "a.py").write_text(SOURCE, "utf-8")
    orders = []
    for asked in ([], ["--lanes", "best"]):
        run("draw", tmp_path / "a.py", "-o", tmp_path / "a.svg", *asked)
        orders.append(lanes(tmp_path / "a.svg"))

    assert orders == [["申请人", "审查人员", "窗口"], ["申请人", "窗口", "审查人员"]]


ITEM = SOURCE + """from flowstd import Item

chart = Item(name="企业档案查询", item_type="公共服务", code="T-3").scenario("查询", flow)
"""


@pytest.mark.parametrize("said, asked", [('lane_order = "best"\n', []), ("", ["--lanes", "best"])])
def test_a_catalogue_may_have_its_lanes_in_the_best_order(run, tmp_path, said, asked):
    folder = catalogue(tmp_path / "c", {"a.py": ITEM}, said + CONFIG)
    run("build", folder, "-o", tmp_path / "out", *asked)
    shown = lanes(next((tmp_path / "out").glob("*.svg")))

    run("build", folder, "-o", tmp_path / "out", "--lanes", "declared")
    assert (shown, lanes(next((tmp_path / "out").glob("*.svg")))) == (
        ["申请人", "窗口", "审查人员"], ["申请人", "审查人员", "窗口"])


def test_an_order_of_lanes_that_is_not_there_is_told(run, tmp_path):
    folder = catalogue(tmp_path / "c", {"a.py": ITEM}, 'lane_order = "bset"\n' + CONFIG)
    ran = run("build", folder, "-o", tmp_path / "out")

    assert ran.code == 2 and "flowstd.toml:1" in ran.err and '"bset"' in ran.err and "best" in ran.err


@pytest.mark.parametrize("look, fits", [("", False), ('collapse = "fit"\n', True), ('view = "external"\n', True),
                                        ('theme = "colour"\n', False)])
def test_a_folder_is_checked_as_it_is_built(run, tmp_path, look, fits):
    folder = catalogue(tmp_path / "c", {"a.py": LONG_PYTHON}, look + CONFIG)
    found = found_in(run("check", folder, "--format", "json").out)
    told = run("build", folder, "-o", tmp_path / "out").out

    assert (found.count("TIM017"), found.count("DRW006")) == (61, 0 if fits else 1)      # of every step as written
    assert f"warnings  {len(found)}" in told and ("DRW006" not in told) == fits


def test_a_chart_that_a_module_shows_to_applicants_is_checked_as_it_is_written(run, tmp_path):
    (tmp_path / "a.py").write_text(LONG_PYTHON + 'chart = chart.compile(view="external")\n', "utf-8")

    assert found_in(run("check", tmp_path / "a.py", "--format", "json").out).count("TIM017") == 61
