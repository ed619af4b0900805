"""``flowstd build`` at work: once, or again whenever a file is saved."""

from __future__ import annotations

import sys
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.errors import BadUse, FlowstdError
from flowstd.base.process import Limits
from flowstd.base.text import Text
from flowstd.batch.build import build, plan
from flowstd.batch.since import changed_since
from flowstd.batch.wish import Listener, Wish
from flowstd.batch.write import OutputFolder
from flowstd.catalog.config import open_catalogue
from flowstd.catalog.load import count

from .build_report import check_report, write_report
from .departments import tell_departments
from .formats import chosen, looked, told_bpmn
from .listener import Told
from .log import Log
from .main import end_in_order
from .progress import progress
from .results import tell_build
from .terminal import say

if TYPE_CHECKING:
    from flowstd.catalog.config import Catalogue


class _Asked(NamedTuple):
    """What one build is asked to do."""

    catalogue: Catalogue
    formats: tuple[str, ...]
    out: OutputFolder
    wish: Wish


def built(folder: Path, *, dry: bool, explain: bool, report: Path | None, log: Path | None, **given: Any) -> int:
    """Build *folder* once; the exit code. Raises whatever stops it before it began."""
    from .places import writable

    asked = _asked(folder, look_only=dry, **given)
    if report is not None:
        check_report(report)
    if log is not None:
        writable(log, log.suffix)
    if dry:
        number = plan(asked.catalogue, asked.out, asked.formats, wish=asked.wish, listener=Told(explain=True))
        say(Text(f"会生成 {number} 项；什么都没有写", f"{number} would be made; nothing is written").say())
        return 0
    end_in_order()
    with progress(count(asked.catalogue), Text("生成流程图", "building")) as shown:
        told: Listener = Told(shown, explain=explain)
        logged = Log(log, told, sys.argv[1:]) if log is not None else None
        with closing(logged) if logged else nullcontext():
            try:
                summary = build(asked.catalogue, asked.out, asked.formats, wish=asked.wish, listener=logged or told)
            except BaseException as error:
                if logged:
                    logged.breaks(error)
                raise
            if logged:
                logged.ends(summary)
    if report is not None:
        write_report(report, summary)
    tell_departments(summary)
    return tell_build(summary, folder, asked.out.path)


def watched(folder: Path, *, dry: bool, report: Path | None, log: Path | None, **given: Any) -> int:
    """Build *folder* now and whenever something in it changes, until Ctrl-C; what is wrong is told, and waited for.

    Raises: BadUse: together with --dry-run.
    """
    from flowstd.base.watch import Watch
    from flowstd.report.text import told

    if dry:
        raise BadUse(Text("--watch 不能与 --dry-run 并用", "--watch does not go with --dry-run"))
    end_in_order()
    out = _asked(folder, look_only=True, **given).out.path
    watch = Watch([folder], without=[out, *filter(None, (report, log))])
    while True:
        try:
            built(folder, dry=False, report=report, log=log, **given)
        except FlowstdError as error:
            print(told(error), file=sys.stderr, flush=True)
        say(Text("等待改动（Ctrl-C 结束）……", "waiting for changes (Ctrl-C ends) ...").say())
        names = [path.name for path in watch.wait()]
        say(Text(f"有改动：{'、'.join(names[:5])}", f"changed: {', '.join(names[:5])}").say())


def _asked(folder: Path, *, look_only: bool, output: Path | None, formats: str | None, jobs: int, only: tuple[str, ...],
           since: str | None, force: bool, seconds: float | None, memory: int | None, scheduler: str,
           bpmn_pools: str | None, bpmn_engine: str | None, **look: str | None) -> _Asked:
    """What the person asks for, read with ``flowstd.toml``. Raises BadUse, BadEnvironment."""
    catalogue = open_catalogue(folder)
    bpmn = told_bpmn(bpmn_pools, bpmn_engine)
    options = dict(catalogue.options)
    if bpmn:
        options["bpmn"] = {**options.get("bpmn", {}), **bpmn}
    limits = Limits(seconds or catalogue.limits.seconds, memory or catalogue.limits.megabytes)
    catalogue = replace(catalogue, look=looked(catalogue.look, **look), options=options, limits=limits)
    named = chosen(formats.split(",")) if formats is not None else chosen(
        catalogue.formats, catalogue.source.where("output"))
    if output is None and not catalogue.output:
        raise BadUse(Text("没有说明输出到哪里", "no output folder is given"),
                     fix=Text("写 -o 文件夹，或在 flowstd.toml 写 [output] folder = \"…\"",
                              'write -o OUT, or [output] folder = "…" in flowstd.toml'))
    words = {"format": formats, "bpmn-pools": bpmn_pools, "bpmn-engine": bpmn_engine, **look}
    wish = Wish(jobs=jobs, force=force, only=only, since=changed_since(catalogue, since) if since else None,
                asked=tuple((name, value) for name, value in words.items() if value is not None), scheduler=scheduler)
    return _Asked(catalogue, named, OutputFolder(output or catalogue.folder / catalogue.output, look=look_only), wish)
