"""COD003: the item code says one thing and the elements another."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.errors import FlowstdError
from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject
from flowstd.item.codes import item_code
from flowstd.item.profile import Profile, profile


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    try:
        parts = item_code(item.code[:31] if len(item.code) == 33 else item.code)      # 33: a scenario's
    except FlowstdError:
        return                            # COD001, or a local code
    lists = profile(item.profile)
    levels = [lists.list("level").code(level) for level in item.levels]
    kind = lists.list("item_type").code(item.item_type)
    for wrong, part, what, declared in (
            (levels and parts.level not in levels, _named(lists, "level", parts.level), "行使层级",
             "、".join(item.levels)),
            (kind and parts.catalog.item_type != kind, _named(lists, "item_type", parts.catalog.item_type), "事项类型",
             item.item_type),
            (item.authority_code and _differs(str(parts.organ), item.authority_code), str(parts.organ), "实施主体编码",
             item.authority_code),
            (item.catalog_code and str(parts.catalog) != item.catalog_code, str(parts.catalog), "基本编码",
             item.catalog_code)):
        if wrong:
            yield Fault(Text(f"实施编码里的{what}是“{part}”，要素写的是“{declared}”",
                             f'the item code holds {part} for {what}, the item says {declared}'),
                        Text("核对编码和要素，改正其中一个", "compare code and element, and correct one of them"))


def _named(lists: Profile, name: str, code: str) -> str:
    """A code with the word that the list has for it."""
    word = next((entry.word for entry in lists.list(name).values if entry.code == code), "")
    return f"{code}（{word}）" if word else code


def _differs(organ: str, declared: str) -> bool:
    plain = declared.replace("-", "")
    return plain != organ if len(plain) == 18 else plain not in organ


def bad() -> Subject:
    return ordinary({"levels": ["县级"]})


def good() -> Subject:
    return ordinary()


RULE = Rule(
    code="COD003", name="code-disagrees", since="0.1", reads="item",
    summary=Text("实施编码与行使层级、事项类型、实施主体或基本编码不一致。",
                 "The item code disagrees with level, type, organ or catalogue code."),
    why=Text("编码里已经写着层级、类型和机关，两处不能矛盾。",
             "The code itself names level, type and organ; the elements must agree."),
    source=modelled("GB/T 39554.1-2020", "实施编码结构"),
    bad=bad, good=good, check=check,
)
