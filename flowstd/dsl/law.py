"""A citation as authors write it, read as law: "行政许可法 第三十二条"."""

from __future__ import annotations

import re
from functools import lru_cache

from flowstd.base.legal import LegalSource

_ARTICLE = r"第[零〇一二两三四五六七八九十百千\d]+[编章节条款项目]"
_CITATION = re.compile(
    r"^\s*《?(?P<title>.+?)》?\s*"
    r"(?:[（(](?P<number>[^（()）]*\d[^（()）]*)[)）])?\s*"
    rf"(?P<article>{_ARTICLE}.*)?$", re.DOTALL)


@lru_cache(maxsize=1024)
def law(text: str) -> LegalSource:
    """The source that *text* cites: title, document number and article, each as far as it is there.

    >>> law("行政许可法 第三十二条")
    LegalSource(title='行政许可法', article='第三十二条', number='', ...)
    >>> law("《体育条例》（国务院令第560号）第三十二条第一款").zh
    '《体育条例》（国务院令第560号）第三十二条第一款'
    """
    found = _CITATION.match(text.rstrip())
    if found is None:
        return LegalSource(title=text.strip())
    return LegalSource(title=found["title"], number=found["number"] or "", article=found["article"] or "")
