"""A flow as Python in our DSL: an expression where the graph is one, else its nodes and links one by one.

The text is compiled before it is given away: what does not make the same flow is
not written as an expression.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from flowstd.base.errors import FlowstdError
from flowstd.base.legal import Evidence, LegalSource
from flowstd.base.term import Term
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role, StepKind
from flowstd.ir.model import Document, Flow, Lane, Link, Node

from .evaluate import evaluate
from .structure import Asks, Does, Ends, Part, Returns, Row, Together, Unstructured, structured

if TYPE_CHECKING:
    from .told import Loss

WIDTH = 110                # characters of a line
_QUESTIONS = {StepKind.CHECK: "check", StepKind.DECIDE: "decide", StepKind.HANDLE: "ask"}
_STANDARD = {
    ("申请人", Role.APPLICANT): "applicant",
    ("窗口", Role.WINDOW): "window",
    ("审查人员", Role.REVIEWER): "reviewer",
    ("决定人", Role.DECIDER): "decider",
    ("第三方机构", Role.THIRD_PARTY): "third_party",
    ("系统", Role.SYSTEM): "system",
}
_WORD = {role: word for (_, role), word in _STANDARD.items()}
_RESERVED = frozenset(
    {
        "default",
        "within",
        "materials",
        "issues",
        "law",
        "excluded_by",
        "criteria",
        "post",
        "onsite",
        "note",
        "id",
        "question",
        "branches",
        "self",
    }
)
_OUTCOMES = {
    Outcome.GRANTED: ("granted", "办结"),
    Outcome.REFUSED: ("refused", "不予许可"),
    Outcome.NOT_ACCEPTED: ("not_accepted", "不予受理"),
    Outcome.TRANSFERRED: ("transferred", "转有权机关"),
    Outcome.WITHDRAWN: ("withdrawn", "申请人撤回"),
    Outcome.REVOKED: ("revoked", "撤销"),
    Outcome.DONE: ("done", "办结"),
}


def to_dsl(flow: Flow, source: str = "") -> str:
    """A Python module whose ``flow`` is *flow*; *source* names the file it was read from.

    Where the graph is no expression, its nodes and links are written one by one.

    Ids follow the names of steps, as the DSL makes them; a name of the start, and the lane of an end, are the DSL's.

    >>> from flowstd.dsl import applicant, end, flow_of, window
    >>> print(to_dsl(flow_of(applicant.submit("申请") >> window.accept("受理") >> end.done, "备案")).splitlines()[-1])
    flow = flow_of(applicant.submit("申请") >> window.accept("受理") >> end.done, "备案")
    """
    try:
        text = _Writing(flow).module(structured(flow), source)
        if same(compiled(text), flow):
            return text
    except (Unstructured, FlowstdError, RecursionError):
        pass
    return explicit(flow, source)


def compiled(text: str) -> Flow:
    """The flow that a text of ours makes; nothing in it is run that is not a word of the DSL."""
    flow = evaluate(text, _words())["flow"]
    assert isinstance(flow, Flow)
    return flow


@cache
def _words() -> dict[str, Any]:
    from flowstd import dsl

    values = (
        date,
        Evidence,
        LegalSource,
        DocumentKind,
        Kind,
        Outcome,
        Role,
        StepKind,
        Document,
        Flow,
        Lane,
        Link,
        Node,
    )
    return {name: getattr(dsl, name) for name in dsl.__all__} | {value.__name__: value for value in values}


def same(one: Flow, two: Flow) -> bool:
    """Whether two flows are alike but for their ids, the name of the start, lanes of ends and what is said twice."""
    return _essence(one) == _essence(two)


def _essence(flow: Flow) -> object:
    lanes = {lane.id: (lane.name, lane.role.value) for lane in flow.lanes}
    papers = {document.id: document.name for document in flow.documents}
    keys = _keys(flow, lanes)
    nodes = sorted(
        (
            keys[node.id],
            node.step or StepKind.HANDLE,
            str(node.within),
            str(node.excluded_by),
            tuple(papers[one] for one in node.takes),
            tuple(papers[one] for one in node.issues),
            str(node.bases),
            node.criteria,
            node.post,
            node.onsite,
            node.calls,
            node.note,
            _known_group(node),
        )
        for node in flow.nodes
        if node.kind not in (Kind.START, Kind.JOIN) and not _merges(flow, node)
    )
    links = sorted((keys[link.source], keys[_passed(flow, link.target)], link.label) for link in flow.links
                   if not _merges(flow, flow.node_by_id[link.source]))
    return (
        flow.title,
        nodes,
        links,
        sorted((document.name, document.kind) for document in flow.documents if _used(flow, document.id)),
    )


def _known_group(node: Node) -> str:
    return node.group if node.kind is not Kind.END else ""


def _used(flow: Flow, document: str) -> bool:
    return any(document in (*node.takes, *node.issues) for node in flow.nodes)


def _merges(flow: Flow, node: Node) -> bool:
    """A nameless decision with one exit says nothing but that links meet."""
    exits = flow.exits[node.id]
    return node.kind is Kind.DECISION and len(exits) == 1 and not exits[0].label and not node.label


def _passed(flow: Flow, target: str) -> str:
    seen: set[str] = set()
    while _merges(flow, flow.node_by_id[target]) and target not in seen:
        seen.add(target)
        target = flow.exits[target][0].target
    return target


def _keys(flow: Flow, lanes: dict[str, tuple[str, str]]) -> dict[str, str]:
    """A name for each node that does not depend on its id: kind, lane and label, numbered in walking order."""
    count: dict[str, int] = {}
    keys: dict[str, str] = {}
    waiting = [node.id for node in flow.nodes if node.kind is Kind.START] or [flow.nodes[0].id]
    order: list[str] = []
    while waiting:
        at = waiting.pop()
        if at not in order:
            order.append(at)
            waiting += [link.target for link in reversed(flow.exits[at])]
    for name in (*order, *(node.id for node in flow.nodes if node.id not in order)):
        node = flow.node_by_id[name]
        said = "" if node.kind in (Kind.START, Kind.SPLIT, Kind.JOIN) else node.label
        where = "" if node.kind in (Kind.START, Kind.END, Kind.SPLIT, Kind.JOIN, Kind.CALL) else str(lanes[node.lane])
        key = f"{node.kind.value}|{node.outcome or ''}|{where}|{said}"
        count[key] = count.get(key, 0) + (0 if node.kind is Kind.END else 1)
        keys[name] = f"{key}|{count[key]}"
    return keys


# ---- an expression

class _Writing:
    """One flow being written as an expression."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.lanes = {lane.id: self._lane(lane) for lane in flow.lanes}
        self.words: set[str] = {"flow_of"}
        self.ids = self._ids()
        self.kinds = {document.id: document.kind for document in flow.documents}
        self.papers = {document.id: document.name for document in flow.documents}

    def module(self, row: Row, source: str) -> str:
        title = f", {_quoted(self.flow.title)}" if self.flow.title else ""
        body = self._row(row, "", 4)
        if "\n" not in body and len(body) + len(title) < WIDTH - 16:
            body = f"flow = flow_of({body}{title})"
        else:
            body = f"flow = flow_of(\n    {body}" + (f",\n    {_quoted(self.flow.title)}" if title else "") + ")"
        named = "".join(f"{name} = {value}\n" for name, value in self._named_lanes())
        head = f"{named}\n" if named else ""
        sources = "from flowstd.base.legal import Evidence, LegalSource\n" if "LegalSource(" in body else ""
        dates = "from datetime import date\n\n" if "date(" in body else ""
        kinds = "from flowstd.ir.kinds import StepKind\n" if "StepKind." in body else ""
        words = ", ".join(sorted(self.words))
        return f'{_doc(self.flow, source)}\n{dates}{sources}from flowstd.dsl import {words}\n{kinds}\n{head}{body}\n'

    # ---- lanes

    def _lane(self, lane: Lane) -> str:
        known = _STANDARD.get((lane.name, lane.role))
        if known:
            return known
        name = "".join(letter if letter.isalnum() else "_" for letter in lane.name)
        fit = name.isidentifier() and not keyword.iskeyword(name) and name not in _WORD.values()
        return name if fit else f"lane_{list(self.flow.lanes).index(lane) + 1}"

    def _named_lanes(self) -> Iterator[tuple[str, str]]:
        for lane in self.flow.lanes:
            name = self.lanes[lane.id]
            if (lane.name, lane.role) in _STANDARD:
                if any(node.lane == lane.id and node.kind in (Kind.TASK, Kind.DECISION) for node in self.flow.nodes):
                    self.words.add(name)
                continue
            word = _WORD.get(lane.role, "organ")
            self.words.add(word)
            yield name, f"organ({_quoted(lane.name)})" if word == "organ" else f"{word}.named({_quoted(lane.name)})"

    # ---- names

    def _ids(self) -> dict[str, str]:
        """What id= has to say, where two steps of a lane share a name."""
        from flowstd.dsl.wording import slug

        taken: dict[tuple[str, str], int] = {}
        ids: dict[str, str] = {}
        for node in self.flow.nodes:
            if node.kind not in (Kind.TASK, Kind.DECISION, Kind.CALL):
                continue
            lane = (
                "call"
                if node.kind is Kind.CALL
                else slug(next(one.name for one in self.flow.lanes if one.id == node.lane))
            )
            given = node.id.removeprefix(f"{lane}/")
            if given != node.id and "/" not in given and slug(given) == given and given != slug(node.label):
                ids[node.id] = given
            key = (lane, slug(ids.get(node.id, node.label)))
            taken[key] = taken.get(key, 0) + 1
            if taken[key] > 1 or not slug(node.label):
                ids[node.id] = f"{node.label} {taken[key]}" if slug(node.label) else f"步骤 {len(ids) + 1}"
        return ids

    # ---- parts

    def _row(self, row: Row, group: str, indent: int) -> str:
        parts = list(self._parts(row, group, indent))
        line = " >> ".join(parts)
        if "\n" not in line and len(line) + indent < WIDTH:
            return line
        return ("\n" + " " * indent + ">> ").join(parts)

    def _parts(self, row: Row, group: str, indent: int) -> Iterator[str]:
        """The parts of a row; those of one group together, as a fragment."""
        at = 0
        while at < len(row):
            inner = _inner_group(row[at], group)
            if not inner:
                yield self._part(row[at], group, indent)
                at += 1
                continue
            end = at
            while end < len(row) and _inner_group(row[end], group) == inner:
                end += 1
            self.words.add("fragment")
            whole = f"{group}/{inner}" if group else inner
            yield f"fragment({_quoted(inner)}, {self._row(row[at:end], whole, indent + 4)})"
            at = end

    def _part(self, part: Part, group: str, indent: int) -> str:
        match part:
            case Does(node):
                return self._step(node)
            case Ends(node):
                self.words.add("end")
                word, usual = _OUTCOMES[node.outcome or Outcome.DONE]
                return f"end.{word}" if node.label == usual else f"end.{word}({_quoted(node.label)})"
            case Returns(node):
                self.words.add("back")
                return f"back({_quoted(self._called(node))})"
            case Asks(node, exits):
                return self._question(node, exits, group, indent)
            case Together(node, branches):
                self.words.add("parallel")
                inside = [self._row(branch, group, indent + 4) for branch in branches]
                if not all(inside):
                    raise Unstructured(node.id)
                name = [f"name={_quoted(node.label)}"] if node.label else []
                return self._call("parallel", [*inside, *name], indent)

    def _called(self, node: Node) -> str:
        """What back() calls a node: its lane and name, which are never two's."""
        lane = next(lane.name for lane in self.flow.lanes if lane.id == node.lane)
        name = self.ids.get(node.id, node.label)
        if node.kind is Kind.CALL:
            return name
        alone = sum(1 for one in self.flow.nodes if self.ids.get(one.id, one.label) == name or one.label == name) == 1
        return name if alone else f"{lane}/{name}"

    def _step(self, node: Node) -> str:
        options = list(self._options(node))
        if node.kind is Kind.CALL:
            self.words.add("call")
            return f"call({', '.join([_quoted(node.calls or node.label), _quoted(node.label), *options])})"
        step = node.step or StepKind.HANDLE
        lane = self.lanes[node.lane]
        if step is StepKind.HANDLE:
            return f"{lane}.do({', '.join([_quoted(node.label), *options])})"
        if step in (StepKind.CHECK, StepKind.DECIDE):                 # as verbs they ask
            return f"{lane}.do({', '.join([_quoted(node.label), f'StepKind.{step.name}', *options])})"
        return f"{lane}.{step.value}({', '.join([_quoted(node.label), *options])})"

    def _question(self, node: Node, exits: list[tuple[Link, Row]], group: str, indent: int) -> str:
        verb = _QUESTIONS.get(node.step or StepKind.HANDLE)
        if verb is None or len(exits) < 2:
            raise Unstructured(node.id)
        labels = [link.label for link, _ in exits]
        default = next((link.label for link, _ in exits if link.default), labels[-1])
        options = list(self._options(node)) + ([f"default={_quoted(default)}"] if default != labels[-1] else [])
        inside = [
            (label, self._row(row, group, indent + 8) if row else "onward")
            for label, (_, row) in zip(labels, exits, strict=True)
        ]
        if "onward" in [text for _, text in inside]:
            self.words.add("onward")
        if all(label.isidentifier() and not keyword.iskeyword(label) and label not in _RESERVED for label in labels):
            arguments = [*options, *(f"{label}={text}" for label, text in inside)]
        else:
            pairs = ", ".join(f"{_quoted(label)}: {text}" for label, text in inside)
            if len(pairs) + indent > WIDTH or "\n" in pairs:
                pairs = (",\n" + " " * (indent + 8)).join(f"{_quoted(label)}: {text}" for label, text in inside)
                pairs = "\n" + " " * (indent + 8) + pairs
            arguments = ["{" + pairs + "}", *options]
        return self._call(f"{self.lanes[node.lane]}.{verb}", [_quoted(node.label), *arguments], indent)

    def _call(self, name: str, arguments: list[str], indent: int) -> str:
        line = f"{name}({', '.join(arguments)})"
        if "\n" not in line and len(line) + indent < WIDTH:
            return line
        inside = (",\n" + " " * (indent + 4)).join(arguments)
        return f"{name}(\n{' ' * (indent + 4)}{inside})"

    def _options(self, node: Node) -> Iterator[str]:
        if node.within is not None:
            self.words.add(node.within.unit.value)
            yield f"within={_term(node.within)}"
        for name, papers in (("materials", node.takes), ("issues", node.issues)):
            if papers:
                said = [self._paper(paper) for paper in papers]
                yield f"{name}={said[0] if len(said) == 1 else '[' + ', '.join(said) + ']'}"
        if node.bases:
            said = [_source(source) for source in node.bases]
            yield f"law={said[0] if len(said) == 1 else '[' + ', '.join(said) + ']'}"
        if node.excluded_by is not None:
            yield f"excluded_by={_source(node.excluded_by)}"
        for name, text in (("criteria", node.criteria), ("post", node.post), ("note", node.note)):
            if text:
                yield f"{name}={_quoted(text)}"
        if node.onsite:
            yield "onsite=True"
        if node.id in self.ids:
            yield f"id={_quoted(self.ids[node.id])}"

    def _paper(self, key: str) -> str:
        if self.kinds[key] is DocumentKind.RESULT:
            self.words.add("result")
            return f"result({_quoted(self.papers[key])})"
        return _quoted(self.papers[key])


def _inner_group(part: Part, group: str) -> str:
    """The next name below *group* in the group of a part; empty if it stands in *group* itself."""
    node = part.node
    if isinstance(part, Returns) or not node.group or not node.group.startswith(f"{group}/" if group else ""):
        return ""
    return node.group[len(group) + 1 if group else 0:].partition("/")[0]


def _term(term: Term) -> str:
    return f"{term.unit.value}({term.count})"


def _source(source: LegalSource) -> str:
    """A citation, as short as it says the same."""
    from flowstd.dsl.law import law

    short = " ".join(
        part for part in (source.title, f"（{source.number}）" if source.number else "", source.article) if part
    )
    for text in (short, source.zh):
        if law(text) == source:
            return _quoted(text)
    said = [f"title={_quoted(source.title)}"]
    said += [
        f"{name}={_quoted(value)}"
        for name, value in (("article", source.article), ("number", source.number))
        if value
    ]
    said += [
        f"{name}=date({day.year}, {day.month}, {day.day})"
        for name, day in (
            ("in_force_from", source.in_force_from),
            ("in_force_until", source.in_force_until),
            ("checked_on", source.checked_on),
        )
        if day
    ]
    if source.evidence is not Evidence.AUTHOR:
        said.append(f"evidence=Evidence.{source.evidence.name}")
    return f"LegalSource({', '.join(said)})"


def _quoted(text: str) -> str:
    """A Python text literal between double quotes."""
    plain = repr(text)
    if plain.startswith("'") and '"' not in text:
        return '"' + plain[1:-1].replace("\\'", "'") + '"'
    return plain


def _doc(flow: Flow, source: str) -> str:
    title = " ".join((flow.title or "流程").split()).replace("\\", "").replace('"', "")
    name = source.replace("\\", "/").rpartition("/")[2].replace('"', "")
    return f'"""{title}{f"（读自 {name}）" if name else ""}。"""\n'


# ---- nodes and links one by one

_IMPORTS = (
    ("datetime", "date"),
    ("flowstd", "Flow"),
    ("flowstd.base.legal", "Evidence, LegalSource"),
    ("flowstd.base.term", "days, hours, months, workdays, years"),
    ("flowstd.ir.kinds", "DocumentKind, Kind, Outcome, Role, StepKind"),
    ("flowstd.ir.model", "Document, Lane, Link, Node"),
)


def explicit(flow: Flow, source: str = "") -> str:
    """A Python module that names every node and link: for graphs that are no expression."""
    lines = ["flow = Flow("]
    if flow.title:
        lines.append(f"    title={_quoted(flow.title)},")
    for field, parts in (
        ("lanes", flow.lanes),
        ("nodes", flow.nodes),
        ("links", flow.links),
        ("documents", flow.documents),
    ):
        if parts:
            lines.append(f"    {field}=(")
            lines += [f"        {_value(part)}," for part in parts]
            lines.append("    ),")
    body = "\n".join([*lines, ")"])
    return f"{_doc(flow, source)}\n{_imports(body)}\n{body}\n"


def _imports(body: str) -> str:
    """The imports of the words that *body* uses; those of Python apart from ours."""
    used = set(re.findall(r"\b(\w+)[.(]", body))
    lines = [(module, [name for name in names.split(", ") if name in used]) for module, names in _IMPORTS]
    texts = [
        f"from {module} import {', '.join(names)}\n" + ("\n" if module == "datetime" else "")
        for module, names in lines
        if names
    ]
    return "".join(texts)


def _value(value: object) -> str:
    """A value of ours as the Python that makes it, without what is as usual."""
    if isinstance(value, Term):
        return _term(value)
    if isinstance(value, str) and type(value) is not str:
        return f"{type(value).__name__}.{value.name}"  # type: ignore[attr-defined]
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(_value, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, LegalSource):
        return _source_value(value)
    fields = getattr(type(value), "model_fields", None)
    if fields is None:
        return repr(value)
    said = [f"{name}={_value(getattr(value, name))}" for name, field in fields.items()
            if name != "where" and (field.is_required() or getattr(value, name) != field.default)]
    return f"{type(value).__name__}({', '.join(said)})"


def _source_value(source: LegalSource) -> str:
    said = _source(source)
    return (
        said
        if said.startswith("LegalSource(")
        else f"LegalSource(title={_quoted(source.title)}"
        + "".join(
            f", {name}={_quoted(value)}"
            for name, value in (("article", source.article), ("number", source.number))
            if value
        )
        + ")"
    )


# ---- what the DSL itself does not say

def unsaid(flow: Flow, text: str) -> Iterator[Loss]:
    """What *text* leaves out of *flow*: a name of the start, the lane of an end, a lane without steps."""
    from .told import Loss

    made = compiled(text)
    lanes = {lane.id: lane.name for lane in flow.lanes}
    kept = {lane.name for lane in made.lanes}
    names = {lane.id: lane.name for lane in made.lanes}
    ends = {(node.outcome, node.label): names[node.lane] for node in made.nodes if node.kind is Kind.END}
    for lane in flow.lanes:
        if lane.name not in kept:
            yield Loss("lane", lane.id, lane.name, "element", lane.where.line)
    for node in flow.nodes:
        if node.kind is Kind.START and all(node.label != one.label for one in made.nodes if one.kind is Kind.START):
            yield Loss("startEvent", node.id, node.label, "attribute name", node.where.line)
        elif node.kind is Kind.END and ends.get((node.outcome, node.label)) != lanes[node.lane]:
            yield Loss("endEvent", node.id, node.label, "lane", node.where.line)


def all_to_dsl(flows: tuple[Flow, ...], source: str = "") -> tuple[str, list[Loss]]:
    """One module with all *flows* (``flow``, ``flow_2`` …), and what it leaves out."""
    texts, lost = [], []
    for number, flow in enumerate(flows, 1):
        text = to_dsl(flow, source)
        lost += list(unsaid(flow, text))
        texts.append(text if number == 1 else text.replace("\nflow = ", f"\nflow_{number} = ", 1))
    return "\n\n".join(texts), lost
