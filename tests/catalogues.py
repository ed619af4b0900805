"""Small catalogues for tests, and the command as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from flowstd.batch.build import build
from flowstd.batch.wish import Listener, Summary, Wish
from flowstd.batch.write import OutputFolder
from flowstd.catalog.config import Limits, open_catalogue
from flowstd.catalog.entry import Failed
from flowstd.catalog.load import load
from flowstd.ir.case import Case
from tests.conftest import ROOT

CONFIG = 'title = "测试"\nitems = ["*.csv", "*.yaml", "*.py"]\n'
HEADINGS = "code,name,item_type,情形,模板\n"
GOOD_ROW = "T-1,户外广告设施设置许可,行政许可,新办,immediate\n"
GOOD_YAML = "code: T-2\nname: 中医诊所备案\nitem_type: 其他行政权力\n情形: 备案\n模板: filing\n"
GOOD_PYTHON = '''from flowstd import Item
from flowstd.dsl import applicant, end, window

item = Item(name="企业档案查询", item_type="公共服务", code="T-3")
chart = item.scenario("查询", applicant.submit("提出申请") >> window.do("查询档案") >> end.done)
'''
LONG_PYTHON = '''from functools import reduce
from operator import rshift

from flowstd import Item
from flowstd.dsl import applicant, end, fragment, reviewer, window

item = Item(name="企业档案查询", item_type="公共服务", code="T-3")
volumes = reduce(rshift, [reviewer.do(f"核对第{number}册") for number in range(1, 61)])
chart = item.scenario("查询", applicant.submit("提出申请") >> window.accept("受理") >> fragment("核对环节", volumes) >> end.done)
'''                                     # one page with its fragment as a box, or as the applicant sees it; else several


def catalogue(folder: Path, files: dict[str, str | bytes], config: str = CONFIG) -> Path:
    """A catalogue in *folder* with these files."""
    folder.mkdir(exist_ok=True)
    for name, content in {"flowstd.toml": config, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def loaded(folder: Path) -> tuple[list[Case], list[Failed]]:
    """What the catalogue yields: the cases, and what failed."""
    entries = list(load(open_catalogue(folder)))
    return ([entry for entry in entries if isinstance(entry, Case)],
            [entry for entry in entries if isinstance(entry, Failed)])


def built(folder: Path, out: Path, *formats: str, listener: Listener | None = None, limits: Limits | None = None,
          **wishes: Any) -> Summary:
    """The catalogue built into *out*; JSON unless *formats* say otherwise, because it is quick."""
    opened = replace(open_catalogue(folder), limits=limits or Limits())
    return build(opened, OutputFolder(out), formats or ("json",), wish=Wish(**{"jobs": 1, **wishes}),
                 listener=listener)


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


def flowstd(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Ran:
    """``flowstd`` as a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "FLOWSTD_LANG": "en", **environment}
    done = subprocess.run([sys.executable, "-m", "flowstd", *map(str, arguments)], capture_output=True, cwd=cwd,
                          env=env,
                          timeout=120, check=False)
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def alive(process: int) -> bool:
    """Whether the process runs; one that has ended and nobody asked about does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
