"""Numerals as they stand in Chinese text: in digits, or as 四十五."""

from __future__ import annotations

NUMERALS = "零〇一二两三四五六七八九十百千"
_TENS = {"十": 10, "百": 100, "千": 1000}
_DIGIT = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "双": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def number(text: str) -> int:
    """A numeral below ten thousand, in digits or in Chinese.

    >>> number("三十"), number("四十五"), number("十"), number("12"), number("一百二十"), number("一千零一十九")
    (30, 45, 10, 12, 120, 1019)
    """
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGIT[char]
    return total + digit
