"""Pools and engine of BPMN files, asked for on the command line, in flowstd.toml, or in Python."""

from __future__ import annotations

import pytest

from flowstd.base.errors import BadUse, UnknownName
from flowstd.pipeline import compile_flow
from tests.bpmn.test_from_flow import licence
from tests.catalogues import GOOD_ROW, HEADINGS, catalogue
from tests.cli.conftest import run as run

FILES = {"items.csv": HEADINGS + GOOD_ROW}
NAME = "T-1.新办.bpmn"
BOTH = '[output]\nformats = ["bpmn"]\n[bpmn]\npools = "two"\nengine = "camunda8"\n'


def said(path) -> tuple[bool, bool]:
    """Whether a file has a pool of the applicant, and timers."""
    text = path.read_text("utf-8")
    return "<bpmn:messageFlow" in text, "<bpmn:timeDuration" in text


@pytest.mark.parametrize(("asked", "written", "found"), [
    ([], "", (False, False)),
    (["--bpmn-pools", "two"], "", (True, False)),
    (["--bpmn-engine", "camunda7"], "", (False, True)),
    ([], BOTH, (True, True)),
    (["--bpmn-pools", "one"], BOTH, (False, True)),
])
def test_a_build_writes_the_bpmn_that_is_asked_for(run, tmp_path, asked, written, found):
    folder = catalogue(tmp_path / "c", FILES, written)

    assert run("build", folder, "-o", tmp_path / "out", "--format", "bpmn", *asked).code == 0
    assert said(tmp_path / "out" / NAME) == found


def test_other_options_are_another_build_each_time(run, tmp_path):
    folder = catalogue(tmp_path / "c", FILES)
    command = ("build", folder, "-o", tmp_path / "out", "--format", "bpmn")
    for asked, found in (([], False), (["--bpmn-pools", "two"], True), (["--bpmn-pools", "two"], True), ([], False)):
        run(*command, *asked)
        assert said(tmp_path / "out" / NAME)[0] == found


def test_draw_takes_them_for_bpmn_alone(run, tmp_path):
    source = tmp_path / "flow.json"
    source.write_text(licence().to_json(), "utf-8")

    run("draw", source, "-o", tmp_path / "a.bpmn", "--bpmn-pools", "two", "--bpmn-engine", "camunda8")
    assert said(tmp_path / "a.bpmn") == (True, True)
    ran = run("draw", source, "-o", tmp_path / "a.svg", "--bpmn-pools", "two")
    assert ran.code == 2 and "the format svg has no option" in ran.err and "formats that have it: bpmn" in ran.err
    assert not (tmp_path / "a.svg").exists()


def test_a_mistake_is_told_at_its_line(run, tmp_path):
    folder = catalogue(tmp_path / "c", FILES, '[bpmn]\nengine = "camunda"\n')
    ran = run("build", folder, "-o", tmp_path / "out")

    assert ran.code == 2 and "flowstd.toml:2" in ran.err and 'did you mean "camunda' in ran.err


def test_in_python_they_are_options_of_the_format(tmp_path):
    chart = compile_flow(licence())

    assert chart.save(tmp_path / "a.bpmn", pools="two").read_text("utf-8") == chart.bpmn(pools="two") != chart.bpmn()
    for wrong in ({"pools": "three"}, {"engine": "camunda"}):
        with pytest.raises(UnknownName):
            chart.bpmn(**wrong)
    with pytest.raises(BadUse):
        chart.save(tmp_path / "a.svg", pools="two")
