"""What a step says of itself besides its name: its limit, papers, law, and remarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypedDict

from flowstd.base.errors import BadElement, UnknownName
from flowstd.base.legal import LegalSource
from flowstd.base.near import did_you_mean
from flowstd.base.term import Term
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.ir.kinds import DocumentKind

from .law import law as cited
from .wording import kind_of, naming, wording


class Paper(NamedTuple):
    """A paper by its name; without a kind it is what its place says: a material taken in, a notice issued."""

    name: str
    kind: DocumentKind | None = None


Papers = str | Paper | Sequence[str | Paper]
Laws = str | LegalSource | Sequence[str | LegalSource]


class StepOptions(TypedDict, total=False):
    """The keywords that every step takes; None and empty values say nothing."""

    within: Term | None                        # the step's own limit: workdays(5)
    materials: Papers | None                   # what it takes in
    issues: Papers | None                      # what it issues: a notice, or result("营业执照")
    law: Laws | None                           # "行政许可法 第三十二条"
    excluded_by: str | LegalSource | None      # the law by which its time does not count
    criteria: str | None                       # what is looked at
    post: str | None                           # who in the office
    onsite: bool | None                        # the applicant must come in person
    note: str | None                           # a remark drawn beside the step
    id: str | None                             # instead of the label, where two steps of a lane share one


class Details(NamedTuple):
    """The same, read: what the graph keeps of them."""

    within: Term | None = None
    materials: tuple[Paper, ...] = ()
    issues: tuple[Paper, ...] = ()
    law: tuple[LegalSource, ...] = ()
    excluded_by: LegalSource | None = None
    criteria: str = ""
    post: str = ""
    onsite: bool = False
    note: str = ""
    id: str = ""


PLAIN = Details()


def details_of(options: StepOptions, where: Where) -> Details:
    """*options* read and checked.

    Raises: UnknownName: a keyword that no step has. BadElement: a value of the wrong kind. BadFlow: a text that
    cannot be drawn.
    """
    given = {name: value for name, value in options.items() if value is not None and value != "" and value != ()}
    if not given:
        return PLAIN
    return Details(**{name: _reader(name, where)(value, name, where) for name, value in given.items()})


def _reader(name: str, where: Where) -> Callable[[Any, str, Where], Any]:
    if name not in _READERS:
        raise UnknownName(Text(f"步骤没有参数 {name}=", f"a step has no keyword {name}="), where=where,
                          fix=did_you_mean(name, _READERS))
    return _READERS[name]


def _term(value: Any, name: str, where: Where) -> Term:
    if isinstance(value, Term):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        raise BadElement(Text(f"{name}={value} 没有单位", f"{name}={value} has no unit"), where=where,
                         fix=Text(f"写 workdays({value})（工作日）或 days({value})（自然日）",
                                  f"use workdays({value}) or days({value})"))
    raise _wrong(value, name, where, Text("workdays(5)、days(5)、hours(4) 或 months(1)",
                                          "workdays(5), days(5), hours(4) or months(1)"))


def _papers(value: Any, name: str, where: Where) -> tuple[Paper, ...]:
    example = Text(f'{name}="申请表" 或 {name}=["申请表", "身份证明"]',
                   f'{name}="申请表" or {name}=["申请表", "身份证明"]')
    papers = []
    for one in _each(value, (str, Paper), name, where, example):
        paper = one if isinstance(one, Paper) else Paper(one)
        naming(paper.name, Text("材料或文书的名称", "the name of a document"), where)
        papers.append(paper)
    return tuple(papers)


def _laws(value: Any, name: str, where: Where) -> tuple[LegalSource, ...]:
    return tuple(_law(one, name, where) for one in _each(value, (str, LegalSource), name, where, _CITATION))


def _law(value: Any, name: str, where: Where) -> LegalSource:
    if isinstance(value, LegalSource):
        return value
    if isinstance(value, str):
        return cited(wording(value, Text("法律依据", "the legal basis"), where))
    raise _wrong(value, name, where, _CITATION)


def _words(value: Any, name: str, where: Where) -> str:
    return wording(value, Text(f"{name}= 的内容", f"the text of {name}="), where)


def _name(value: Any, name: str, where: Where) -> str:
    return naming(value, Text(f"{name}=", f"{name}="), where)


def _flag(value: Any, name: str, where: Where) -> bool:
    if isinstance(value, bool):
        return value
    raise _wrong(value, name, where, Text("True 或 False", "True or False"))


_READERS: dict[str, Callable[[Any, str, Where], Any]] = {
    "within": _term, "materials": _papers, "issues": _papers, "law": _laws, "excluded_by": _law,
    "criteria": _words, "post": _words, "onsite": _flag, "note": _words, "id": _name,
}
KEYWORDS = tuple(_READERS)
_CITATION = Text('"行政许可法 第三十二条"', '"行政许可法 第三十二条"')


def _each(value: Any, kinds: tuple[type, ...], name: str, where: Where, example: Text) -> Sequence[Any]:
    several: Sequence[Any] = value if isinstance(value, list | tuple) and not isinstance(value, kinds) else (value,)
    for one in several:
        if not isinstance(one, kinds):
            raise _wrong(one, name, where, example)
    return several


def _wrong(value: Any, name: str, where: Where, example: Text) -> BadElement:
    return BadElement(Text(f"{name}= 不能是 {kind_of(value)}", f"{name}= may not be {kind_of(value)}"), where=where,
                      fix=Text(f"写 {example.zh}", f"write {example.en}"))
