"""Whatever happens to the folder or in its modules, the server answers, and soon shows what is true."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.catalogues import CONFIG, GOOD_PYTHON
from tests.serve.running import FILES, B, Running, chart_path, running

SOON = CONFIG + "[build]\nseconds = 2\n"


def slow(begun: Path, end: Path) -> str:
    """A module that takes longer than it may: each run leaves a letter in *begun*, its end would leave *end*."""
    return (f"import pathlib, time\nwith open({str(begun)!r}, 'a') as file:\n    file.write('x')\n"
            f"time.sleep(10)\npathlib.Path({str(end)!r}).touch()\n")


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("preview") / "c", config=SOON) as server:
        yield server


@pytest.fixture
def server(one: Running) -> Running:
    """The same server for all, its folder as it was at first."""
    for path in one.folder.iterdir():
        if path.is_file() and path.name not in (*FILES, "flowstd.toml"):
            path.unlink()
    for name, text in FILES.items():
        if (one.folder / name).read_text("utf-8") != text:
            one.write(name, text)
    one.until("/items", lambda told: [line["code"] for line in told["lines"]] == ["T-2", "T-3", "T-1"]
              and not told["failed"])
    one.until("/chart", lambda told: not told["faults"] and "查询档案" in told["chart"]["pages"][0], item=B)
    return one


def good(told):
    return told["chart"] and not told["faults"]


def bad(told):
    return told["faults"]


def test_a_fault_keeps_the_last_good_chart_and_its_mending_gives_the_next(server):
    first = server.json("/chart", item=B)
    server.write("b.py", "flow = (\n")
    broken = server.until("/chart", bad, item=B)
    assert broken["chart"] == first["chart"] and broken["stamp"] == ""
    assert broken["faults"][0]["place"]["text"] == "b.py:1"
    assert server.ask(f"/export?item={quote(B)}&format=svg").status == 409
    listed = server.json("/items")
    assert [line["failed"] for line in listed["lines"] if line["id"] == B] == [True] and listed["failed"] == 1

    server.write("b.py", GOOD_PYTHON.replace("查询档案", "调阅档案"))
    mended = server.until("/chart", good, item=B)
    assert "调阅档案" in mended["chart"]["pages"][0] and mended["stamp"] not in ("", first["stamp"])


def test_a_table_saved_while_a_module_is_half_saved_is_read(server):
    server.write("items.csv", FILES["items.csv"].replace("户外广告设施设置许可", "户外广告许可"))
    for _ in range(8):
        server.write("b.py", "flow = (\n")
        time.sleep(0.03)

    told = server.until("/items", lambda told: told["failed"] == 1)
    assert "户外广告许可" in [line["title"] for line in told["lines"]]


def test_what_the_page_has_is_not_sent_again(server):
    stamp = server.json("/chart", item=B)["stamp"]
    path = chart_path(have=stamp)
    assert server.ask(path).status == 204
    server.write("a.yaml", "name：坏\n")
    server.until("/items", lambda told: told["failed"] == 1)
    assert server.ask(path).status == 204              # another file broke


def test_a_module_that_never_ends_costs_its_time_and_nothing_else(server, tmp_path):
    server.json("/chart", item=B)
    begun = tmp_path / "begun"
    server.write("b.py", slow(begun, tmp_path / "end"))
    told = server.until("/chart", bad, item=B)
    assert told["faults"][0]["code"] == "INT002" and "2 seconds" in told["faults"][0]["message"] and told["chart"]
    assert good(server.json("/chart", item="a.yaml#T-2.备案"))

    tried = begun.read_text()
    server.write("a.yaml", FILES["a.yaml"].replace("中医诊所备案", "诊所备案"))
    server.until("/items", lambda told: any(line["title"] == "诊所备案" for line in told["lines"]))
    assert begun.read_text() == tried                   # b.py is not run again for it
    server.write("b.py", GOOD_PYTHON)
    server.until("/chart", good, item=B)


def test_a_module_that_ends_the_process(server):
    server.write("b.py", "import os\nos._exit(3)\n")
    told = server.until("/chart", bad, item=B)
    assert "ended (3)" in told["faults"][0]["message"] and told["faults"][0]["place"]["text"] == "b.py"
    assert good(server.json("/chart", item="a.yaml#T-2.备案"))
    server.write("b.py", GOOD_PYTHON)
    server.until("/chart", good, item=B)


def test_a_folder_that_goes_and_comes_back(server):
    first = server.json("/chart", item=B)
    shutil.move(server.folder, server.folder.with_name("away"))
    gone = server.until("/chart", bad, item=B)
    assert gone["chart"] == first["chart"] and "flowstd.toml" in gone["faults"][0]["message"]
    assert server.json("/items")["total"] == 3

    shutil.move(server.folder.with_name("away"), server.folder)
    server.until("/chart", good, item=B)


def test_a_new_item_and_one_that_is_removed(server):
    server.write("c.py", GOOD_PYTHON.replace("T-3", "T-4"))
    server.until("/items", lambda told: told["total"] == 4)
    (server.folder / "c.py").unlink()
    server.until("/items", lambda told: told["total"] == 3)
    assert server.ask("/chart?item=c.py%23T-4").status == 404


def test_an_item_whose_code_changes_is_followed(server):
    server.write("b.py", GOOD_PYTHON.replace("T-3", "T-7"))
    server.until("/items", lambda told: any(line["code"] == "T-7" for line in told["lines"]))
    assert server.json("/chart", item=B)["entry"]["id"] == "b.py#T-7.查询"


def test_the_list_is_sought_in_and_says_what_is_wrong(server):
    assert [line["code"] for line in server.json("/items", q="诊所 备案")["lines"]] == ["T-2"]
    assert server.json("/items", q="nothing")["found"] == 0
    server.write("a.yaml", FILES["a.yaml"].replace("中医诊所备案", "中医诊所备案(县级)"))
    server.until("/items", lambda told: any(line["code"] == "T-2" and line["warnings"] for line in told["lines"]),
                 faulty="")


def test_ctrl_c_ends_it_whoever_looks_and_whatever_is_read(tmp_path):
    end = tmp_path / "end"
    with running(tmp_path / "c") as server:
        followed = [HTTPConnection("127.0.0.1", server.port, timeout=10) for _ in range(3)]
        for one in followed:
            one.request("GET", "/events")
            assert one.getresponse().readline().startswith(b"data: ")
        begun = tmp_path / "begun"
        server.write("b.py", slow(begun, end))
        while not begun.exists():
            time.sleep(0.02)
        assert server.stop() == 0
        assert not end.exists()                          # nobody waited for it
        assert server.process.stdout is not None and server.process.stdout.read() == "stopped\n"
        assert server.process.stderr is not None and server.process.stderr.read() == ""
