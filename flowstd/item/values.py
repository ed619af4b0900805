"""The kinds of value an element may hold: what is taken, what is refused and how that is said.

Numbers and truth are strict ("5" and True are not 5); texts hold nothing that a
chart cannot show; a term, a citation and a word list may be written as one text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from flowstd.base.errors import FlowstdError
from flowstd.base.late import late
from flowstd.base.legal import LegalSource
from flowstd.base.term import Term
from flowstd.base.text import Text, short

from .codes import is_safe
from .term_text import HOW, MOST, term_from

Path = tuple[str | int, ...]      # from an item to one of its values: ("materials", 0, "name")

LONGEST_NAME = 300                # characters; the longest of a thousand real names has 110

CUSTOM = "flowstd"                # the type of the errors that carry their own words


def wrong(what: Text, fix: Text | None = None) -> PydanticCustomError:
    """The fault of one value, for pydantic to carry."""
    return many([((), what, fix)])


def many(faults: Sequence[tuple[Path, Text, Text | None]]) -> PydanticCustomError:
    """Several faults of one value; each path leads on from the element to the part that is wrong."""
    return PydanticCustomError(CUSTOM, "{said}", {"said": faults[0][1].en, "faults": faults})


def _shown(text: str) -> str:
    odd = _HIDDEN.search(text)
    if odd:
        place, point = odd.start() + 1, ord(odd[0])
        raise wrong(Text(f"第 {place} 个字符 U+{point:04X} 无法显示",
                         f"character {place}, U+{point:04X}, cannot be shown"),
                    Text("删去它", "remove it"))
    return text


# controls, those that turn the direction of what follows too, half characters, no characters
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def _line(text: str) -> str:
    return " ".join(_shown(text.replace("\r", "\n")).split())


def _name(text: str) -> str:
    if not text:
        raise wrong(Text("不能为空", "may not be empty"), Text("写上名称", "write a name"))
    if len(text) > LONGEST_NAME:
        raise wrong(Text(f"有 {len(text)} 个字，最多 {LONGEST_NAME} 个",
                         f"has {len(text)} characters, at most {LONGEST_NAME} are allowed"),
                    Text("名称从简，说明写到别的要素里", "keep the name short and explain in another element"))
    return text


def _prose(text: str) -> str:
    return _shown(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _code(code: str) -> str:
    code = code.strip()
    if code and not is_safe(code):
        shown = code if len(code) <= 40 else code[:40] + "…"
        raise wrong(Text(f"“{_visible(shown)}”不能用作编码", f'"{_visible(shown)}" cannot be a code'),
                    Text("编码只用字母、数字和 . _ -，不超过 64 位，不能是 CON 等系统保留名",
                         "a code is up to 64 letters, digits and . _ -, and no device name such as CON"))
    return code


def _visible(text: str) -> str:
    return _HIDDEN.sub("\ufffd", text)


def _term(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return term_from(value)
        except FlowstdError as error:
            raise wrong(error.what, error.fix) from None
    if isinstance(value, int | float):
        whole = type(value) is int and 0 <= value < MOST
        raise wrong(Text(f"时限 {short(str(value))} 没有单位", f"the limit {short(str(value))} has no unit"),
                    Text(f"写成“{value}工作日”", f'write "{value} workdays"') if whole else HOW)
    return value


def _law(value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            raise wrong(Text("不能为空", "may not be empty"))
        return late("flowstd.dsl.law:law")(_line(value))
    return value


def _cited(source: LegalSource) -> LegalSource:
    for text in (source.title, source.number, source.article):
        _shown(text)
    if not source.title.strip():
        raise wrong(Text("缺少法律文件名称", "has no title"))
    return source


def listed(value: Any) -> Any:
    """One value stands for a list of one."""
    return value if isinstance(value, list | tuple) else (value,)


def named(value: Any) -> Any:
    """A text stands for the part of that name."""
    return {"name": value} if isinstance(value, str) else value


def _words(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip() for part in _PARTING.split(value) if part.strip())
    return listed(value)


_PARTING = re.compile(r"[\^、；;,，|\n](?![^（(]*[）)])")          # what stands in brackets is one word: 镇（乡、街道）级


def _lines(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split("\n") if part.strip())
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    elif isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise wrong(Text(f"{_visible(str(value)[:40])} 不是日期", f"{_visible(str(value)[:40])} is not a date"),
                Text("写成 2026-01-31", "write it as 2026-01-31"))


def _yes(value: Any) -> Any:
    return {"是": True, "否": False}.get(value, value) if isinstance(value, str) else value


def _link(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s\"'<>\\^`{|}]+", text, re.IGNORECASE):
        raise wrong(Text("网址只能以 http:// 或 https:// 开头，且不含空格和引号",
                         "a link starts with http:// or https:// and holds no spaces or quotes"),
                    Text("从浏览器的地址栏复制", "copy it from the address bar of a browser"))
    return text


Line = Annotated[str, AfterValidator(_line)]                     # one line of text
Name = Annotated[str, AfterValidator(_line), AfterValidator(_name)]
Prose = Annotated[str, AfterValidator(_prose)]                   # text of several lines
Code = Annotated[str, AfterValidator(_code)]                     # can be the name of a file
Whole = Annotated[int, Field(ge=0, strict=True)]
YesNo = Annotated[bool, Field(strict=True), BeforeValidator(_yes)]
Day = Annotated[date, BeforeValidator(_day)]
Link = Annotated[str, AfterValidator(_line), AfterValidator(_link)]
Limit = Annotated[Term, BeforeValidator(_term)]
Law = Annotated[LegalSource, BeforeValidator(_law), AfterValidator(_cited)]
Laws = Annotated[tuple[Law, ...], BeforeValidator(listed)]
Words = Annotated[tuple[Line, ...], BeforeValidator(_words)]     # words of a code list
Lines = Annotated[tuple[Line, ...], BeforeValidator(_lines)]
