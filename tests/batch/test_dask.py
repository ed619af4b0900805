"""A build on Dask gives the bytes of a local one, though a worker is killed in the middle."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time

import pytest

from flowstd.base.errors import BadEnvironment
from flowstd.catalog import synth
from tests.catalogues import GOOD_ROW, HEADINGS, built, catalogue
from tests.conftest import ROOT, need
from tests.tools.cluster import cluster as a_cluster
from tests.tools.cluster import files

ITEMS = 120


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers, each a process of its own; yields the address and the workers."""
    need(importlib.util.find_spec("distributed") is not None, "dask (pip install flowstd[dask])")
    with a_cluster(tmp_path) as found:
        yield found


def test_a_build_on_dask_is_the_local_build(tmp_path, cluster):
    address, workers = cluster
    (tmp_path / "c").mkdir()
    synth.write(tmp_path / "c", ITEMS, seed=1)
    local = built(tmp_path / "c", tmp_path / "local", "svg", "bpmn")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "FLOWSTD_LANG": "en"}
    process = subprocess.Popen([sys.executable, "-m", "flowstd", "build", str(tmp_path / "c"), "-o",
                                str(tmp_path / "dask"),
                                "--scheduler", address], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while len(list((tmp_path / "dask").glob("*.svg"))) < 8 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    assert process.poll() is None, process.communicate()
    workers[0].send_signal(signal.SIGKILL)
    said = process.communicate(timeout=120)

    assert process.returncode == 0, said
    assert not local.failed
    assert files(tmp_path / "dask") == files(tmp_path / "local")
    assert not [name for name in os.listdir(tmp_path / "dask") if name.startswith(".")]
    assert built(tmp_path / "c", tmp_path / "dask", "svg", "bpmn").built == 0


def test_workers_that_a_module_ends_are_told_with_the_units_they_had(tmp_path, cluster):
    files_ = {"items.csv": HEADINGS + GOOD_ROW, "b.py": "import os\nos._exit(3)\n"}
    folder = catalogue(tmp_path / "c", files_)

    with pytest.raises(BadEnvironment, match=r"b\.py"):
        built(folder, tmp_path / "out", scheduler=cluster[0])


def test_a_scheduler_that_is_not_there_is_named(tmp_path, monkeypatch):
    need(importlib.util.find_spec("distributed") is not None, "dask (pip install flowstd[dask])")
    monkeypatch.setattr("flowstd.batch.run_dask._CONNECT", 1)
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW})

    with pytest.raises(BadEnvironment, match=r"tcp://127\.0\.0\.1:1\b"):
        built(folder, tmp_path / "out", scheduler="tcp://127.0.0.1:1")


def test_the_cluster_of_the_documentation_builds(tmp_path):
    need(importlib.util.find_spec("distributed") is not None, "dask (pip install flowstd[dask])")
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW})
    command = [sys.executable, str(ROOT / "docs" / "examples" / "on_a_cluster.py"), str(folder), str(tmp_path / "dask")]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, capture_output=True,
                          text=True, check=False)
    built(folder, tmp_path / "local", "svg", "bpmn")

    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "dask") == files(tmp_path / "local")
