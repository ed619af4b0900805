"""What must not be lost, whatever happens: dead workers, disks that refuse, kills at any moment, two builds at once."""

from __future__ import annotations

import errno
import gc
import json
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flowstd.base.errors import BadEnvironment
from flowstd.batch import manifest, workers
from flowstd.batch.make import Maker
from flowstd.batch.write import OutputFolder
from flowstd.catalog.config import Limits
from tests.catalogues import GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, alive, built, catalogue, flowstd
from tests.conftest import ROOT

MANY = "".join(GOOD_ROW.replace("T-1", f"T-{number:03}") for number in range(100, 140))
FILES = {"items.csv": HEADINGS + MANY, "a.yaml": GOOD_YAML, "b.py": GOOD_PYTHON}
FEW = {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": GOOD_YAML}
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")


def charts(out: Path) -> dict[str, bytes]:
    """Every file but the manifest, which holds the times of files."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.name != manifest.NAME}


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """What an undisturbed build of FILES gives."""
    home = tmp_path_factory.mktemp("clean")
    built(catalogue(home / "c", FILES), home / "out")
    return charts(home / "out")


def broken_worker(monkeypatch, unit: str, work) -> None:
    good = Maker.make
    monkeypatch.setattr(Maker, "make", lambda maker, task, *rest: (
        work() if task.unit.label == unit else None, good(maker, task, *rest))[1])


# ---- workers

@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_number_of_workers_changes_nothing(tmp_path, clean, jobs):
    summary = built(catalogue(tmp_path / "c", FILES), tmp_path / "out", jobs=jobs)

    assert (len(summary.rows), summary.built, summary.failed) == (42, 42, [])
    assert charts(tmp_path / "out") == clean
    assert [json.loads(line).get("unit")
            for line in (tmp_path / "out" / manifest.NAME).read_text("utf-8").splitlines()] == [
        "a.yaml", "b.py", *(f"items.csv#T-{number}.新办" for number in range(100, 140)), None]


@pytest.mark.parametrize(("number", "said"),
                         [(signal.SIGKILL, "SIGKILL"), (signal.SIGSEGV, "SIGSEGV"), (signal.SIGABRT, "SIGABRT")])
def test_a_worker_that_is_killed_costs_its_item_only(tmp_path, monkeypatch, clean, number, said):
    folder = catalogue(tmp_path / "c", FILES)
    with monkeypatch.context() as patch:
        broken_worker(patch, "T-120.新办", lambda: os.kill(os.getpid(), number))
        summary = built(folder, tmp_path / "out", jobs=2)

    assert summary.failed == ["T-120.新办"]
    assert [(finding.code, finding.item) for finding in summary.findings] == [("INT002", "T-120.新办")]
    assert said in summary.findings[0].message.en
    assert len(summary.rows) == 41
    after = built(folder, tmp_path / "out")                # tried again in every build, whatever the manifest says
    assert (after.built, after.failed) == (1, [])
    assert charts(tmp_path / "out") == clean


def test_a_worker_killed_once_costs_nothing(tmp_path, monkeypatch, clean):
    mark = tmp_path / "killed"

    def once() -> None:
        if not mark.exists():
            mark.write_text("")
            os.kill(os.getpid(), signal.SIGKILL)

    broken_worker(monkeypatch, "T-120.新办", once)
    summary = built(catalogue(tmp_path / "c", FILES), tmp_path / "out", jobs=2)

    assert (mark.exists(), summary.failed) == (True, [])
    assert charts(tmp_path / "out") == clean


def test_an_item_that_hangs_costs_itself_only(tmp_path, monkeypatch):
    end = tmp_path / "end"
    broken_worker(monkeypatch, "T-103.新办", lambda: (time.sleep(30), end.touch()))
    summary = built(catalogue(tmp_path / "c", FILES), tmp_path / "out", jobs=2, limits=Limits(seconds=1.5))

    assert summary.failed == ["T-103.新办"]
    assert "longer than 1.5 seconds" in summary.findings[0].message.en
    assert len(summary.rows) == 41
    assert not end.exists()                  # nobody waited for it


@pytest.mark.parametrize("work", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: time.sleep(60)])
def test_among_many_units_given_and_told_at_once_the_one_that_costs_a_worker_is_known(tmp_path, monkeypatch, work):
    monkeypatch.setattr(workers, "_WAITING", (16, 16))
    monkeypatch.setattr(workers, "_SPEAK", 60)
    broken_worker(monkeypatch, "T-120.新办", work)
    summary = built(catalogue(tmp_path / "c", FILES), tmp_path / "out", jobs=1, limits=Limits(seconds=1.5))

    assert summary.failed == ["T-120.新办"]
    assert len(summary.rows) == 41


def test_an_item_that_eats_all_memory_costs_itself_only(tmp_path, monkeypatch):
    broken_worker(monkeypatch, "T-103.新办", lambda: bytearray(4 << 30))
    summary = built(catalogue(tmp_path / "c", FILES), tmp_path / "out", jobs=2)

    assert summary.failed == ["T-103.新办"]
    assert "1024 MB" in summary.findings[0].message.en
    assert len(summary.rows) == 41


def test_a_module_that_kills_its_process_is_named(tmp_path):
    summary = built(catalogue(tmp_path / "c",
                              {**FEW, "k.py": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"}),
                    tmp_path / "out")

    assert summary.failed == ["k.py"]
    assert len(summary.rows) == 2


SPOILS = """import builtins, importlib.abc, resource, sys

class Mine(importlib.abc.MetaPathFinder):
    pass

{}
"""


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("work", ["builtins.mine = 1", "sys.meta_path.insert(0, Mine())", "sys.path_hooks += [Mine]"])
def test_what_is_read_after_a_module_that_changed_its_process_for_good_is_read_in_another(tmp_path, clean, jobs, work):
    seen = "import builtins, sys\nassert 'Mine' not in repr([sys.meta_path, sys.path_hooks])\n" \
           "assert not hasattr(builtins, 'mine')\n"
    files = {**FILES, "a.py": SPOILS.format(work) + GOOD_PYTHON.replace("T-3", "T-4"), "b.py": seen + GOOD_PYTHON}
    summary = built(catalogue(tmp_path / "c", files), tmp_path / "out", jobs=jobs)

    assert (len(summary.rows), summary.failed, summary.findings) == (43, [], [])
    assert {name: data for name, data in charts(tmp_path / "out").items() if name in clean and "index" not in name} == {
        name: data for name, data in clean.items() if "index" not in name}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_module_that_lowers_a_limit_for_good_costs_itself_only(tmp_path, monkeypatch, jobs):
    def refuse(number: int, limits: tuple[int, int]) -> None:
        if limits[0] > 3:
            raise ValueError("not allowed to raise maximum limit")
        allow(number, limits)

    import resource

    allow = resource.setrlimit
    monkeypatch.setattr(resource, "setrlimit", refuse)
    files = {**FILES, "a.py": SPOILS.format("resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))") + GOOD_PYTHON}
    summary = built(catalogue(tmp_path / "c", files), tmp_path / "out", jobs=jobs)

    assert (len(summary.rows), summary.failed) == (42, ["a.py"])
    assert ["limits of its process" in one.message.en for one in summary.findings] == [True]


ODD = {
    "an own kind of text": ("class S(str): pass\nitem = item.model_copy(update={'name': S('游泳')})\n", 3),
    "a text that ends": ("class S(str):\n    def __len__(self): raise SystemExit(0)\n"
                         "item = item.model_copy(update={'name': S('游泳')})\n", 2),
    "a closed pipe": ("import os\nos.closerange(3, 256)\n", 2),
    "a lying metaclass": ("class M(type):\n    __name__ = property(lambda kind: 1 / 0)\n"
                          "class E(Exception, metaclass=M): pass\nraise E\n", 2),
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_value_of_a_module_costs_at_most_itself_and_no_stack_is_shown(tmp_path, kind):
    work, rows = ODD[kind]
    module = GOOD_PYTHON.replace("chart =", f"{work}chart =")
    done = flowstd("build", catalogue(tmp_path / "c", {**FEW, "b.py": module}), "-o", tmp_path / "out",
                   "--format", "json", "--jobs", "1")

    assert (done.code, len(list((tmp_path / "out").glob("T-*")))) == (rows == 2, rows), done
    assert "Traceback" not in done.err + done.out


FORKS = "import os\n{}\n" + GOOD_PYTHON


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("work", ["os.fork()", "os.fork(); os.fork()", "if os.fork() == 0: raise SystemExit"])
def test_a_module_that_forks_makes_no_second_worker(tmp_path, clean, jobs, work):
    summary = built(catalogue(tmp_path / "c", {**FILES, "b.py": FORKS.format(work)}), tmp_path / "out", jobs=jobs)

    assert (len(summary.rows), summary.failed) == (42, [])
    assert charts(tmp_path / "out") == clean


def test_a_unit_that_forks_while_it_is_made_makes_no_second_worker(tmp_path, monkeypatch, clean):
    broken_worker(monkeypatch, "T-103.新办", os.fork)
    summary = built(catalogue(tmp_path / "c", FILES), tmp_path / "out", jobs=2)

    assert (len(summary.rows), summary.failed) == (42, [])
    assert charts(tmp_path / "out") == clean


@pytest.mark.parametrize("answer", [pickle.dumps([(7_000, None)]), pickle.dumps([(0, None)] * 9), b"nonsense"],
                         ids=["another", "too many", "nonsense"])
def test_an_answer_that_nobody_asked_for_is_not_waited_upon(tmp_path, monkeypatch, answer):
    parent, sent = os.getpid(), workers._send
    monkeypatch.setattr(workers, "_send", lambda pipe, message: (
        sent(pipe, message) if os.getpid() == parent else pipe.send_bytes(answer)))
    summary = built(catalogue(tmp_path / "c", FEW), tmp_path / "out")

    assert [finding.code for finding in summary.findings] == ["INT002"] * 2
    assert len(summary.failed) == 2


def test_what_a_module_leaves_running_ends_with_the_build(tmp_path):
    number = tmp_path / "number"
    work = f"""
if os.fork() == 0:
    open({str(number)!r}, "w").write(str(os.getpid()))
    while True: pass
"""
    done = flowstd("build", catalogue(tmp_path / "c", {**FEW, "b.py": FORKS.format(work)}), "-o", tmp_path / "out",
                   "--format", "json")

    assert done.code == 0, done
    assert not alive(int(number.read_text()))


def test_what_a_killed_build_leaves_running_does_not_hold_the_folder(tmp_path):
    number = tmp_path / "number"
    work = f"""
import time
if os.fork() == 0:
    os.setsid()
    open({str(number)!r}, "w").write(str(os.getpid()))
time.sleep(60)
"""
    folder, out = catalogue(tmp_path / "c", {**FEW, "b.py": FORKS.format(work)}), tmp_path / "out"
    process = command(folder, out, "--seconds", "60")
    while not (number.exists() and number.read_text()):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.kill()
    process.wait()
    try:
        assert alive(int(number.read_text()))
        (folder / "b.py").write_text(GOOD_PYTHON, "utf-8")
        assert flowstd("build", folder, "-o", out, "--format", "json").code == 0
    finally:
        os.kill(int(number.read_text()), signal.SIGKILL)


def test_what_a_module_prints_is_no_part_of_what_a_build_says(tmp_path):
    work = "os.write(1, b'printed'); os.system('echo printed')"
    done = flowstd("build", catalogue(tmp_path / "c", {**FEW, "b.py": FORKS.format(work)}), "-o", tmp_path / "out",
                   "--format", "json")

    assert ("printed" in done.out, "printed" in done.err) == (False, True)


# ---- the disk

CALLS = ("open", "write", "replace", "unlink", "mkdir", "fsync")


def failing(number: int, kind: int, monkeypatch) -> list[str]:
    """From call *number* on, one call of the disk fails; the names of all calls."""
    calls: list[str] = []
    parent = os.getpid()

    def wrap(name: str):
        real = getattr(os, name)

        def call(*arguments, **more):
            writes = name != "open" or (len(arguments) > 1 and arguments[1] & (os.O_WRONLY | os.O_RDWR))
            if os.getpid() == parent and writes:
                calls.append(name)
                if len(calls) == number:
                    if name == "write":
                        real(arguments[0], bytes(arguments[1])[:7])
                    raise OSError(kind, os.strerror(kind))
            return real(*arguments, **more)

        return call

    for name in CALLS:
        monkeypatch.setattr(os, name, wrap(name))
    return calls


def torn(out: Path, clean: dict[str, bytes]) -> list[str]:
    """Files that are neither whole nor ours to judge."""
    if not out.exists():
        return []
    return [path.name for path in out.iterdir() if path.suffix == ".json" and path.name.startswith("T-")
            and path.read_bytes() != clean[path.name]]


@pytest.mark.parametrize("kind", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses_any_one_call_loses_nothing(tmp_path, monkeypatch, kind):
    """The writer under a layer that fails at call N, for every N, until a build survives."""
    monkeypatch.setattr("flowstd.batch.workers.Workers._supervised", lambda workers, tasks: (
        task if not hasattr(task, "unit") or isinstance(task.unit, str) else workers._own().make(task)
        for task in tasks))
    folder = catalogue(tmp_path / "c", FEW)
    built(folder, tmp_path / "clean")
    clean = charts(tmp_path / "clean")
    survived, number = False, 0
    while not survived:
        number += 1
        out = tmp_path / f"out{number}"
        with monkeypatch.context() as patch:
            calls = failing(number, kind, patch)
            try:
                built(folder, out)
            except BadEnvironment as error:
                assert os.strerror(kind) in error.what.en and str(tmp_path) in error.what.en
            survived = len(calls) < number
        assert torn(out, clean) == []
        built(folder, out)
        assert charts(out) == clean, f"after call {number}, {calls[-1]}"
        assert built(folder, out).built == 0
        shutil.rmtree(out)
    assert number > 12


def test_what_is_known_survives_a_refusal(tmp_path, monkeypatch):
    """A rerun after a full disk makes only what is missing."""
    folder = catalogue(tmp_path / "c", FILES)
    with monkeypatch.context() as patch:
        failing(60, errno.ENOSPC, patch)
        with pytest.raises(BadEnvironment):
            built(folder, tmp_path / "out")
    done = len(list((tmp_path / "out").glob("T-*")))
    summary = built(folder, tmp_path / "out")

    assert 0 < done < 42
    assert summary.built <= 42 - done + 1


def test_files_are_safe_and_so_are_the_folders_they_got_their_names_in(tmp_path, monkeypatch):
    monkeypatch.setattr("flowstd.batch.build.DIVIDED", 1)
    settled, real = [], os.fsync

    def fsync(file: int) -> None:
        settled.append(os.readlink(f"/proc/self/fd/{file}"))
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    out = tmp_path / "out"
    built(catalogue(tmp_path / "c", FEW), out)
    made = [path for path in out.rglob("*") if path.suffix in (".json", ".html") and path.name != manifest.NAME]

    assert len(made) == 4
    assert [path for path in (*made, *{path.parent for path in made}) if str(path) not in settled] == []


def test_a_program_that_builds_has_its_memory_looked_through_as_before(tmp_path):
    before = gc.get_freeze_count()
    built(catalogue(tmp_path / "c", FEW), tmp_path / "out")

    assert gc.get_freeze_count() == before


# ---- kills

def command(folder: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "flowstd", "build", str(folder), "-o", str(out), "--format", "json",
                             *more],
                            env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            # as a terminal starts it: tests run in the background may ignore Ctrl-C, and so would it
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))


def children(process: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def test_killed_at_any_moment_the_next_build_goes_on(tmp_path, clean):
    folder, chance = catalogue(tmp_path / "c", FILES), random.Random(6)
    for _ in range(8):
        out = tmp_path / "out"
        process = command(folder, out, "--jobs", "2")
        time.sleep(chance.uniform(0.2, 1.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert torn(out, clean) == []
    again = command(folder, out)
    again.communicate()
    assert again.returncode == 0
    assert charts(out) == clean
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    assert command(folder, out).wait(60) == 0
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_asked_to_stop_it_stops(tmp_path, number, code):
    end = tmp_path / "end"
    slow = f"import pathlib, time\ntime.sleep(8)\npathlib.Path({str(end)!r}).touch()\n" + GOOD_PYTHON
    folder, out = catalogue(tmp_path / "c", {**FEW, "z.py": slow}), tmp_path / "out"
    process = command(folder, out)
    while not children(process.pid) or not list(out.glob("T-2*")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    workers = children(process.pid)
    process.send_signal(number)
    said = process.communicate()[1].decode("utf-8")

    assert process.returncode == code, said
    assert not end.exists()                  # nobody waited for the slow one
    assert "Traceback" not in said and "interrupted" in said
    assert not any(map(alive, workers))
    assert [name for name in os.listdir(out) if "part" in name or name.startswith(".")] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("gap", [0, 0.003, 0.01, 0.05])
def test_asked_twice_it_stops_at_once_and_the_next_build_goes_on(tmp_path, clean, number, gap):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    process = command(folder, out, "--jobs", "2")
    while not list(out.glob("T-1*")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    workers = children(process.pid)
    for pause in (gap, 0):
        process.send_signal(number)
        time.sleep(pause)
    said = process.communicate()[1].decode("utf-8")

    assert process.returncode == 128 + number, said
    assert "Traceback" not in said
    assert not any(map(alive, workers))
    built(folder, out)
    assert charts(out) == clean


# ---- two at once

def test_two_builds_at_once_give_what_one_gives(tmp_path, clean):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    for _ in range(3):
        shutil.rmtree(out, ignore_errors=True)
        two = [command(folder, out), command(folder, out)]
        assert [process.wait(60) for process in two] == [0, 0], [process.communicate() for process in two]
        assert charts(out) == clean


def test_a_folder_that_another_build_just_swept_can_be_used(tmp_path, monkeypatch):
    """The file that tries whether it can be written is gone before it is removed."""
    whole = Path.write_bytes

    def swept(path, data):
        whole(path, data)
        OutputFolder(tmp_path, look=True).sweep()

    monkeypatch.setattr(Path, "write_bytes", swept)
    OutputFolder(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_one_who_waits_names_the_holder(tmp_path):
    from flowstd.batch.lock import held

    folder, out = catalogue(tmp_path / "c", FEW), tmp_path / "out"
    with held(OutputFolder(out), lambda holder: None):
        process = command(folder, out)
        time.sleep(3)
        assert process.poll() is None
    said = process.communicate(timeout=30)[1].decode("utf-8")

    assert process.returncode == 0
    assert f"process {os.getpid()}" in said
    assert (out / "T-1.新办.json").exists()


def test_a_lock_that_is_another_name_of_a_file_leaves_that_file_alone(tmp_path):
    folder, out, file = catalogue(tmp_path / "c", FEW), tmp_path / "out", tmp_path / "file"
    out.mkdir()
    file.write_text("somebody's")
    os.link(file, out / ".flowstd-lock")

    assert built(folder, out).built == 2
    assert file.read_text() == "somebody's"
