"""Files in the manner of other tools: kept whole, drawn, laid out anew, completed, and read as flows that compile."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from flowstd.bpmn import BpmnDocument, read
from flowstd.bpmn.alike import compiled
from flowstd.bpmn.report import report
from flowstd.bpmn.to_dsl import to_dsl
from tests.bpmn.manner import FILES
from tests.bpmn.test_document import SCORE
from tests.bpmn.test_relayout import DI, model
from tests.bpmn.tools import drawn, invalid
from tests.conftest import need

NOT_LAID_OUT = {"choreography", "conversation"}
NOT_SCORED = {*NOT_LAID_OUT, "jbpm", "gbk", "utf16"}        # the script does not know such things, or encodings


def without_diagrams(document: BpmnDocument) -> BpmnDocument:
    root = etree.fromstring(document.write())
    for diagram in root.findall("di:BPMNDiagram", DI):
        root.remove(diagram)
    return read(etree.tostring(root))


def score(reference: dict[str, bytes], made: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """What the script beside the project says of all of them together."""
    need(SCORE.is_file(), "the script that scores round trips, beside the project")
    for name, files in (("reference", reference), ("made", made)):
        (folder / name).mkdir()
        for key in made:
            (folder / name / f"{key}.bpmn").write_bytes(files[key])
    done = subprocess.run([sys.executable, str(SCORE), str(folder / "reference"), str(folder / "made"), "--json"],
                          capture_output=True, text=True, check=True)
    total: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return total


@pytest.mark.parametrize("name", FILES)
def test_nothing_of_a_file_is_lost(name: str) -> None:
    data = FILES[name]
    document = read(data)

    if name in ("gbk", "utf16"):
        assert etree.tostring(etree.fromstring(document.write()), method="c14n2") == etree.tostring(
            etree.fromstring(data), method="c14n2")
    else:
        assert document.write() == data
    assert document.problems == ()


def test_the_suite_s_own_score_is_whole(tmp_path: Path) -> None:
    files = {name: read(data) for name, data in FILES.items() if name not in NOT_SCORED}
    (tmp_path / "kept").mkdir()
    (tmp_path / "relaid").mkdir()
    kept = score(FILES, {name: document.write() for name, document in files.items()}, tmp_path / "kept")
    anew = score(FILES, {name: document.relaid().write() for name, document in files.items()}, tmp_path / "relaid")

    assert (kept["semantic"], kept["di"], kept["extra"]) == (1.0, 1.0, 0)
    assert (anew["semantic"], anew["extra"]) == (1.0, 0)


@pytest.mark.parametrize("name", FILES)
def test_every_loss_is_in_the_report_with_its_line(name: str) -> None:
    document = read(FILES[name])
    told = json.loads(report("x", document.losses, document.problems))["lost"]
    lines = document.write().count(b"\n") + 1

    assert [(one["element"], one["id"], one["what"]) for one in told] == [
        (loss.element, loss.id, loss.what) for loss in document.losses]
    assert all(0 < loss.line <= lines for loss in document.losses)


@pytest.mark.parametrize("name", [name for name in FILES if name != "bare"])
def test_the_picture_shows_every_shape_and_line(name: str) -> None:
    document = read(FILES[name])
    shown = document.root.xpath("//di:BPMNShape/@bpmnElement | //di:BPMNEdge/@bpmnElement", namespaces=DI)
    ids = set(etree.fromstring(document.svg().encode()).xpath("//@id"))

    assert {one.rpartition(":")[2] for one in shown} <= ids


@pytest.mark.parametrize("name", FILES)
def test_its_flows_compile_from_our_words(name: str) -> None:
    for flow in read(FILES[name]).flows:
        made = compiled(to_dsl(flow))
        assert len(made.nodes) >= len([node for node in flow.nodes if node.label])


@pytest.mark.parametrize("work", ["relaid", "completed"])
def test_bpmn_js_finds_no_fault_in_what_we_lay_out(work: str) -> None:
    documents = {name: read(data) for name, data in FILES.items() if name not in NOT_LAID_OUT}
    made = {name: one.relaid() if work == "relaid" else without_diagrams(one).completed() for name, one in
        documents.items()}
    found = dict(zip(made, drawn([one.write().decode() for one in made.values()]), strict=True))
    before = dict(zip(made, drawn([one.write().decode() for one in documents.values()]), strict=True))

    assert {name: one["faults"] for name, one in found.items() if one["faults"]} == {}
    assert {name: new for name, one in found.items() if (new := set(one["warnings"]) -
        set(before[name]["warnings"]))} == {}
    assert all(one["shapes"] for one in found.values())


@pytest.mark.parametrize("name", FILES)
def test_laid_out_anew_it_is_the_same_valid_model(name: str) -> None:
    document = read(FILES[name])

    assert invalid(document.write()) == ""
    for made in (document.relaid(), without_diagrams(document).completed()):
        assert model(made.write()) == model(document.write())
        assert invalid(made.write()) == ""
        assert made.relaid().write() == made.relaid().relaid().write()


@pytest.mark.parametrize("name", sorted(NOT_LAID_OUT))
def test_what_we_cannot_lay_out_is_told(name: str) -> None:
    document = read(FILES[name])

    for made in (document.relaid(), without_diagrams(document).completed()):
        assert [one.name for one in made.problems] == ["kept-as-drawn"]
