"""All 344 charts, twice, in two worlds at once: complete, without error, and the same to the byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.conftest import EXAMPLES, ROOT

WORLDS = ({"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "Asia/Shanghai", "FLOWSTD_LANG": "en"},
          {"PYTHONHASHSEED": "77", "LC_ALL": "zh_CN.UTF-8", "TZ": "America/New_York", "FLOWSTD_LANG": "zh"})


def test_two_builds_of_the_bureau_are_byte_identical(tmp_path):
    running = []
    for number, world in enumerate(WORLDS):
        home = tmp_path / f"world{number}"
        home.mkdir()
        shutil.copytree(EXAMPLES / "bureau", home / "bureau")
        running.append((home, subprocess.Popen(
            [sys.executable, "-m", "flowstd", "build", "bureau", "-o", "out"], cwd=home, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": str(ROOT), **world})))
    made = []
    for home, process in running:
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said.decode("utf-8", "replace")
        made.append({path.name: path.read_bytes() for path in (home / "out").iterdir()
                     if path.name != "flowstd-manifest.json"})              # it holds the times of files

    assert len([name for name in made[0] if name.endswith(".svg")]) == 344
    assert len([name for name in made[0] if name.endswith(".bpmn")]) == 344
    assert made[0] == made[1]
