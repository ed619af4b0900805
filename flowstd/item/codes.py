"""Codes of organs and items: their shape, their parts and their check characters.

Modelled on GB 32100 (organ), GB 11714 (the older organ code) and GB/T 39554.1 (item), known from programs and real
codes that follow them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from flowstd.base.digest import digest
from flowstd.base.errors import BadElement
from flowstd.base.text import Text

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"     # no I O S V Z, which are taken for digits
LEVELS = "123456"                                # 行使层级: state, province, city, county, town, village


class OrganCode(NamedTuple):
    """A unified social credit code, 18 characters, in its parts."""

    registrar: str                   # 1: who registered it; 1 is the office for public bodies
    kind: str                        # 1
    region: str                      # 6: administrative division
    body: str                        # 9: the older organ code
    check: str                       # 1

    def __str__(self) -> str:
        return "".join(self)


class CatalogCode(NamedTuple):
    """A 基本编码, 12 digits, in its parts."""

    region: str                      # 2: 00 the nation, 37 Shandong, 44 Guangdong
    item_type: str                   # 2
    department: str                  # 2
    main: str                        # 3: 主项
    sub: str                         # 3: 子项, 000 for none

    def __str__(self) -> str:
        return "".join(self)


class ItemCode(NamedTuple):
    """A 实施编码, 31 characters, in its parts."""

    organ: OrganCode
    level: str                       # 行使层级
    catalog: CatalogCode

    def __str__(self) -> str:
        return f"{self.organ}{self.level}{self.catalog}"


class HandlingCode(NamedTuple):
    """A 业务办理项编码, 33 characters: an item code and the number of its scenario."""

    item: ItemCode
    serial: str

    def __str__(self) -> str:
        return f"{self.item}{self.serial}"


def organ_check(first17: str) -> str:
    """The check character that belongs to the first 17 of an organ code.

    >>> organ_check("12441500196720244")
    'T'
    """
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first17))
    return ALPHABET[-total % 31]


@lru_cache(1024)
def organ_code(code: str) -> OrganCode:
    """The parts of the 18-character *code* of an organ. Raises BadElement: length, character or check character.

    >>> organ_code("12441500196720244T").region
    '441500'
    """
    _length(code, 18, Text("统一社会信用代码", "unified social credit code"))
    odd = [char for char in code if char not in ALPHABET]
    if odd:
        raise BadElement(Text(f"统一社会信用代码“{code}”不能有字符“{odd[0]}”",
                              f'unified social credit code "{code}" may not hold "{odd[0]}"'),
                         fix=Text("只用数字和大写字母，不用 I O S V Z", "digits and capitals only, without I O S V Z"))
    if code[17] != organ_check(code[:17]):
        raise BadElement(Text(f"统一社会信用代码“{code}”的校验码不对",
                              f'unified social credit code "{code}" fails its check character'),
                         fix=Text("逐位核对：有一位抄错，或有两位对调",
                                  "compare it digit by digit: one is wrong, or two are swapped"))
    return OrganCode(code[0], code[1], code[2:8], code[8:17], code[17])


def old_organ_code(code: str) -> str:
    """The 9-character organ code used before 2015, without its hyphen. Raises BadElement.

    >>> old_organ_code("68236467-9")
    '682364679'
    """
    plain = code[:-2] + code[-1:] if code[-2:-1] == "-" else code
    if not re.fullmatch("[0-9A-Z]{8}[0-9X]", plain):
        raise BadElement(Text(f"组织机构代码“{code}”应为 8 位数字或大写字母加 1 位校验码",
                              f'organ code "{code}" should be 8 digits or capitals and a check character'))
    values = (int(char, 36) for char in plain[:8])
    total = sum(value * weight for value, weight in zip(values, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    if plain[8] != "0123456789X"[-total % 11]:
        raise BadElement(Text(f"组织机构代码“{code}”的校验码不对", f'organ code "{code}" fails its check character'),
                         fix=Text("逐位核对", "compare it digit by digit"))
    return plain


def catalog_code(code: str) -> CatalogCode:
    """The parts of a 12-digit 基本编码. Raises BadElement.

    >>> catalog_code("442199806003").item_type
    '21'
    """
    _length(code, 12, Text("基本编码", "catalogue code"))
    _digits(code, code, Text("基本编码", "catalogue code"))
    return CatalogCode(code[:2], code[2:4], code[4:6], code[6:9], code[9:])


def item_code(code: str) -> ItemCode:
    """The parts of a 31-character 实施编码. Raises BadElement.

    >>> parts = item_code("12441500196720244T3442199806003")
    >>> parts.level, parts.catalog.item_type, str(parts.organ)
    ('3', '21', '12441500196720244T')
    """
    _length(code, 31, Text("实施编码", "item code"))
    if code[18] not in LEVELS:
        raise BadElement(Text(f"实施编码“{code}”第 19 位（行使层级）是“{code[18]}”，应为 1 至 6",
                              f'character 19 (level) of item code "{code}" is "{code[18]}", should be 1 to 6'))
    return ItemCode(organ_code(code[:18]), code[18], catalog_code(code[19:]))


def handling_code(code: str) -> HandlingCode:
    """The parts of a 33-character 业务办理项编码. Raises BadElement.

    >>> handling_code("12441500196720244T344219980600301").serial
    '01'
    """
    _length(code, 33, Text("业务办理项编码", "handling code"))
    _digits(code[31:], code, Text("业务办理项编码", "handling code"))
    return HandlingCode(item_code(code[:31]), code[31:])


LONGEST = 64
_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$)(\..*)?", re.IGNORECASE)


def is_safe(code: str) -> bool:
    """Whether *code* can be a file's name as it is, on every system: short, plain, no path, no device.

    >>> is_safe("511A0141700000-511602000000-000"), is_safe("../../x"), is_safe("CON"), is_safe("nul.txt")
    (True, False, False, False)
    """
    return bool(_SAFE.fullmatch(code)) and not code.endswith(".") and not _DEVICE.fullmatch(code)


def file_name(code: str) -> str:
    """A file's name for *code*: itself where it is safe, else what is plain in it and 12 digits of its hash.

    Different codes give different names; the same code always gives the same one.

    >>> file_name("511A0141700000-1-00")
    '511A0141700000-1-00'
    >>> file_name("../../x")
    'x-9a3d297d687a'
    """
    if is_safe(code):
        return code
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", code).strip("-")[:40].rstrip("-")
    return f"{plain or 'item'}-{digest(code)[:12]}"


@lru_cache(1024)
def readable_name(text: str) -> str:
    """A file's name that keeps the letters of every script: for scenarios such as 新办. Hashed where anything is lost.

    >>> readable_name("新办"), readable_name("变更（法定代表人）")
    ('新办', '变更-法定代表人-48748d4a5b7d')
    """
    plain = re.sub(r"\W+", "-", text).strip("-")[:24].rstrip("-")
    if plain and plain == text and not _DEVICE.fullmatch(plain):
        return plain
    return f"{plain or 'x'}-{digest(text)[:12]}"


def _length(code: str, length: int, name: Text) -> None:
    if len(code) != length:
        shown = code if len(code) <= LONGEST else code[:LONGEST] + "…"
        raise BadElement(Text(f"{name.zh}“{shown}”应为 {length} 位，实为 {len(code)} 位",
                              f'{name.en} "{shown}" should have {length} characters, it has {len(code)}'))


def _digits(part: str, code: str, name: Text) -> None:
    if not (part.isascii() and part.isdigit()):
        raise BadElement(Text(f"{name.zh}“{code}”的“{part}”应全为数字",
                              f'"{part}" in {name.en} "{code}" should be digits only'))
