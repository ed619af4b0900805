"""A build on Dask gives the bytes of a local one, though a worker is killed in the middle."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flowstd.base.errors import BadEnvironment
from flowstd.base.process import Limits
from flowstd.batch.make import Task
from flowstd.catalog import synth
from flowstd.catalog.units import Unit
from tests.catalogues import GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, built, catalogue
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


@pytest.mark.parametrize(("work", "said"), [("os._exit(3)", "ended (3)"), ("while True: pass", "longer than 1 second")])
def test_a_module_that_breaks_off_costs_itself_only(tmp_path, cluster, work, said):
    """As in a local build: the Dask workers live on."""
    files_ = {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": GOOD_YAML, "b.py": f"import os\n{work}\n",
              "c.py": GOOD_PYTHON}
    folder = catalogue(tmp_path / "c", files_)
    summary = built(folder, tmp_path / "out", scheduler=cluster[0], limits=Limits(seconds=1))

    assert (summary.failed, len(summary.rows)) == (["b.py"], 3)
    assert [(one.code, said in one.message.en) for one in summary.findings] == [("INT002", True)]
    assert [worker.poll() for worker in cluster[1]] == [None, None]


def test_names_of_files_start_from_where_the_build_was_called(tmp_path, cluster, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    folder = catalogue(Path("c"), {"items.csv": HEADINGS + GOOD_ROW, "c.py": GOOD_PYTHON})

    assert built(folder, Path("out"), scheduler=cluster[0]).built == 2
    assert (tmp_path / "here" / "out" / "T-1.新办.json").exists()


def test_a_module_that_ends_what_makes_it_is_an_error_of_the_machine(tmp_path, cluster):
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW,
                                        "b.py": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n"})

    with pytest.raises(BadEnvironment, match="was ended"):
        built(folder, tmp_path / "out", scheduler=cluster[0])


def test_workers_that_are_gone_are_told_with_the_units_they_had():
    need(importlib.util.find_spec("distributed") is not None, "dask (pip install flowstd[dask])")
    from distributed import KilledWorker

    from flowstd.batch.run_dask import _result

    class Lost:
        def result(self) -> None:
            raise KilledWorker("made", None, 3)

    with pytest.raises(BadEnvironment, match=r"b\.py"):
        _result(Lost(), [Task(Unit("b.py", "b.py", "b.py", ""), ())])


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
