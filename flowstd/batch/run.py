"""Run: one job → the texts of its files and its findings. Values in, values out, nothing is written."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowstd.base.errors import BadEnvironment, FlowstdError
from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.pipeline import FORMATS

if TYPE_CHECKING:
    from flowstd.ir.case import Case

    from .plan import Job


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one job: every file, or none."""

    job: Job
    files: tuple[tuple[str, bytes], ...] = ()   # name, content
    findings: tuple[Finding, ...] = ()
    failed: bool = False
    trace: str = ""                             # our own stack, when we broke


def run(job: Job) -> Built:
    """Make the files of *job*. Whatever goes wrong becomes a finding of this one chart."""
    try:
        chart = job.look.chart(job.case)
        forms = [FORMATS[name] for name in job.formats]
        files = tuple(file for form in forms for file in form.files(chart, job.name, **job.options.get(form.name, {})))
        unshown = dict.fromkeys(finding for form in forms for finding in form.findings(chart))
        return Built(job, files, tuple(of_case(finding, job.case) for finding in (*chart.findings, *unshown)))
    except BadEnvironment:
        raise
    except FlowstdError as error:
        return Built(job, findings=(Finding.of(error, item=job.case.key),), failed=True)
    except MemoryError:
        raise
    except Exception as error:
        return Built(job, findings=(crash(error, job.case),), failed=True, trace=traceback.format_exc())


def of_case(finding: Finding, case: Case) -> Finding:
    """*finding* with the name of its case, and its place where it has none of its own."""
    if finding.item and finding.where:
        return finding
    return finding._replace(item=finding.item or case.key, where=finding.where or case.where)


def crash(error: Exception, case: Case) -> Finding:
    """The finding that stands for a fault of our own, met while *case* was made."""
    return broken(error, case.key, case.where)


def broken(error: Exception, item: str, where: Where = NOWHERE) -> Finding:
    """The same, where there is no case yet."""
    kind = type(error).__name__
    return Finding(
        code="INT001", name="internal-error", level=Level.ERROR, item=item, where=where,
        message=Text(f"flowstd 自身出错：{kind}: {error}", f"flowstd itself broke: {kind}: {error}"),
        fix=Text("加 --traceback 重新运行，把结果报告给 flowstd", "run again with --traceback and report what it prints"))
