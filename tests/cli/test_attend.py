"""Commands that run authors' modules: whatever a module does to its process costs this module only, and is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.catalogues import CONFIG, GOOD_PYTHON, GOOD_YAML, alive, catalogue, flowstd
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")

SHORT = CONFIG + "[build]\nseconds = 1\nmemory = 256\n"
BAD = "import os, signal, time\n{}\n" + GOOD_PYTHON.replace("T-3", "T-4")
ENDS = {
    "os._exit(0)": "ended (0)",
    "os._exit(3)": "ended (3)",
    "os.kill(os.getpid(), signal.SIGKILL)": "ended (SIGKILL)",
    "os.abort()": "ended (SIGABRT)",
    "while True: pass": "took longer than 1 second",
    "os.kill(os.getpid(), signal.SIGSTOP)": "took longer than 1 second",
    "os.closerange(3, 100); os._exit(0)": "ended (0)",
}


def folder(tmp_path: Path, **bad: str) -> Path:
    """Two good items, and modules that begin with what is given."""
    return catalogue(tmp_path / "c", {"a.yaml": GOOD_YAML, "z.py": GOOD_PYTHON,
                                      **{f"{name}.py": BAD.format(work) for name, work in bad.items()}}, SHORT)


@pytest.mark.parametrize(("work", "said"), ENDS.items())
def test_a_check_names_the_module_and_tells_of_all_others(tmp_path, work, said):
    done = flowstd("check", folder(tmp_path, b=work))

    assert done.code == 1, done
    assert [line for line in done.out.splitlines() if "INT002 error" in line and "b.py" in line and said in line], done
    assert "charts    2" in done.out and "failed    1" in done.out


def test_several_such_modules_are_told_each(tmp_path):
    done = flowstd("check", folder(tmp_path, b="os._exit(0)", c="while True: pass", y="os.abort()"), "--format", "json")

    assert [(Path(one["where"]["file"]).name, one["code"]) for one in json.loads(done.out)["findings"]
            if one["level"] == "error"] == [("b.py", "INT002"), ("c.py", "INT002"), ("y.py", "INT002")]


@pytest.mark.parametrize("form", ["sarif", "github", "markdown", "html"])
def test_every_report_tells_of_it_and_it_can_be_explained(tmp_path, run, form):
    done = flowstd("check", folder(tmp_path, b="os._exit(0)"), "--format", form, "--ignore", "INT002")

    assert done.code == 1 and "ended (0)" in done.out, done
    assert "INT002" in run("explain", "INT002").out


@pytest.mark.parametrize("words", [("book", "-o", "x.pdf"), ("export", "--xlsx", "x.xlsx")], ids=["book", "export"])
@pytest.mark.parametrize("work", ["os._exit(0)", "while True: pass"])
def test_a_book_and_a_workbook_hold_all_others(tmp_path, words, work):
    folder(tmp_path, b=work)
    name, *rest = words
    done = flowstd(name, "c", *rest, cwd=tmp_path)

    assert done.code == 1, done
    assert "INT002" in done.out + done.err and "b.py" in done.out + done.err
    assert (tmp_path / rest[-1]).stat().st_size > 1_000


@pytest.mark.parametrize("words", [("draw", "c/b.py", "-o", "x.svg"), ("diff", "c/z.py", "c/b.py"),
                                   ("due", "c/b.py", "--from", "2026-01-05"), ("check", "c/b.py")],
                         ids=["draw", "diff", "due", "check"])
def test_a_source_that_ends_its_process_is_an_error(tmp_path, words):
    folder(tmp_path, b="os._exit(0)")
    done = flowstd(*words, cwd=tmp_path)

    assert done.code == 1, done
    assert "the process that read it was ended (0)" in done.out + done.err
    assert not (tmp_path / "x.svg").exists()


def test_a_module_that_takes_all_memory_is_told_though_the_command_may_take_more(tmp_path):
    done = flowstd("check", folder(tmp_path, b="kept = bytearray(1 << 30)"))

    assert (done.code, "MemoryError" in done.out, "charts    2" in done.out) == (1, True, True), done


def test_a_command_says_what_it_says_without_another_process(tmp_path, run):
    """And what modules write themselves is no part of it."""
    home = folder(tmp_path, b="print('printed'); os.write(1, b'written'); os.system('echo said')")
    alone, attended = run("check", home, "--format", "json"), flowstd("check", home, "--format", "json")

    assert (attended.code, attended.out) == (alone.code, alone.out)
    assert [word for word in ("printed", "written", "said") if word not in attended.err] == []


def test_a_process_that_is_ended_beside_its_modules_is_no_success(tmp_path):
    """Here by what a module has left behind, when it is looked at."""
    work = "class Ends(list):\n    def __iter__(self):\n        os._exit(0)\n\ncharts = Ends()"
    done = flowstd("check", folder(tmp_path, b=work))

    assert done.code == 3 and "the process that did the work was ended (0)" in done.err, done


def test_what_a_module_leaves_running_ends_with_the_command(tmp_path):
    number = tmp_path / "number"
    work = f"if os.fork() == 0:\n    open({str(number)!r}, 'w').write(str(os.getpid()))\n    while True: pass"
    done = flowstd("check", folder(tmp_path, b=work))

    assert done.code == 0, done
    while alive(int(number.read_text())):
        time.sleep(0.01)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_asked_to_stop_both_processes_stop_and_no_module_is_blamed(tmp_path, number, code):
    begun = tmp_path / "begun"
    home = catalogue(tmp_path / "c", {"b.py": BAD.format(
        f"open({str(begun)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)")})
    process = subprocess.Popen([sys.executable, "-m", "flowstd", "check", str(home)], stderr=subprocess.PIPE,
                               env={**os.environ, "PYTHONPATH": str(ROOT), "FLOWSTD_LANG": "en"},
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    while not (begun.exists() and begun.read_text()):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(number)
    said = process.communicate(timeout=30)[1].decode()

    assert (process.returncode, "INT002" in said, "Traceback" in said) == (code, False, False)
    while alive(int(begun.read_text())):
        time.sleep(0.01)
