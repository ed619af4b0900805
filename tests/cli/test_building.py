"""A build as a person lives with it: watched, logged, counted by department."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from flowstd.base.text import Text
from flowstd.cli.progress import Lines
from tests.catalogues import GOOD_ROW, GOOD_YAML, HEADINGS, catalogue, flowstd
from tests.conftest import ROOT

FILES = {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": GOOD_YAML}


class Watching:
    """``flowstd build --watch`` as a process; its words are gathered while it runs."""

    def __init__(self, *words: object) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "FLOWSTD_LANG": "en", "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen([sys.executable, "-m", "flowstd", "build", *map(str, words), "--watch"],
                                        env=env,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        # tests run in the background may ignore Ctrl-C, and so would it
                                        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.said = ""
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        for line in self.process.stdout:
            self.said += line

    def until(self, words: str, times: int = 1) -> None:
        """Wait until *words* were said so often."""
        end = time.monotonic() + 60
        while self.said.count(words) < times:
            assert self.process.poll() is None and time.monotonic() < end, self.said
            time.sleep(0.02)


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_what_is_saved_is_built_until_it_is_stopped(tmp_path):
    folder, out = catalogue(tmp_path / "c", FILES), tmp_path / "c" / "out"
    watching = Watching(folder, "-o", out, "--format", "json", "--report", folder / "r.json", "--log", folder / "l.txt")
    try:
        watching.until("waiting for changes")
        assert (out / "T-1.新办.json").exists()
        (folder / "items.csv").write_text(HEADINGS + GOOD_ROW.replace("户外", "室内"), encoding="utf-8")
        watching.until("waiting for changes", 2)
        assert "changed: items.csv" in watching.said
        assert "室内广告" in (out / "T-1.新办.json").read_text("utf-8")
        (folder / "flowstd.toml").write_text("titel = 1", encoding="utf-8")
        watching.until("waiting for changes", 3)
        assert 'unknown name "titel"' in watching.said
        watching.process.send_signal(signal.SIGINT)
        assert watching.process.wait(10) == 130
    finally:
        watching.process.kill()
        watching.process.wait(10)


def test_watching_and_writing_nothing_do_not_go_together(tmp_path):
    assert flowstd("build", catalogue(tmp_path / "c", FILES), "-o", tmp_path / "out", "--watch", "--dry-run").code == 2


def test_the_log_says_what_happened_and_no_secrets(tmp_path):
    folder = catalogue(tmp_path / "c", {**FILES, "bad.yaml": "name：坏"})
    log = tmp_path / "log.txt"
    done = flowstd("build", folder, "-o", tmp_path / "out", "--format", "json", "--log", log, HOME=str(tmp_path),
                   FLOWSTD_SECRET="hush-hush")
    said = log.read_text("utf-8")

    assert done.code == 1
    for words in ("flowstd build", "make T-1.新办: new", "begin a.yaml", "done T-2.备案", "SRC001 error bad.yaml",
                  "charts 2, built 2, kept 0, failed 1"):
        assert words in said, said
    assert str(tmp_path) not in said and "hush-hush" not in said
    assert flowstd("build", folder, "-o", tmp_path / "out", "--log", tmp_path / "absent" / "log.txt").code == 3


def test_the_log_hides_who_asks_a_scheduler_and_says_why_it_broke_off(tmp_path):
    from flowstd.batch.wish import Listener
    from flowstd.cli.log import Log

    log = Log(tmp_path / "log.txt", Listener(), ["build", "--scheduler", "tcp://me:pass@host:8786"], clock=lambda: 0.0)
    log.breaks(OSError("no space"))
    log.close()

    said = (tmp_path / "log.txt").read_text("utf-8")
    assert "tcp://***@host:8786" in said and "pass" not in said
    assert "broken off: OSError: no space" in said


def test_departments_are_told_with_what_they_have_to_mend_first(tmp_path):
    heads = "code,name,item_type,authority,情形,模板\n"
    rows = "".join(f"T-{n},户外广告,行政许可,{who},新办,{how}\n" for n, (who, how) in enumerate(
        (("甲局", "immediate"), ("乙局", "imediate"), ("乙局", "immediate"))))
    folder = catalogue(tmp_path / "c", {"items.csv": heads + rows}, 'items = ["*.csv"]')
    flowstd("build", folder, "-o", tmp_path / "out", "--format", "json")
    (folder / "items.csv").write_text(heads + rows.replace("T-0,户外", "T-0,室内"), encoding="utf-8")
    told = flowstd("build", folder, "-o", tmp_path / "out", "--format", "json").out
    lines = [line.split() for line in told.splitlines()]
    place = lines.index(["authority", "built", "cached", "failed", "errors", "warnings"])

    assert [line[:4] for line in lines[place + 1:place + 3]] == [["乙局", "0", "1", "1"], ["甲局", "1", "0", "0"]]


def test_without_a_terminal_a_long_work_says_a_line_now_and_then(capsys):
    now = [0.0]
    lines = Lines(100, Text("生成", "building"), clock=lambda: now[0])
    for number in range(30):
        now[0] += 1.0
        lines.begin(f"T-{number}")
        lines.step("x")

    assert capsys.readouterr().err.splitlines() == [
        "building: 10/100, 1/s, about 90 s left, at T-9", "building: 20/100, 1/s, about 80 s left, at T-19",
        "building: 30/100, 1/s, about 70 s left, at T-29"]


def test_a_system_on_which_nothing_can_be_built_is_told_and_nothing_is_written(tmp_path, run, monkeypatch):
    monkeypatch.setattr("flowstd.batch.lock._POSIX", False)
    ran = run("build", catalogue(tmp_path / "c", FILES), "-o", tmp_path / "out")

    assert ran.code == 3 and "Linux and macOS only" in ran.err and "WSL" in ran.err
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
