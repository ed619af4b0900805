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
    "class E(BaseException):\n    def __str__(self): os._exit(0)\nraise E": "ended (0)",
    "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E": "took longer than 1 second",
    "class L(list):\n    def __iter__(self): os._exit(0)\ncharts = L()": "ended (0)",
    "class L(list):\n    def __iter__(self):\n        while True: pass\ncharts = L()": "took longer than 1 second",
    "class P:\n    @property\n    def __class__(self):\n        while True: pass\ncharts = [P()]":
        "took longer than 1 second",
    "os.closerange(3, 256)": "ended (1)",
}
RAISED = {
    "raise KeyboardInterrupt": "the module raised KeyboardInterrupt",
    # also where whoever runs the tests ignores it
    "signal.signal(signal.SIGINT, signal.default_int_handler)\nos.kill(os.getpid(), signal.SIGINT)":
        "the module raised KeyboardInterrupt",
    "class E(BaseException):\n    def __str__(self): raise SystemExit(0)\nraise E": "the module raised E",
    "class E(BaseException):\n    def __str__(self): raise KeyboardInterrupt\nraise E": "the module raised E",
    "class P:\n    __class__ = property(lambda self: exit(0))\ncharts = [P()]": "ended itself (SystemExit)",
    "class L(list):\n    def __iter__(self): return iter([bytearray(1 << 20) for _ in range(1500)])\ncharts = L()":
        "the module raised MemoryError",
    "class M(type):\n    @property\n    def __name__(self): exit(0)\nclass E(Exception, metaclass=M): pass\nraise E":
        "the module raised what cannot even be told",
    "raise BrokenPipeError": "the module raised BrokenPipeError",
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


@pytest.mark.parametrize(("work", "said"), RAISED.items())
def test_what_a_module_raises_is_told_of_it_whatever_it_is(tmp_path, work, said):
    done = flowstd("check", folder(tmp_path, b=work))

    assert done.code == 1, done
    assert [line for line in done.out.splitlines()
            if "SRC001 error" in line and "b.py" in line and line.endswith(f"{said}  [bad-source]")], done
    assert "charts    2" in done.out and "failed    1" in done.out


def test_a_value_that_is_no_chart_is_told_whatever_it_does(tmp_path):
    folder(tmp_path, b="class P:\n    __class__ = property(lambda self: exit(0))\n\np = P()")
    done = flowstd("draw", "c/b.py:p", "-o", "x.svg", cwd=tmp_path)

    assert (done.code, "c/b.py:3" in done.err, "ended itself" in done.err) == (1, True, True), done


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


NAMED = """
class Name(str):
    def __len__(self):
        {}

item = item.model_copy(update={{"name": Name("档案")}})
chart = item.scenario("查询", chart.flow)
"""
FIRST = "m.py"


def evil(tmp_path: Path, work: str) -> Path:
    """A catalogue with a chart whose name does *work* when it is looked at, after all modules are read."""
    return catalogue(tmp_path / "c", {FIRST: "import os\n" + GOOD_PYTHON + NAMED.format(work)}, SHORT)


def test_a_process_that_is_ended_beside_its_modules_is_no_success(tmp_path):
    done = flowstd("check", evil(tmp_path, "os._exit(0)"))

    assert done.code == 3 and "the process that did the work was ended (0)" in done.err, done


@pytest.mark.parametrize("error", ["SystemExit(0)", "KeyboardInterrupt", "BrokenPipeError",
                                   "__import__('click').exceptions.Exit(0)", "__import__('click').Abort"])
def test_what_a_chart_raises_later_is_no_success_and_no_wish_to_stop(tmp_path, error):
    done = flowstd("check", evil(tmp_path, f"raise {error}"), cwd=tmp_path)

    assert done.code == 4 and error.partition("(0)")[0].rpartition(".")[2] in done.err, done


def test_what_a_module_leaves_running_ends_with_the_command(tmp_path):
    number = tmp_path / "number"
    work = f"if os.fork() == 0:\n    open({str(number)!r}, 'w').write(str(os.getpid()))\n    while True: pass"
    done = flowstd("check", folder(tmp_path, b=work))

    assert done.code == 0, done
    while alive(int(number.read_text())):
        time.sleep(0.01)


def test_what_a_module_leaves_running_in_a_session_of_its_own_ends_too(tmp_path):
    if sys.platform != "linux":
        pytest.skip("only Linux hands over what is left running")
    number = tmp_path / "number"
    work = (f"import subprocess\nleft = subprocess.Popen(['sleep', '60'], start_new_session=True)\n"
            f"open({str(number)!r}, 'w').write(str(left.pid))")
    done = flowstd("check", folder(tmp_path, b=work))

    assert done.code == 0, done
    assert not alive(int(number.read_text()))


class Begun:
    """``flowstd check`` of a catalogue, that is at a module which does its *work*."""

    def __init__(self, tmp_path: Path, work: str, config: str = CONFIG) -> None:
        begun = tmp_path / "begun"
        home = catalogue(tmp_path / "c", {"b.py": BAD.format(
            f"open({str(begun)!r}, 'w').write(str(os.getpid()))\n{work}")}, config)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flowstd", "check", str(home)], stderr=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT), "FLOWSTD_LANG": "en"},
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        while not (begun.exists() and begun.read_text()):
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.02)
        self.child = int(begun.read_text())

    def ended(self) -> str:
        """Its words when it has ended, and the child with it."""
        said = b"".join(self.process.communicate(timeout=30)).decode()
        while alive(self.child):
            time.sleep(0.01)
        return said


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_asked_to_stop_both_processes_stop_and_no_module_is_blamed(tmp_path, number, code):
    begun = Begun(tmp_path, "time.sleep(60)")
    begun.process.send_signal(number)
    said = begun.ended()

    assert (begun.process.returncode, "INT002" in said, "Traceback" in said) == (code, False, False)
    assert said.startswith("interrupted")


def test_killed_it_leaves_nobody_to_do_its_work(tmp_path):
    """Also before the first module is run, and where there is none."""
    if sys.platform != "linux":
        pytest.skip("only Linux ends a process with its parent")
    work = ("import os, time\nfrom flowstd.cli.attend import attend\n"
            "def work():\n    print(os.getpid(), flush=True)\n    time.sleep(60)\nattend(work)")
    process = subprocess.Popen([sys.executable, "-c", work], stdout=subprocess.PIPE,
                               env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert process.stdout is not None
    child = int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()

    for _ in range(1000):
        if not alive(child):
            return
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    pytest.fail("it works on")


def test_stopped_both_stop_and_the_module_loses_no_time(tmp_path):
    begun = Begun(tmp_path, "time.sleep(0.5)", CONFIG + "[build]\nseconds = 2\n")
    begun.process.send_signal(signal.SIGTSTP)
    while _state(begun.process.pid) != "T" or _state(begun.child) != "T":
        time.sleep(0.01)
    time.sleep(2.5)
    assert _state(begun.child) == "T"
    begun.process.send_signal(signal.SIGCONT)

    assert ("charts    1" in begun.ended(), begun.process.returncode) == (True, 0)


def _state(process: int) -> str:
    done = subprocess.run(["ps", "-o", "state=", "-p", str(process)], capture_output=True, text=True, check=False)
    return done.stdout[:1]


def test_where_no_process_can_be_forked_modules_simply_run(tmp_path):
    refuse = ("import errno, os, sys\ndef fork(): raise BlockingIOError(errno.EAGAIN, 'no')\nos.fork = fork\n"
              "from flowstd.cli.main import main\nmain()")
    done = subprocess.run([sys.executable, "-c", refuse, "check", str(folder(tmp_path))], capture_output=True,
                          text=True, env={**os.environ, "PYTHONPATH": str(ROOT), "FLOWSTD_LANG": "en"}, check=False)

    assert (done.returncode, done.stderr, "charts    2" in done.stdout) == (0, "", True), done


@pytest.mark.parametrize("config", ["flowstd.toml", "../flowstd.toml"])
@pytest.mark.parametrize("words", [("check",), ("draw", "-o", "x.svg"), ("due", "--from", "2026-01-05")],
                         ids=["check", "draw", "due"])
def test_one_source_may_take_what_the_nearest_settings_allow(tmp_path, words, config):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / config).write_text(SHORT)
    (tmp_path / "c" / "b.py").write_text(BAD.format("while True: pass"))
    name, *rest = words
    done = flowstd(name, "c/b.py", *rest, cwd=tmp_path)

    assert (done.code, "longer than 1 second" in done.out + done.err) == (1, True), done
