"""Requests → charts: from a catalogue, from a source, or from a flow that stands in the page itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from flowstd.base.errors import BadFlow, BadUse, FlowstdError, UnknownName
from flowstd.base.finding import Finding
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.catalog import from_python, from_yaml
from flowstd.catalog.config import NAME, Catalogue, Look, open_catalogue
from flowstd.catalog.entry import Failed, failures
from flowstd.catalog.load import load, load_source
from flowstd.catalog.source import Source
from flowstd.catalog.steps import block_of, lanes_of
from flowstd.catalog.yaml_text import read_yaml
from flowstd.ir.case import Case
from flowstd.ir.model import Flow
from flowstd.pipeline import Chart, compile_case, compile_flow

from .request import Request

SUFFIXES = (".py", ".yaml", ".yml", ".json")
_YAML = re.compile(r"\s*(?:-\s|[\w.]+\s*[:：](?:\s|$))")
_LAST = "_"                       # what the last expression of a flow in a page is kept as


class CannotDraw(FlowstdError):
    """An entry of a catalogue became no chart; *findings* say why."""

    def __init__(self, failed: Failed) -> None:
        first = failed.findings[0]
        super().__init__(first.message, where=first.where, fix=first.fix)
        self.findings = failed.findings


def chart_of(request: Request, note: Callable[[Path], None]) -> Chart:
    """The one chart that *request* means; *note* is told every file it is made from.

    Raises: UnknownName: no such item or scenario. BadUse: several are meant. CannotDraw: the entry is broken.
    FlowstdError: what reading the source raised.
    """
    if request.content.strip():
        return in_page(request)
    if request.word == "item" or not is_source(request.argument):
        return _of_item(request, entries_of(request, note))
    path = re.sub(r":[^:/\\]*$", "", request.argument) if not request.argument.endswith(SUFFIXES) else request.argument
    for file in _beside(request.path(path)):
        note(file)
    return _only(load_source(str(request.path(request.argument))), request)


def is_source(argument: str) -> bool:
    """Whether *argument* names a file, as ``flowstd draw`` takes it.

    >>> is_source("ski.py:flow"), is_source("000131001000")
    (True, False)
    """
    return bool(re.search(r"\.(?:py|ya?ml|json)(?::[^/\\]*)?$", argument))


def entries_of(request: Request, note: Callable[[Path], None]) -> tuple[Case | Failed, ...]:
    """Every entry of the catalogue of *request*. Raises BadConfig, BadUse."""
    name = request.options.get("catalogue") or request.catalogue
    folder = request.path(name)
    if not name and not (folder / NAME).is_file():
        raise BadUse(Text("没有说明目录在哪里", "no catalogue is named"), where=request.where,
                     fix=Text("写选项 catalogue，或在设置里写 flowstd_catalogue",
                              "give the option catalogue, or set flowstd_catalogue"))
    note(folder / NAME)
    catalogue = open_catalogue(folder)
    files = files_of(catalogue)
    for file in files:
        note(file)
    stamp = tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.is_file())
    return _loaded(folder, stamp)


def look_of(request: Request) -> Look:
    """How the catalogue of *request* has its charts drawn."""
    return open_catalogue(request.path(request.options.get("catalogue") or request.catalogue)).look


def files_of(catalogue: Catalogue) -> tuple[Path, ...]:
    """All files that the charts of *catalogue* are made from, each once."""
    files = [catalogue.folder / NAME]
    if catalogue.rules:
        files.append(catalogue.folder / catalogue.rules)
    for file in catalogue.files():
        files += _beside(file)
    return tuple(dict.fromkeys(files))


def _beside(file: Path) -> Iterator[Path]:
    """*file*, and the modules beside one in Python, which it may import."""
    yield file
    if file.suffix == ".py" and file.is_file():
        yield from sorted(file.parent.glob("*.py"))


@lru_cache(maxsize=4)
def _loaded(folder: Path, stamp: object) -> tuple[Case | Failed, ...]:
    """The entries of a catalogue whose files look like *stamp*; read once for all pages of a build."""
    return tuple(load(open_catalogue(folder)))


# ---- one item of a catalogue

def _of_item(request: Request, entries: tuple[Case | Failed, ...]) -> Chart:
    wanted, scenario = request.argument, request.options.get("scenario", "")
    all_cases = [entry for entry in entries if isinstance(entry, Case)]
    cases = [case for case in all_cases if wanted in (case.item.code, case.item.name, case.key)]
    broken = [entry for entry in entries if isinstance(entry, Failed) and _is(entry, wanted, scenario)]
    if scenario:
        if not any(case.scenario == scenario for case in cases) and cases and not broken:
            raise UnknownName(Text(f"事项“{wanted}”没有情形“{scenario}”",
                                   f'the item "{wanted}" has no scenario "{scenario}"'), where=request.where,
                              fix=did_you_mean(scenario, [case.scenario for case in cases]))
        cases = [case for case in cases if case.scenario == scenario]
    if broken and not cases:
        raise CannotDraw(broken[0])
    if not cases:
        known = [name for case in all_cases for name in (case.item.code, case.item.name) if name]
        raise UnknownName(Text(f"目录里没有事项“{wanted}”", f'the catalogue holds no item "{wanted}"'), where=request.where,
                          fix=did_you_mean(wanted, dict.fromkeys(known)))
    if len(cases) > 1:
        names = "、".join(case.scenario or case.key for case in cases)
        raise BadUse(Text(f"事项“{wanted}”有 {len(cases)} 个情形：{names}",
                          f'the item "{wanted}" has {len(cases)} scenarios: {names}'), where=request.where,
                     fix=Text("用选项 scenario 说明是哪一个", "say which one with the option scenario"))
    return look_of(request).chart(cases[0])


def _is(entry: Failed, wanted: str, scenario: str) -> bool:
    return entry.name in (wanted, f"{wanted}.{scenario}") or (not scenario and entry.name.startswith(f"{wanted}."))


def _only(charts: list[Chart | Failed], request: Request) -> Chart:
    failed = [one for one in charts if isinstance(one, Failed)]
    if failed:
        raise CannotDraw(failed[0])
    found = [one for one in charts if isinstance(one, Chart)]
    if len(found) != 1:
        names = "、".join(chart.title for chart in found)
        raise BadUse(Text(f"{request.argument} 里有 {len(found)} 张流程图：{names}",
                          f"{request.argument} holds {len(found)} charts: {names}"), where=request.where,
                     fix=Text("写明是哪一张：文件.py:名称、事项.yaml:情形", "say which one: file.py:name, item.yaml:scenario"))
    return found[0]


# ---- a flow that stands in the page

def in_page(request: Request) -> Chart:
    """The chart of the flow written in a page: steps or an item in YAML, or else the DSL.

    The names of flowstd are known; the last line is the flow, or a name ``chart`` or ``flow``.
    """
    if is_yaml(request.content):
        return _of_yaml(_at_its_lines(request.content, request), request)
    return _of_dsl(request)


def is_yaml(text: str) -> bool:
    """Whether *text* is meant as YAML: it begins with ``- `` or ``word:``.

    >>> is_yaml("# 流程\\n- 申请人: 提交申请"), is_yaml('applicant.submit("提交申请") >> end.done')
    (True, False)
    """
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    return bool(_YAML.match(next(lines, "")))


def _at_its_lines(text: str, request: Request) -> str:
    """*text* with as many lines above and letters before as it has in the page, so that places are the page's."""
    return "\n" * (request.line - 1) + "\n".join(" " * request.indent + line for line in text.splitlines())


def _of_yaml(text: str, request: Request) -> Chart:
    source = read_yaml(text, request.where.file)
    if isinstance(source.data, dict) and not {"name", "事项名称"}.isdisjoint(source.data):
        made = [compile_case(one) if isinstance(one, Case) else one for one in from_yaml.cases_of(source, {})]
        wanted = request.options.get("scenario", "")
        return _only([one for one in made if not wanted or isinstance(one, Failed) or one.scenario == wanted], request)
    return compile_flow(_titled(_steps(source), request))


def _steps(source: Source) -> Any:
    from flowstd.dsl import flow_of

    if isinstance(source.data, list):
        return flow_of(block_of(source, lanes_of(Source(source.file, {}))))
    source.only("lanes", "steps")
    if "steps" not in source.data:
        raise BadFlow(Text("没有 steps", 'there are no "steps"'), where=source.where(),
                      fix=Text("写 steps 和其下的步骤", 'write "steps" and the steps below it'))
    return flow_of(block_of(source.part("steps"), lanes_of(source)))


def _of_dsl(request: Request) -> Chart:
    import flowstd

    path = Path(request.where.file or "page")
    names = {name: getattr(flowstd, name) for name in flowstd.__all__}
    left = from_python.run_text(request.content, path, line=request.line, indent=request.indent, last=_LAST,
                                names=names)
    value = next((left[name] for name in (_LAST, "chart", "flow") if from_python.drawable(left.get(name))), None)
    if value is None:
        raise BadFlow(Text("没有写出流程", "this makes no flow"), where=request.where,
                      fix=Text("最后一行写流程，例如 applicant.submit(“提交申请”) >> end.done",
                               'let the last line be the flow, such as applicant.submit("提交申请") >> end.done'))
    return _chart(value, request)


def _chart(value: Any, request: Request) -> Chart:
    from flowstd.dsl import flow_of

    if isinstance(value, Chart):
        return value
    if isinstance(value, Case):
        return compile_case(value)
    return compile_flow(_titled(value if isinstance(value, Flow) else flow_of(value), request))


def _titled(flow: Flow, request: Request) -> Flow:
    title = request.options.get("title", "")
    return flow.model_copy(update={"title": title}) if title else flow


def findings_of(error: FlowstdError) -> tuple[Finding, ...]:
    """What *error* says, as findings."""
    return error.findings if isinstance(error, CannotDraw) else failures("", error).findings
