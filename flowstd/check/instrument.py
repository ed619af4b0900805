"""How high an instrument stands, as far as its title and number tell; rules only hold what is certain against it.

Laws, 条例 and documents show in the title. What is called 办法 or 规定 need not: an administrative regulation and a
ministry's rule may bear the same name, and so may a province's regulation and its government's rule. Then both are
possible, until the number (国务院令第…号, 人大常委会公告) says which.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from flowstd.base.legal import LegalSource


class Rank(IntEnum):
    """The order of instruments, the highest first."""

    LAW = 1              # 法律
    REGULATION = 2       # 行政法规、国务院决定
    LOCAL = 3            # 地方性法规
    PROVINCIAL = 4       # 省、自治区、直辖市人民政府规章
    RULE = 5             # 其他规章
    DOCUMENT = 6         # 其他规范性文件


class Standing(NamedTuple):
    """The highest and the lowest that an instrument can be."""

    highest: Rank
    lowest: Rank


_LAW = re.compile(r"(?<![办方做])法$|法典$|^全国(?:人民代表大会|人大).*(?:决定|规定|办法)$")
_STATE_COUNCIL = re.compile(r"^国务院(?!办公厅).*(?:决定|规定|办法|细则)$")
_PROVINCE = re.compile(r"^[一-龥]{1,3}省|^[一-龥]{2,5}自治区|^(?:北京|天津|上海|重庆)市")
_CITY = re.compile(r"^(?!城市|全国|国家|关于)[一-龥]{2,5}?(?:市(?!场)|自治州|经济特区)")
_COUNTY = re.compile(r"^[一-龥]{1,5}?县(?!级|域)")
_CONGRESS = re.compile(r"人民代表大会|人大|实施.*法[》〉].*办法$")
_OFFICE = re.compile(r"^关于|^[一-龥]{1,12}?(?:(?<![布格])局|办公厅|办公室)")   # issued by an office, or headed like a notice
_NAMED = re.compile(r"(?:办法|规定|规则|细则)$")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]$")


@lru_cache(4096)
def standing(source: LegalSource) -> Standing:
    """Where *source* can stand.

    >>> from flowstd.dsl.law import law
    >>> [standing(law(text)).highest.name for text in ("广告法", "市场主体登记管理条例", "济南市城市绿化条例")]
    ['LAW', 'REGULATION', 'LOCAL']
    >>> [standing(law(text)).lowest.name for text in ("山东省收费办法", "济南市收费办法", "某局收费办法", "关于收费的通知")]
    ['PROVINCIAL', 'RULE', 'DOCUMENT', 'DOCUMENT']
    >>> standing(law("互联网信息服务管理办法")), standing(law("互联网信息服务管理办法（国务院令第292号）")).lowest
    (Standing(highest=<Rank.REGULATION: 2>, lowest=<Rank.RULE: 5>), <Rank.REGULATION: 2>)
    """
    title, number = plain(source.title), source.number
    if _LAW.search(title) or "主席令" in number:
        return _surely(Rank.LAW)
    if _STATE_COUNCIL.search(title) or "国务院令" in number:
        return _surely(Rank.REGULATION)
    province, city, county = _PROVINCE.match(title), _CITY.match(title), _COUNTY.match(title)
    if title.endswith("条例"):
        return _surely(Rank.LOCAL if province or city or county else Rank.REGULATION)
    if (_NAMED.search(title) or title.endswith("决定")) and (_CONGRESS.search(title) or _CONGRESS.search(number)):
        return _surely(Rank.LOCAL)
    if not _NAMED.search(title) or _OFFICE.match(title) or "〔" in number:
        return _surely(Rank.DOCUMENT)
    if province:
        return Standing(Rank.PROVINCIAL if "令" in number else Rank.LOCAL, Rank.PROVINCIAL)
    if city or county:
        return _surely(Rank.RULE if city else Rank.DOCUMENT)
    return Standing(Rank.RULE if "令" in number else Rank.REGULATION, Rank.RULE)


def plain(title: str) -> str:
    """The title without what is left out as often as not: quotes, the state's name, the year in brackets."""
    return _BRACKETS.sub("", title.strip("《》 ")).removeprefix("中华人民共和国")


def overrides(source: LegalSource, law: LegalSource, least: Rank = Rank.LOCAL) -> bool:
    """Whether *source* can provide otherwise than *law*: an article of another instrument, as high as *least*.

    >>> from flowstd.dsl.law import law
    >>> own = law("行政许可法 第四十二条")
    >>> [overrides(law(text), own) for text in ("渔业法 第三条", "渔业法", "行政许可法 第四十三条", "关于渔业的通知 第三条")]
    [True, False, False, False]
    """
    return (bool(source.article) and plain(source.title) != plain(law.title)
            and standing(source).highest <= least)


def _surely(rank: Rank) -> Standing:
    return Standing(rank, rank)
