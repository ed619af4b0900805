"""Instruments that are no longer in force, with the one that ended them: data, and only what was read is listed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from flowstd.base.legal import Evidence, LegalSource

from .law import CHECKED


class Repealed(NamedTuple):
    """When an instrument ended, by what, and where its matter stands now."""

    on: date
    by: LegalSource
    instead: str


def _by(title: str, article: str, on: date, *titles: str) -> dict[str, Repealed]:
    """*titles*, all ended by one article of the instrument that stands in their place."""
    source = LegalSource(title=title, article=article, in_force_from=on, checked_on=CHECKED, evidence=Evidence.REPRINT)
    return dict.fromkeys(titles, Repealed(on, source, f"《{title}》"))


REPEALED: dict[str, Repealed] = {
    **_by("城乡规划法", "第七十条", date(2008, 1, 1), "城市规划法"),
    **_by("外商投资法", "第四十二条", date(2020, 1, 1), "中外合资经营企业法", "外资企业法", "中外合作经营企业法"),
    **_by("民法典", "第一千二百六十条", date(2021, 1, 1), "婚姻法", "继承法", "民法通则", "收养法", "担保法", "合同法", "物权法",
          "侵权责任法", "民法总则"),
    **_by("契税法", "第十六条", date(2021, 9, 1), "契税暂行条例"),
    **_by("医师法", "第六十七条", date(2022, 3, 1), "执业医师法"),
    **_by("市场主体登记管理条例", "第五十五条", date(2022, 3, 1), "公司登记管理条例", "企业法人登记管理条例",
          "合伙企业登记管理办法", "农民专业合作社登记管理条例", "企业法人法定代表人登记管理规定"),
    **_by("促进个体工商户发展条例", "第三十九条", date(2022, 11, 1), "个体工商户条例"),
    **_by("人体器官捐献和移植条例", "第五十条", date(2024, 5, 1), "人体器官移植条例"),
    **_by("煤矿安全生产条例", "第七十六条", date(2024, 5, 1), "煤矿安全监察条例", "国务院关于预防煤矿生产安全事故的特别规定"),
}


@lru_cache(4096)
def repealed(title: str) -> Repealed | None:
    """How the instrument called *title* ended; None while it is not known to have ended.

    >>> repealed("中华人民共和国合同法").by.zh
    '《民法典》第一千二百六十条'
    >>> repealed("《中华人民共和国公司登记管理条例》").instead
    '《市场主体登记管理条例》'
    """
    return REPEALED.get(title.strip("《》 ").removeprefix("中华人民共和国"))
