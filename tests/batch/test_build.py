"""A build: every chart that can be made is made, whole, in its folder, and nothing else is touched."""

from __future__ import annotations

import errno
import json
import os
import pickle
import stat
from contextlib import closing

import pytest

from flowstd.base.digest import digest
from flowstd.base.errors import BadEnvironment
from flowstd.base.text import Text
from flowstd.batch import manifest
from flowstd.batch.manifest import Journal, Manifest
from flowstd.batch.plan import Job, plan
from flowstd.batch.run import run
from flowstd.batch.wish import Listener
from flowstd.batch.write import OutputFolder
from flowstd.catalog.config import open_catalogue
from flowstd.catalog.entry import Failed
from flowstd.catalog.load import load
from tests.catalogues import GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, built, catalogue, flowstd

FILES = {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": GOOD_YAML, "b.py": GOOD_PYTHON}
NAMES = ["T-1.新办.json", "T-2.备案.json", "T-3.查询.json"]


class Told(Listener):
    """Remembers what it hears."""

    def __init__(self) -> None:
        self.notices: list[Text] = []
        self.reasons: dict[str, tuple[bool, str]] = {}

    def notice(self, words: Text) -> None:
        self.notices.append(words)

    def explain(self, name: str, reason: Text, *, made: bool) -> None:
        self.reasons[name] = (made, reason.en)


def listed(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_build_writes(tmp_path):
    summary = built(catalogue(tmp_path / "c", FILES), tmp_path / "out", "json", "geometry")

    assert not summary.failed
    assert listed(tmp_path / "out") == sorted([*NAMES, *(name.replace(".json", ".geometry.json") for name in NAMES),
                                               "flowstd-manifest.json", "index.html"])
    assert json.loads((tmp_path / "out" / "T-1.新办.json").read_text("utf-8"))["title"] == "户外广告设施设置许可（新办）"


def test_one_bad_item_never_stops_the_others(tmp_path):
    summary = built(catalogue(tmp_path / "c", {**FILES, "a.yaml": "name：坏"}), tmp_path / "out")

    assert summary.failed == ["a.yaml"]
    assert [name for name in NAMES if (tmp_path / "out" / name).exists()] == [NAMES[0], NAMES[2]]
    assert "a.yaml" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_a_crash_of_ours_is_one_finding_of_one_item(tmp_path, monkeypatch):
    from flowstd.pipeline import Chart

    good = Chart.json
    monkeypatch.setattr(Chart, "json", lambda chart: 1 / 0 if chart.item.code == "T-2" else good(chart))
    monkeypatch.setitem(__import__("flowstd.pipeline").pipeline.FORMATS, "json",
                        __import__("flowstd.pipeline").pipeline.FORMATS["json"]._replace(make=Chart.json))
    summary = built(catalogue(tmp_path / "c", FILES), tmp_path / "out")

    assert summary.failed == ["T-2.备案"]
    assert [(finding.code, finding.item) for finding in summary.findings
            if finding.code == "INT001"] == [("INT001", "T-2.备案")]
    assert "ZeroDivisionError" in summary.traces[0]
    assert [name for name in NAMES if (tmp_path / "out" / name).exists()] == [NAMES[0], NAMES[2]]


def test_two_charts_never_share_a_file(tmp_path):
    rows = "".join(GOOD_ROW.replace("T-1", code) for code in ("t-1", "T-1"))
    summary = built(catalogue(tmp_path / "c", {"items.csv": HEADINGS + rows}), tmp_path / "out")

    assert summary.failed == ["T-1.新办"]
    assert "t-1.新办" in summary.findings[0].message.en


def test_a_job_and_its_result_can_be_sent_elsewhere(tmp_path):
    opened = open_catalogue(catalogue(tmp_path / "c", FILES))
    jobs = [job for job in plan(load(opened), ("json", "svg", "bpmn")) if isinstance(job, Job)]

    assert len(jobs) == 3
    for job in jobs:
        done = run(pickle.loads(pickle.dumps(job)))
        assert pickle.loads(pickle.dumps(done)) == done
        assert done.files == run(job).files


def test_what_failed_passes_through_the_plan():
    failed = Failed("x", ())

    assert list(plan([failed], ("svg",))) == [failed]


# ---- the folder

def test_a_removed_item_takes_its_files_along_and_foreign_files_stay(tmp_path):
    folder = catalogue(tmp_path / "c", FILES)
    built(folder, tmp_path / "out")
    (tmp_path / "out" / "mine.svg").write_text("mine")
    (folder / "a.yaml").unlink()
    summary = built(folder, tmp_path / "out")

    assert summary.removed == ["T-2.备案.json"]
    assert (tmp_path / "out" / "mine.svg").read_text() == "mine"
    assert not (tmp_path / "out" / "T-2.备案.json").exists()


def test_the_chart_of_an_item_that_now_fails_does_not_pass_as_fresh(tmp_path):
    folder = catalogue(tmp_path / "c", FILES)
    built(folder, tmp_path / "out")
    (folder / "a.yaml").write_text("name: 甲\nname: 乙\n", encoding="utf-8")

    assert built(folder, tmp_path / "out").removed == ["T-2.备案.json"]
    again = built(folder, tmp_path / "out")
    assert (again.removed, again.failed) == ([], ["a.yaml"])
    assert again.findings[0].message.en.startswith('"name" is given twice')


@pytest.mark.parametrize("change", ["changed by hand", ""], ids=["edited", "cut off"])
@pytest.mark.parametrize("goes", [lambda path: path.unlink(), lambda path: path.write_text("name：坏", "utf-8")],
                         ids=["the item goes", "the item fails"])
def test_a_file_that_somebody_changed_stays_and_is_told_and_is_still_ours(tmp_path, change, goes):
    name, folder, out = "T-2.备案.json", catalogue(tmp_path / "c", FILES), tmp_path / "out"
    built(folder, out)
    (out / name).write_text(change)
    goes(folder / "a.yaml")

    for _ in range(2):                       # the short way does not pass over it
        done = flowstd("build", folder, "-o", out, "--format", "json")
        assert f"left: {name}; delete" in done.err
        assert ((out / name).read_text(), "removed" in done.out) == (change, False)
    (folder / "a.yaml").write_text(GOOD_YAML, "utf-8")
    summary = built(folder, out)
    assert (summary.failed, len(summary.rows)) == ([], 3)
    assert json.loads((out / name).read_text("utf-8"))


def test_a_changed_file_that_somebody_has_seen_to_is_forgotten(tmp_path):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    built(folder, out)
    whole = {name: (out / name).read_bytes() for name in NAMES[:2]}
    for name in whole:
        (out / name).write_text("changed by hand")
    (folder / "a.yaml").unlink()
    (folder / "items.csv").unlink()
    built(folder, out)
    (out / NAMES[0]).unlink()
    (out / NAMES[1]).write_bytes(whole[NAMES[1]])
    told = Told()

    assert built(folder, out, listener=told).removed == [NAMES[1]]
    assert told.notices == []
    with closing(Manifest(OutputFolder(out))) as before:
        assert set(before.files()) == {NAMES[2], "index.html"}


def test_a_build_that_breaks_off_still_knows_what_was_left(tmp_path, monkeypatch):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "out"
    built(folder, out)
    (out / NAMES[1]).write_text("changed by hand")
    (folder / "a.yaml").unlink()
    built(folder, out)
    with monkeypatch.context() as patch:
        patch.setattr("flowstd.batch.build._Build._finish", lambda build, inputs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            built(folder, out)
    (folder / "a.yaml").write_text(GOOD_YAML, "utf-8")

    assert built(folder, out).failed == []


@pytest.mark.parametrize("damage",
                         [b"", b"{", b"[]\n", b'{"format": "flowstd-manifest/9", "closes": ""}\n', b"\xff\xfe",
                                    b'{"unit": 1, "by": []}\n', b"[" * 100_000, b"cut", b"zeroed", b"changed"])
def test_a_damaged_manifest_removes_nothing_and_costs_only_time(tmp_path, damage):
    folder = catalogue(tmp_path / "c", FILES)
    built(folder, tmp_path / "out")
    whole = (tmp_path / "out" / manifest.NAME).read_bytes()
    damages = {b"cut": whole[:len(whole) // 2], b"zeroed": bytes(len(whole)),
               b"changed": whole.replace(b"T-1", b"T-9", 1)}
    before = {name: (tmp_path / "out" / name).read_bytes() for name in NAMES}
    (folder / "a.yaml").unlink()
    (tmp_path / "out" / manifest.NAME).write_bytes(damages.get(damage, damage))
    told = Told()

    summary = built(folder, tmp_path / "out", listener=told)

    assert (summary.removed, summary.built) == ([], 2)
    assert len(told.notices) == 1
    assert {name: (tmp_path / "out" / name).read_bytes() for name in NAMES} == before
    assert built(folder, tmp_path / "out", listener=told).built == 0
    assert len(told.notices) == 1


def test_a_manifest_cannot_lead_out_of_the_folder(tmp_path):
    folder = catalogue(tmp_path / "c", FILES)
    built(folder, tmp_path / "out")
    (tmp_path / "victim").write_text("x")
    out = OutputFolder(tmp_path / "out")
    with closing(Manifest(out)) as before:
        lines, last = list(before.records()), before.closing
        journal = Journal(out, before)
        for name in ("../victim", str(tmp_path / "victim"), ".."):
            lines[0]["cases"][0]["files"].append([name, 1, 0, digest("x")])
        for line in lines:
            journal.add(line)
        journal.end(last)
    for path in folder.glob("*.yaml"):
        path.unlink()
    (folder / "items.csv").write_text(HEADINGS + GOOD_ROW.replace("T-1", "T-8"), encoding="utf-8")

    assert set(built(folder, tmp_path / "out").removed) == {"T-1.新办.json", "T-2.备案.json"}
    assert (tmp_path / "victim").exists()


def test_a_symbolic_link_in_the_folder_is_replaced_not_followed(tmp_path):
    (tmp_path / "victim").write_text("x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / NAMES[0]).symlink_to(tmp_path / "victim")
    built(catalogue(tmp_path / "c", FILES), tmp_path / "out")

    assert (tmp_path / "victim").read_text() == "x"
    assert not (tmp_path / "out" / NAMES[0]).is_symlink()


@pytest.mark.parametrize("name", ["../x", "a/b/c", "a/", "/etc/x", "..", "", "a\\b", "a\0b"])
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    with pytest.raises(BadEnvironment):
        OutputFolder(tmp_path / "out").write(name, b"x")


def test_a_file_in_the_way_of_the_folder(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(BadEnvironment, match="is a file"):
        OutputFolder(tmp_path / "out")


def test_a_link_instead_of_the_folder(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadEnvironment, match="symbolic link"):
        OutputFolder(tmp_path / "out")


def test_a_folder_without_a_parent(tmp_path):
    with pytest.raises(BadEnvironment, match="no parent folder"):
        OutputFolder(tmp_path / "absent" / "out")


def test_a_folder_that_may_not_be_written(tmp_path, monkeypatch):
    def refuse(*arguments, **more):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    with pytest.raises(BadEnvironment, match="Read-only file system"):
        OutputFolder(tmp_path / "out")


def test_a_full_disk_stops_the_build_and_leaves_whole_files(tmp_path, monkeypatch):
    folder = catalogue(tmp_path / "c", FILES)
    real, calls = os.write, []

    def full(handle, data):
        if not stat.S_ISREG(os.fstat(handle).st_mode):       # a pipe between processes
            return real(handle, data)
        calls.append(1)
        if len(calls) == 2:
            real(handle, bytes(data)[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(BadEnvironment, match="No space left") as caught:
        built(folder, tmp_path / "out")

    assert "disk is full" in caught.value.fix.en
    assert str(tmp_path / "out") in caught.value.what.en
    left = listed(tmp_path / "out")
    assert not any(name.startswith(".") for name in left)
    for name in set(left) - {manifest.NAME, manifest.PART}:
        json.loads((tmp_path / "out" / name).read_text("utf-8"))
    monkeypatch.undo()
    assert len(built(folder, tmp_path / "out").rows) == 3


def test_temporary_files_of_a_killed_build_are_swept(tmp_path):
    (tmp_path / "out").mkdir()
    dead = 2 ** 22 + 1                      # above the largest process number there is
    for name in (f"T-1.新办.json.{dead}.part", f"T-1.新办.json.{os.getpid()}.part", "notes.part", f"x.{os.getppid()}.part"):
        (tmp_path / "out" / name).write_text("")
    (tmp_path / "out" / ".flowstd-0-1-2.part").write_text("")
    OutputFolder(tmp_path / "out").sweep()

    assert listed(tmp_path / "out") == ["notes.part", f"x.{os.getppid()}.part"]


def test_a_second_build_gives_the_same_bytes_and_touches_nothing(tmp_path):
    def seen() -> dict[str, tuple[bytes, int, int]]:
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
                for path in (tmp_path / "out").iterdir()}

    folder = catalogue(tmp_path / "c", FILES)
    built(folder, tmp_path / "out", "svg", "bpmn")
    first = seen()
    built(folder, tmp_path / "out", "svg", "bpmn")

    assert seen() == first


def test_a_damaged_chart_is_written_anew(tmp_path):
    folder = catalogue(tmp_path / "c", FILES)
    built(folder, tmp_path / "out")
    whole = (tmp_path / "out" / NAMES[0]).read_bytes()
    for damage in (whole[:-1], whole[:-2] + b"x\n", b""):
        (tmp_path / "out" / NAMES[0]).write_bytes(damage)
        built(folder, tmp_path / "out")
        assert (tmp_path / "out" / NAMES[0]).read_bytes() == whole


def test_done_is_said_when_the_disk_has_it(tmp_path, monkeypatch):
    calls: list[str] = []
    for name in ("fsync", "sync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *given, real=real, name=name: (calls.append(name), real(*given))[1])
    folder = catalogue(tmp_path / "c", FILES)
    built(folder, tmp_path / "out")
    assert calls[-6:] == ["fsync"] * 5 + ["replace"]              # three charts, the index, the manifest; then its name
    monkeypatch.setattr("flowstd.batch.write._FEW", 2)
    calls.clear()
    built(folder, tmp_path / "other")
    assert calls[-3:] == ["sync", "fsync", "replace"]
    calls.clear()
    built(folder, tmp_path / "other")
    assert "sync" not in calls
