"""What an author's module changes of its process decides nothing for the items that are read after it."""

from __future__ import annotations

import pytest

from tests.catalogues import GOOD_PYTHON, GOOD_YAML, catalogue, flowstd

IMPORTS = "import builtins, decimal, gc, locale, os, resource, signal, sys, warnings\n"
SHOWS = IMPORTS + GOOD_PYTHON + '''
mask = os.umask(0)
os.umask(mask)
open("{shown}", "w").write(repr([
    os.getcwd(), sys.getrecursionlimit(), mask, sorted(os.environ.items()), sys.path, sys.argv, type(sys.stderr),
    signal.getsignal(signal.SIGTERM), gc.isenabled(), gc.get_threshold(), warnings.filters, decimal.getcontext(),
    locale.setlocale(locale.LC_ALL), signal.getitimer(signal.ITIMER_REAL), sorted(vars(builtins)), len,
    len(sys.meta_path),
    len(sys.path_hooks), [resource.getrlimit(number) for number in range(15) if number != resource.RLIMIT_AS]]))
'''
CHANGES = (
    "os.chdir('/')", "sys.setrecursionlimit(80)", "os.umask(0o777)", "os.environ.clear()", "sys.path = ['/']",
    "sys.stdout = sys.stderr = None", "signal.signal(signal.SIGTERM, signal.SIG_IGN)", "gc.disable()",
    "gc.set_threshold(1)", "warnings.simplefilter('error')", "decimal.getcontext().prec = 1", "sys.argv.clear()",
    "locale.setlocale(locale.LC_ALL, 'C')", "signal.setitimer(signal.ITIMER_REAL, 30)",
    "builtins.len = max", "builtins.open = builtins.isinstance = None", "del builtins.sorted", "sys.meta_path.clear()",
    "sys.meta_path = None", "sys.path_hooks.clear()",
    *(f"resource.setrlimit(resource.{name}, ({low}, resource.getrlimit(resource.{name})[1]))"
      for name, low in (("RLIMIT_NOFILE", 3), ("RLIMIT_FSIZE", 0), ("RLIMIT_AS", 1 << 20))))


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What a module sees of its process after another that changes nothing, and how it is seen after one that does."""
    home = tmp_path_factory.mktemp("seen")

    def look(change: str, *words: str) -> str:
        folder = catalogue(home / "c", {
            "a.yaml": GOOD_YAML, "b.py": IMPORTS + GOOD_PYTHON.replace("T-3", "T-9") + change,
            "c.py": SHOWS.format(shown=home / "shown")})
        (home / "shown").unlink(missing_ok=True)
        done = flowstd(*words, cwd=home)
        assert done.code == 0, (change, done)
        if words[0] == "build":
            assert len(list((home / words[3]).glob("T-*"))) == 3
        assert folder.is_dir()
        return (home / "shown").read_text()

    return look


@pytest.mark.parametrize("words", [("build", "c", "-o", "out", "--format", "json", "-j", "1", "--force"),
                                   ("check", "c", "--select", "STR")], ids=["build", "check"])
def test_the_next_module_finds_the_process_as_it_was(seen, words):
    """Folder and output are told relative to the working folder, which a module may leave."""
    before = seen("", *words)

    assert [change for change in CHANGES if seen(change, *words) != before] == []


def test_a_file_is_known_that_a_module_reads_after_it_has_left_the_folder(tmp_path):
    read = ("import os\nfrom pathlib import Path\nos.chdir(Path(__file__).parent)\nopen('fee.txt').read()\n"
            + GOOD_PYTHON)
    folder, out = catalogue(tmp_path / "c", {"a.yaml": GOOD_YAML, "b.py": read, "fee.txt": "1"}), tmp_path / "out"
    assert flowstd("build", folder, "-o", out, "--format", "json").code == 0
    (folder / "fee.txt").write_text("2")

    assert "fee.txt" in flowstd("build", folder, "-o", out, "--format", "json", "--explain").out
