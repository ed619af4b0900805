"""A flow as an expression of our DSL: sequence, questions, parallel parts, ways back."""

from __future__ import annotations

import keyword
from collections.abc import Iterator

from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role, StepKind
from flowstd.ir.model import Flow, Lane, Link, Node

from .python import cited, counted, heading, quoted
from .structure import Asks, Does, Ends, Part, Returns, Row, Together, Unstructured

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
        "name",
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


class Writing:
    """One flow being written as an expression."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.lanes = {lane.id: self._lane(lane) for lane in flow.lanes}
        self.words: set[str] = {"flow_of"}
        self.ids = self._ids()
        self.kinds = {document.id: document.kind for document in flow.documents}
        self.papers = {document.id: document.name for document in flow.documents}

    def module(self, row: Row, source: str) -> str:
        title = f", {quoted(self.flow.title)}" if self.flow.title else ""
        body = self._row(row, "", 4)
        if "\n" not in body and len(body) + len(title) < WIDTH - 16:
            body = f"flow = flow_of({body}{title})"
        else:
            body = f"flow = flow_of(\n    {body}" + (f",\n    {quoted(self.flow.title)}" if title else "") + ")"
        named = "".join(f"{name} = {value}\n" for name, value in self._named_lanes())
        head = f"{named}\n" if named else ""
        sources = "from flowstd.base.legal import Evidence, LegalSource\n" if "LegalSource(" in body else ""
        dates = "from datetime import date\n\n" if "date(" in body else ""
        kinds = "from flowstd.ir.kinds import StepKind\n" if "StepKind." in body else ""
        words = ", ".join(sorted(self.words))
        return f'{heading(self.flow, source)}\n{dates}{sources}from flowstd.dsl import {words}\n{kinds}\n{head}{body}\n'

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
            yield name, f"organ({quoted(lane.name)})" if word == "organ" else f"{word}.named({quoted(lane.name)})"

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
            yield f"fragment({quoted(inner)}, {self._row(row[at:end], whole, indent + 4)})"
            at = end

    def _part(self, part: Part, group: str, indent: int) -> str:
        match part:
            case Does(node):
                return self._step(node)
            case Ends(node):
                self.words.add("end")
                word, usual = _OUTCOMES[node.outcome or Outcome.DONE]
                return f"end.{word}" if node.label == usual else f"end.{word}({quoted(node.label)})"
            case Returns(node):
                self.words.add("back")
                return f"back({quoted(self._called(node))})"
            case Asks(node, exits):
                return self._question(node, exits, group, indent)
            case Together(node, branches):
                return self._parallel(node, branches, group, indent)

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
            return f"call({', '.join([quoted(node.calls or node.label), quoted(node.label), *options])})"
        step = node.step or StepKind.HANDLE
        lane = self.lanes[node.lane]
        if step is StepKind.HANDLE:
            return f"{lane}.do({', '.join([quoted(node.label), *options])})"
        if step in (StepKind.CHECK, StepKind.DECIDE):                 # as verbs they ask
            return f"{lane}.do({', '.join([quoted(node.label), f'StepKind.{step.name}', *options])})"
        return f"{lane}.{step.value}({', '.join([quoted(node.label), *options])})"

    def _question(self, node: Node, exits: list[tuple[Link, Row]], group: str, indent: int) -> str:
        verb = _QUESTIONS.get(node.step or StepKind.HANDLE)
        if verb is None or len(exits) < 2:
            raise Unstructured(node.id)
        labels = [link.label for link, _ in exits]
        default = next((link.label for link, _ in exits if link.default), labels[-1])
        options = list(self._options(node)) + ([f"default={quoted(default)}"] if default != labels[-1] else [])
        inside = [
            (label, self._row(row, group, indent + 8) if row else "onward")
            for label, (_, row) in zip(labels, exits, strict=True)
        ]
        if "onward" in [text for _, text in inside]:
            self.words.add("onward")
        if all(map(_keyword, labels)):
            arguments = [*options, *(f"{label}={text}" for label, text in inside)]
        else:
            pairs = ", ".join(f"{quoted(label)}: {text}" for label, text in inside)
            if len(pairs) + indent > WIDTH or "\n" in pairs:
                pairs = (",\n" + " " * (indent + 8)).join(f"{quoted(label)}: {text}" for label, text in inside)
                pairs = "\n" + " " * (indent + 8) + pairs
            arguments = ["{" + pairs + "}", *options]
        return self._call(f"{self.lanes[node.lane]}.{verb}", [quoted(node.label), *arguments], indent)

    def _parallel(self, node: Node, branches: list[tuple[str, Row]], group: str, indent: int) -> str:
        self.words.add("parallel")
        inside = [(condition, self._row(branch, group, indent + 4)) for condition, branch in branches]
        if not all(text for _, text in inside):
            raise Unstructured(node.id)
        last = max([at for at, (condition, _) in enumerate(inside) if not _keyword(condition)], default=-1)
        arguments = [f"{{{quoted(condition)}: {text}}}" if condition else text for condition, text in inside[:last + 1]]
        arguments += [f"{condition}={text}" for condition, text in inside[last + 1:]]
        return self._call("parallel", [*arguments, *([f"name={quoted(node.label)}"] if node.label else [])], indent)

    def _call(self, name: str, arguments: list[str], indent: int) -> str:
        line = f"{name}({', '.join(arguments)})"
        if "\n" not in line and len(line) + indent < WIDTH:
            return line
        inside = (",\n" + " " * (indent + 4)).join(arguments)
        return f"{name}(\n{' ' * (indent + 4)}{inside})"

    def _options(self, node: Node) -> Iterator[str]:
        if node.within is not None:
            self.words.add(node.within.unit.value)
            yield f"within={counted(node.within)}"
        for name, papers in (("materials", node.takes), ("issues", node.issues)):
            if papers:
                said = [self._paper(paper) for paper in papers]
                yield f"{name}={said[0] if len(said) == 1 else '[' + ', '.join(said) + ']'}"
        if node.bases:
            said = [cited(source) for source in node.bases]
            yield f"law={said[0] if len(said) == 1 else '[' + ', '.join(said) + ']'}"
        if node.excluded_by is not None:
            yield f"excluded_by={cited(node.excluded_by)}"
        for name, text in (("criteria", node.criteria), ("post", node.post), ("note", node.note)):
            if text:
                yield f"{name}={quoted(text)}"
        if node.onsite:
            yield "onsite=True"
        if node.id in self.ids:
            yield f"id={quoted(self.ids[node.id])}"

    def _paper(self, key: str) -> str:
        if self.kinds[key] is DocumentKind.RESULT:
            self.words.add("result")
            return f"result({quoted(self.papers[key])})"
        return quoted(self.papers[key])


def _keyword(label: str) -> bool:
    """Whether a label can be written as a keyword."""
    return label.isidentifier() and not keyword.iskeyword(label) and label not in _RESERVED


def _inner_group(part: Part, group: str) -> str:
    """The next name below *group* in the group of a part; empty if it stands in *group* itself."""
    node = part.node
    if isinstance(part, Returns) or not node.group or not node.group.startswith(f"{group}/" if group else ""):
        return ""
    return node.group[len(group) + 1 if group else 0:].partition("/")[0]
