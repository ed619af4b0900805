"""The smallest words of SVG: escaped text, safe ids, safe links, right-angled paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from flowstd.layout.measure import clean

_SPECIAL = re.compile("[\x00-\x1f&<>\"\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
                      "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_ALLOWED = ("http", "https", "mailto")
_NOT_SHOWN = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_NOT_ID = re.compile(r"[^\w.\-]")


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """*text* as it may stand in XML, between tags or in quotes.

    >>> escaped('a<b> & "c"\\x00')
    'a&lt;b&gt; &amp; &quot;c&quot;\ufffd'
    """
    if not _SPECIAL.search(text):
        return text
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\n", " ")


def safe_link(link: str) -> str:
    """*link* if it is http, https, mailto or relative, else nothing; no trick of spelling gets a script past it.

    >>> safe_link("https://example.cn/a"), safe_link("b.svg#x"), safe_link("java\\nscript:alert(1)")
    ('https://example.cn/a', 'b.svg#x', '')
    """
    plain = _NOT_SHOWN.sub("", link)
    scheme = _SCHEME.match(plain)
    if scheme:
        return plain if scheme[1].lower() in _ALLOWED else ""
    if plain.startswith(("//", "\\", "/\\")) or ":" in re.split(r"[/?#]", plain, maxsplit=1)[0] or "&" in plain[:8]:
        return ""
    return plain


def safe_ids(prefix: str, names: Iterable[str]) -> list[str]:
    """An id for each of *names*, all different, of letters that an id may have.

    >>> safe_ids("f1", ["窗口/受理", "窗口 受理"])
    ['f1-窗口-受理', 'f1-窗口-受理-2']
    """
    taken: dict[str, int] = {}
    found = []
    for name in names:
        plain = f"{prefix}-{_plain(name)}"
        id_ = plain
        while id_ in taken:
            taken[plain] += 1
            id_ = f"{plain}-{taken[plain]}"
        taken[id_] = 1
        found.append(id_)
    return found


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """*name* in letters that an id may have; charts have most of their names in common."""
    return _NOT_ID.sub("-", name)


def path(points: Sequence[tuple[int, int]]) -> str:
    """A right-angled line as path data; anything slanted is written as such.

    >>> path([(0, 0), (0, 8), (5, 8)])
    'M0 0V8H5'
    """
    x, y = points[0]
    data = f"M{x} {y}"
    for nx, ny in points[1:]:
        if nx == x:
            data += f"V{ny}"
        elif ny == y:
            data += f"H{nx}"
        else:
            data += f"L{nx} {ny}"
        x, y = nx, ny
    return data
