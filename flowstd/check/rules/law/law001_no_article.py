"""LAW001: a basis that names no article."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject


def check(subject: Subject) -> Iterator[Fault]:
    for source in subject.item.legal_bases:
        if not source.article:
            yield Fault(Text(f"设定依据{source.zh}没有写到条", f"the basis {source.zh} names no article"),
                        Text(f"写成“{source.zh}第…条”", f"write {source.zh}第…条"))


def bad() -> Subject:
    return ordinary({"legal_bases": ["《示例市户外广告设施管理条例》"]})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="LAW001", name="no-article", since="0.1", reads="item",
    summary=Text("设定依据没有写到条款。", "A legal basis names no article."),
    why=Text("只写法名，谁也查不到是哪一条。", "With the title alone nobody finds the place."),
    source=practice("政务服务事项要素", "设定依据"),
    bad=bad, good=good, check=check,
)
