"""What changed is told once, however it was changed, and only when it is quiet again."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event, Thread

from flowstd.base.watch import Watch


def names(found: tuple[Path, ...]) -> list[str]:
    return [path.name for path in found]


def test_what_appears_changes_and_goes_is_told_once(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.csv").write_text("1")
    (tmp_path / "b.yaml").write_text("1")
    watch = Watch([tmp_path])
    assert watch.changed() == ()

    (tmp_path / "sub" / "a.csv").write_text("12")
    (tmp_path / "c.py").write_text("")
    (tmp_path / "b.yaml").unlink()
    assert names(watch.changed()) == ["b.yaml", "c.py", "a.csv"]
    assert watch.changed() == ()


def test_a_file_of_the_same_size_and_time_put_in_its_place_is_seen(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("1")
    watch = Watch([file])
    (tmp_path / "new").write_text("2")
    os.utime(tmp_path / "new", ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    os.replace(tmp_path / "new", file)

    assert names(watch.changed()) == ["a.csv"]


def test_what_is_hidden_or_left_out_is_not_seen(tmp_path):
    watch = Watch([tmp_path], without=[tmp_path / "out"])
    for name in (".git/x", "out/a.svg", "__pycache__/a.pyc", "~$a.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1")

    assert watch.changed() == ()


def test_waiting_ends_when_it_is_quiet_again(tmp_path):
    watch = Watch([tmp_path])
    (tmp_path / "a").write_text("1")

    assert names(watch.wait(pause=0.01)) == ["a"]


def test_waiting_ends_when_it_is_stopped(tmp_path):
    watch, stop, found = Watch([tmp_path]), Event(), []
    waiting = Thread(target=lambda: found.append(watch.wait(pause=0.01, stop=stop)))
    waiting.start()
    stop.set()
    waiting.join(5)

    assert found == [()]


def test_a_place_that_is_not_there_yet(tmp_path):
    watch = Watch([tmp_path / "later.py"])
    (tmp_path / "later.py").write_text("")

    assert names(watch.changed()) == ["later.py"]
