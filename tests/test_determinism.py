"""Same input, same bytes, in any process: whatever its hash seed, locale, language and zone, and whatever the hour."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import pytest

from flowstd.base.digest import file_digest
from flowstd.base.extras import available
from flowstd.pipeline import FORMATS
from tests.conftest import ROOT, need

WORLDS = ({"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC", "FLOWSTD_LANG": "en", "LATER": "0"},
          {"PYTHONHASHSEED": "4711", "LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "FLOWSTD_LANG": "zh",
           "LATER": "100000"})


def chart(format: str) -> bytes:
    """The files of a chart with every kind of symbol."""
    from tests.render.charts import chart

    return b"".join(data for _, data in FORMATS[format].files(chart(), "a"))


def laid_out_anew() -> bytes:
    """A BPMN file that was read, with another diagram."""
    from flowstd.bpmn import read

    return read(chart("bpmn")).relaid().write()


def report(name: str) -> bytes:
    """What is told of some findings."""
    from flowstd.base.late import late
    from tests.report.test_formats import charts

    return str(late(f"flowstd.report.{name}:to_{name}")(charts(), "en")).encode()


def findings_workbook() -> bytes:
    """The workbook of the same findings."""
    from flowstd.report.xlsx import to_xlsx
    from tests.report.test_formats import charts

    return to_xlsx(charts(), None, "zh")


def items_workbook() -> bytes:
    """The workbook of some items."""
    from flowstd.catalog.to_xlsx import book_of
    from flowstd.ir.case import make_case
    from tests.render.charts import ITEM, block

    return book_of([make_case(ITEM, scenario, block()) for scenario in ("新办", "变更")])[0]


MADE: dict[str, tuple[Callable[[], bytes], str]] = {          # what is made, how, and the extra that it needs
    **{name: (partial(chart, name), form.extra) for name, form in FORMATS.items()},
    "BPMN laid out anew": (laid_out_anew, ""),
    **{name: (partial(report, name), "") for name in ("sarif", "github", "markdown")},
    "report": (partial(report, "html"), ""),
    "findings workbook": (findings_workbook, "xlsx"),
    "items workbook": (items_workbook, "xlsx"),
}


def tell() -> None:
    """Print the digest of all that can be made here, in a process whose clock is LATER seconds fast."""
    now, later = time.time, float(os.environ["LATER"])
    time.time = lambda: now() + later
    print(json.dumps({name: file_digest(make()) for name, (make, extra) in MADE.items() if available(extra)}))


@pytest.fixture(scope="module")
def told() -> list[dict[str, str]]:
    """The digests that each world gives."""
    command = [sys.executable, "-c", "from tests.test_determinism import tell; tell()"]
    return [json.loads(subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", **world}, check=True,
                                      capture_output=True).stdout) for world in WORLDS]


@pytest.mark.parametrize("name", MADE)
def test_equal_input_gives_equal_bytes_in_any_process(name: str, told: list[dict[str, str]]) -> None:
    need(available(MADE[name][1]), MADE[name][1])
    one, other = told

    assert one[name] == other[name]
