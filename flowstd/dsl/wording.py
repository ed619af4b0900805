"""Words that may stand on a chart: what is refused, and the letters that ids grow from."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category

from flowstd.base.errors import BadFlow
from flowstd.base.text import UNSHOWN, Text, short
from flowstd.base.where import Where
from flowstd.ir.limits import LONGEST_LABEL

LABEL = Text("步骤名称", "the step's label")


def wording(text: object, what: Text, where: Where) -> str:
    """*text* if it can be drawn: not empty, at most 2,000 characters, no control characters or lone surrogates.

    Raises: BadFlow: naming *what* is wrong and the character.
    """
    if not isinstance(text, str):
        raise BadFlow(Text(f"{what.zh}必须是文字，这里是 {kind_of(text)}",
                           f"{what.en} must be text, not {kind_of(text)}"), where=where,
                      fix=Text("写成带引号的文字，例如 \"受理\"", 'write it as quoted text, such as "受理"'))
    if not text or text.isspace():
        raise BadFlow(Text(f"{what.zh}是空的", f"{what.en} is empty"), where=where,
                      fix=Text("写出名称", "write what it says"))
    if len(text) > LONGEST_LABEL:
        raise BadFlow(Text(f"{what.zh}有 {len(text)} 个字符，超过 {LONGEST_LABEL}：{short(text)}",
                           f"{what.en} has {len(text)} characters, more than {LONGEST_LABEL}: {short(text)}"),
                      where=where, fix=Text("名称写短，细节写在 note= 或 criteria= 里",
                                            "make it short; put details into note= or criteria="))
    bad = UNSHOWN.search(text)
    if bad:
        raise _refused(bad[0], bad.start() + 1, text, what, where)
    return text


def naming(text: object, what: Text, where: Where) -> str:
    """*text* if it can be drawn and an id can grow from it: it holds a letter or digit. Raises BadFlow."""
    name = wording(text, what, where)
    if not slug(name):
        raise BadFlow(Text(f"{what.zh}里没有文字或数字：{short(name)}",
                           f"{what.en} holds no letter or digit: {short(name)}"),
                      where=where, fix=Text("用文字命名", "name it in words"))
    return name


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """The letters and digits of *text*: what an id keeps of a name.

    >>> slug("材料是否齐全、符合法定形式？")
    '材料是否齐全符合法定形式'
    """
    return "".join(c for c in text if c.isalnum() or category(c)[0] == "M")


def kind_of(value: object) -> str:
    """What *value* is, as a message shows it: its type, and itself when that is short.

    >>> kind_of(5), kind_of(None)
    ('int 5', 'None')
    """
    if value is None:
        return "None"
    if isinstance(value, str | int | float | bool):
        return f"{type(value).__name__} {short(repr(value))}"
    return type(value).__name__


def _refused(char: str, number: int, text: str, what: Text, where: Where) -> BadFlow:
    point = ord(char)
    if 0xD800 <= point <= 0xDFFF:
        zh, en = "半个代理对（不是完整的字符）", "half of a surrogate pair"
    elif point >= 0xFFFE:
        zh, en = "不是字符", "not a character"
    else:
        zh, en = {10: ("换行符", "a line feed"), 13: ("回车符", "a carriage return"), 9: ("制表符", "a tab"),
                  0x2028: ("行分隔符", "a line separator"), 0x2029: ("段分隔符", "a paragraph separator"),
                  }.get(point, ("控制字符", "a control character"))
    return BadFlow(Text(f"{what.zh}的第 {number} 个字符是{zh} U+{point:04X}：{short(text)}",
                        f"character {number} of {what.en} is {en}, U+{point:04X}: {short(text)}"), where=where,
                   fix=Text("删掉这个字符；换行由 flowstd 自动安排",
                            "take the character out; lines are broken by flowstd"))
