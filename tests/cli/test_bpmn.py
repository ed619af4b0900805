"""``flowstd convert`` and ``flowstd import`` on BPMN files, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flowstd.bpmn import read
from flowstd.bpmn.from_flow import to_bpmn
from tests.bpmn.test_document import END, START, foreign, path
from tests.bpmn.test_from_flow import licence


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "in.bpmn"
    file.write_bytes(foreign(path(START, '<userTask id="a" name="受理" v:x="1"/>', END) + '<group id="g"/>'))
    return file


def test_convert_keeps_a_file_as_it_is(run, source):
    ran = run("convert", source, "-o", source.with_name("out.bpmn"), "--report", source.with_name("r.json"))

    assert (ran.code, ran.err) == (0, "")
    assert source.with_name("out.bpmn").read_bytes() == source.read_bytes()
    assert json.loads(source.with_name("r.json").read_text())["lost"] == []


@pytest.mark.parametrize("option", ["--relayout", "--layout-missing"])
def test_convert_lays_out(run, source, option):
    assert run("convert", source, "-o", source.with_name("out.bpmn"), option).code == 0
    assert b"BPMNShape" in source.with_name("out.bpmn").read_bytes()


def test_convert_draws(run, source):
    assert run("convert", source, "-o", source.with_name("out.svg"), "--relayout").code == 0
    assert "受理" in source.with_name("out.svg").read_text("utf-8")


def test_convert_of_a_model_without_a_diagram_tells_the_remedy(run, source):
    ran = run("convert", source, "-o", source.with_name("out.svg"))

    assert ran.code == 1
    assert "--relayout" in ran.err


def test_problems_are_told_and_the_file_written(run, tmp_path):
    file = tmp_path / "in.bpmn"
    file.write_bytes(foreign('<task id="a"/>\n<sequenceFlow id="f" sourceRef="a" targetRef="gone"/>'))
    ran = run("convert", file, "-o", tmp_path / "out.bpmn", "--report", tmp_path / "r.json")

    assert ran.code == 0
    assert "in.bpmn:4: BPM002" in ran.err
    assert [one["line"] for one in json.loads((tmp_path / "r.json").read_text())["problems"]] == [4]


@pytest.mark.parametrize("host", ["exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway",
                                  "complexGateway", "startEvent", "endEvent", "intermediateThrowEvent", "dataObject"])
def test_a_boundary_event_at_what_takes_no_time_is_told_and_left_out(run, tmp_path, host):
    file = tmp_path / "in.bpmn"
    file.write_bytes(foreign(
        f'<startEvent id="s"/><task id="t" name="受理"/><{host} id="g"/>\n'
        '<boundaryEvent id="b" attachedToRef="g"><messageEventDefinition/></boundaryEvent>'
        '<endEvent id="e"/><endEvent id="e2"/>'
        '<sequenceFlow id="f0" sourceRef="s" targetRef="t"/><sequenceFlow id="f1" sourceRef="t" targetRef="g"/>'
        '<sequenceFlow id="f2" sourceRef="g" targetRef="e"/><sequenceFlow id="f3" sourceRef="b" targetRef="e2"/>'))
    ran = run("import", file, "-o", tmp_path / "out.py")

    assert (ran.code, (tmp_path / "out.py").exists()) == (0, True), ran
    assert "in.bpmn:4: BPM006" in ran.err + ran.out


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (["-o", "out.docx"], 2, "cannot write"),
    (["-o", "out.bpmn", "--relayout", "--layout-missing"], 2, "exclude each other"),
    (["-o", "none/out.bpmn"], 3, "no folder"),
    ([], 2, "--output is missing"),
])
def test_wrong_use(run, source, monkeypatch, arguments, code, said):
    monkeypatch.chdir(source.parent)
    ran = run("convert", source, *arguments)

    assert ran.code == code
    assert said in ran.err


def test_a_bad_file_is_told_with_its_line_and_nothing_is_written(run, tmp_path):
    file = tmp_path / "in.bpmn"
    file.write_text("<?xml version='1.0'?>\n<!DOCTYPE a><a/>")
    ran = run("convert", file, "-o", tmp_path / "out.bpmn")

    assert ran.code == 1
    assert "in.bpmn:2" in ran.err and "DOCTYPE" in ran.err
    assert not (tmp_path / "out.bpmn").exists()


def test_import_writes_python_and_tells_what_is_lost(run, source):
    report = source.with_name("r.json")
    ran = run("import", source, "-o", source.with_name("item.py"), "--report", report)
    lost = json.loads(report.read_text())["lost"]

    assert ran.code == 0
    assert [(one["element"], one["line"]) for one in lost] == [("userTask", 4), ("group", 8)]
    assert all(f"in.bpmn:{one['line']}: {one['element']}" in ran.err for one in lost)
    assert run("draw", source.with_name("item.py"), "-o", source.with_name("item.svg")).code in (0, 1)
    assert source.with_name("item.svg").exists()


def test_import_of_our_own_file_loses_nothing(run, tmp_path):
    (tmp_path / "in.bpmn").write_text(to_bpmn(licence()), "utf-8")
    ran = run("import", tmp_path / "in.bpmn", "-o", tmp_path / "item.py")

    assert (ran.code, ran.err) == (0, "")
    assert run("draw", tmp_path / "item.py", "-o", tmp_path / "out.bpmn").code in (0, 1)
    assert read(tmp_path / "out.bpmn").flow == licence()


def test_import_writes_only_python(run, source):
    assert run("import", source, "-o", source.with_name("item.txt")).code == 2


def test_import_leaves_a_module_that_exists_unless_forced(run, source):
    mine = source.with_name("mine.py")
    mine.write_text("# by hand\n")
    ran = run("import", source, "-o", mine)

    assert (ran.code, mine.read_text()) == (3, "# by hand\n") and "--force" in ran.err
    assert run("import", source, "-o", mine, "--force").code == 0
    assert "by hand" not in mine.read_text()


@pytest.mark.parametrize("command", [("import", "-o", "item.py"), ("convert", "-o", "out.bpmn")])
def test_where_the_report_goes_is_looked_at_before_any_work(run, source, command):
    name, option, output = command
    ran = run(name, source, option, source.with_name(output), "--report", source.parent / "none" / "r.json")

    assert ran.code == 3 and not source.with_name(output).exists()
