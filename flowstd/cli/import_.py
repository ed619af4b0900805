"""``flowstd import FILE -o OUTPUT``: what others wrote, as items that build; the suffix says how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowstd.base.text import Text

from .commands import command as make
from .convert import report_option, tell
from .places import check_place, force_option, unwritten

if TYPE_CHECKING:
    from flowstd.catalog.entry import Failed
    from flowstd.ir.case import Case


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "import", _import,
        click.Argument(["source"], type=click.Path(path_type=Path)),
        click.Option(["-o", "--output", "output"], type=click.Path(path_type=Path), required=True, metavar="OUTPUT",
                     help=Text("工作簿：新文件夹，放读出的事项；BPMN：一个 .py 文件",
                               "of a workbook: a new folder for the items; of BPMN: a .py file").say()),
        report_option(),
        force_option(),
        help=Text("读部门填好的工作簿（.xlsx），写成可以生成流程图的事项文件夹，有问题的格逐一指出；或读 BPMN 文件（.bpmn），写成 Python 流程。",
                  "Read a workbook that a department has filled in (.xlsx) and write a folder of items that builds, "
                  "naming every cell that is wrong; or a BPMN file (.bpmn), and write its processes in Python."))


def _import(source: Path, output: Path, report: Path | None, force: bool) -> int:
    from flowstd.base.errors import BadUse

    read = READERS.get(source.suffix.casefold())
    if read is None:
        raise BadUse(Text(f"不知道怎么读 {source.name}", f"{source.name} is no kind of file that is read"),
                     fix=Text(f"可以读 {'、'.join(READERS)}；.xls、.et、.csv 先另存为 .xlsx",
                              f"these are: {', '.join(READERS)}; save .xls, .et or .csv as .xlsx first"))
    if report is not None:
        check_place(report)
    return read(source, output, report, force)


def _bpmn(source: Path, output: Path, report: Path | None, force: bool) -> int:
    """Write the processes of a BPMN file as a Python module, and say what they have no word for."""
    from flowstd.base.files import write_whole
    from flowstd.bpmn import read
    from flowstd.bpmn.to_dsl import all_to_dsl

    from .terminal import say

    unwritten(output, ".py", force=force)
    document = read(source)
    readings = (document.main, *(reading for reading in document.readings if reading is not document.main))
    text, unsaid = all_to_dsl(readings, source.name)
    write_whole(output, text)
    tell(document, [*document.losses, *unsaid], report)
    say(Text(f"{source} → {output}：{len(readings)} 个流程", f"{source} → {output}: {len(readings)} processes").say())
    return 0


def _workbook(source: Path, output: Path, report: Path | None, force: bool) -> int:
    from flowstd.base.errors import BadUse
    from flowstd.catalog.from_xlsx import cases_in

    if force:
        raise BadUse(Text("工作簿要读进新文件夹，不能用 --force", "a workbook goes into a new folder: there is no --force"),
                     fix=Text("换一个文件夹名称", "choose another name for the folder"))
    return _written(list(cases_in(source, {})), output, report)


def _written(entries: list[Case | Failed], output: Path, report: Path | None) -> int:
    """Write each case as an item file with its flow beside it, and say what went wrong."""
    from flowstd.base.files import write_whole
    from flowstd.batch.plan import plan
    from flowstd.catalog.entry import Failed
    from flowstd.catalog.to_yaml import item_yaml
    from flowstd.report.json import to_json

    from .main import FINDINGS
    from .places import new_folder
    from .results import exit_code, tell_findings
    from .terminal import as_typed, beside, say

    jobs = list(plan(entries))
    failed = [job for job in jobs if isinstance(job, Failed)]
    made = [job for job in jobs if not isinstance(job, Failed)]
    findings = [*(finding for job in failed for finding in job.findings),
                *(finding for job in made for finding in job.case.noticed)]
    tell_findings(findings)
    if report is not None:
        write_whole(report, to_json(findings))
    if not made:
        say(Text("没有读出事项，什么都没有写", "no items were read; nothing is written").say())
        return FINDINGS
    with new_folder(output) as inside:
        (inside / "items").mkdir()
        for job in made:
            write_whole(inside / "items" / f"{job.name}.flow.json", job.case.flow.to_json())
            write_whole(inside / "items" / f"{job.name}.yaml", item_yaml(job.case, f"{job.name}.flow.json"))
        write_whole(inside / "flowstd.toml", _CONFIG)
    build = as_typed("flowstd", "build", output, "-o", beside(output))
    say(Text(f"读出 {len(made)} 张流程图，写进 {output}；{len(failed)} 项有问题没有写。生成流程图：\n  {build}",
             f"{len(made)} charts were read and are in {output}; {len(failed)} have faults. Make the charts:\n"
             f"  {build}").say())
    return exit_code(findings, failed=bool(failed))


READERS: Mapping[str, Callable[[Path, Path, Path | None, bool], int]] = {".xlsx": _workbook, ".bpmn": _bpmn}
_CONFIG = 'items = ["items/*.yaml"]     # each with its flow beside it, as canonical JSON\n'
