"""Text as XML 1.0 may hold it: escaped, and without the characters that no XML file can carry."""

from __future__ import annotations

import re
from functools import lru_cache

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").sub
_PLAIN = re.compile("[^&<>\"\t\n\r\x00-\x1f\ud800-\udfff\ufffe\uffff]*").fullmatch
_PLAIN_CONTENT = re.compile("[^&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]*").fullmatch


def legal(text: str) -> str:
    """*text* without what no XML file can carry.

    >>> legal("是\\x00否")
    '是否'
    """
    return text if _PLAIN(text) else _ILLEGAL("", text)


@lru_cache(maxsize=20_000)
def attribute(text: str) -> str:
    """*text* between double quotes; line feeds and tabs survive the parser.

    >>> attribute('a "<b>"'), attribute("是\\x00否")
    ('a &quot;&lt;b>&quot;', '是否')
    """
    if _PLAIN(text):
        return text
    text = _ILLEGAL("", text).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return text.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def content(text: str) -> str:
    """*text* between two tags.

    >>> content("a ]]> <b>")
    'a ]]&gt; &lt;b&gt;'
    """
    if _PLAIN_CONTENT(text):
        return text
    text = _ILLEGAL("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")
