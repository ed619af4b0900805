"""All 344 charts, twice, in two worlds at once: complete, without error, valid, and the same to the byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from lxml import etree

from tests.bpmn.tools import invalid
from tests.conftest import EXAMPLES, ROOT

WORLDS = ({"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "Asia/Shanghai", "FLOWSTD_LANG": "en"},
          {"PYTHONHASHSEED": "77", "LC_ALL": "zh_CN.UTF-8", "TZ": "America/New_York", "FLOWSTD_LANG": "zh"})
SVG = "{http://www.w3.org/2000/svg}"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Files]:
    """What each world made, by file name."""
    running = []
    for world in WORLDS:
        home = tmp_path_factory.mktemp("world")
        shutil.copytree(EXAMPLES / "bureau", home / "bureau")
        running.append((home, subprocess.Popen(
            [sys.executable, "-m", "flowstd", "build", "bureau", "-o", "out"], cwd=home, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": str(ROOT), **world})))
    made = []
    for home, process in running:
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said.decode("utf-8", "replace")
        made.append({path.name: path.read_bytes() for path in sorted((home / "out").iterdir())
                     if path.name != "flowstd-manifest.json"})              # it holds the times of files
    return made


def of(files: Files, suffix: str) -> Files:
    return {name: data for name, data in files.items() if name.endswith(suffix)}


def test_every_item_has_its_chart_in_both_formats(builds: list[Files]) -> None:
    drawn = {name.removesuffix(".svg") for name in of(builds[0], ".svg") if ".page" not in name}

    assert len(drawn) == 344
    assert drawn == {name.removesuffix(".bpmn") for name in of(builds[0], ".bpmn")}


def test_two_builds_in_two_worlds_are_byte_identical(builds: list[Files]) -> None:
    assert builds[0].keys() == builds[1].keys()
    assert [name for name in builds[0] if builds[0][name] != builds[1][name]] == []


def test_every_svg_is_well_formed_and_without_script(builds: list[Files]) -> None:
    for data in of(builds[0], ".svg").values():
        root = etree.fromstring(data)
        assert root.tag == f"{SVG}svg"
        assert root.find(f"{SVG}title") is not None
        assert not any(True for _ in root.iter(f"{SVG}script"))
        assert not [name for node in root.iter() for name in node.attrib if str(name).startswith("on")]


def test_every_bpmn_is_valid(builds: list[Files]) -> None:
    bad = {name: fault for name, data in of(builds[0], ".bpmn").items() if (fault := invalid(data))}

    assert bad == {}
