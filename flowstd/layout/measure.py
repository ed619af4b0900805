"""How wide a text is, and where its lines may break: Chinese and Latin, never clipped.

Widths come from one table (advances.py) and carry some slack, because the
reader's font is not ours. Breaking follows UAX #14 as far as office texts need
it: no closing mark begins a line, no opening mark ends one, Latin words and
numbers with their units stay whole, and so do the words an edition lists.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from .advances import ADVANCES

if TYPE_CHECKING:
    from flowstd.standard.edition import Edition

EM = 1000
_WIDER = {"\ufdfd": 11 * EM, "\u2e3a": 2 * EM, "\u2e3b": 3 * EM}     # the few signs wider than a Chinese character
_EMOJI = 1300                                                          # colour fonts draw them that wide

NOT_FIRST = frozenset("，。、；：？！…—～·）》」』】〕〉〗｝］”’％‰℃．／＊々ー\u3000" ")]},.;:!?%/'\"°·-")
NOT_LAST = frozenset("（《「『【〔〈〖｛［“‘" "([{" "￥¥＄$№").union(      # and the signs of remarks: ① to ㊿
    map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
_PAUSES = frozenset("，。、；：？！,;")

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
                      "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\n\r\u2028\u2029]")
_LETTERS = "A-Za-z0-9_\u00aa-\u02af\u0370-\u052f\u1e00-\u1fff"
_DIGITS = "0-9\uff10-\uff19"
_NUMERALS = "一二三四五六七八九十百千零〇两"
_CACHE_LIMIT = 50_000


class _Advances(dict[str, int]):
    """The advance of every character, in thousandths of an em; computed when first asked for."""

    def __missing__(self, letter: str) -> int:
        drawn = _EMOJI if 0x1F000 <= ord(letter) <= 0x1FAFF else EM
        self[letter] = advance = 0 if category(letter) in ("Mn", "Me", "Cf") else drawn
        return advance


_ADVANCE = _Advances({letter: advance for advance, letters in ADVANCES.items() for letter in letters} | _WIDER)
_advance_of = _ADVANCE.__getitem__
SPACE = _ADVANCE[" "]


@lru_cache(maxsize=_CACHE_LIMIT)
def advance(text: str) -> int:
    """The width of *text* in thousandths of an em, without slack.

    >>> advance("受理"), advance("5")
    (2000, 555)
    """
    return sum(map(_advance_of, text))


def clean(text: str) -> str:
    """*text* as it may stand in a document: what cannot be shown becomes U+FFFD, tabs become spaces.

    Controls, lone surrogates and marks that turn the reading direction cannot be shown; line breaks stay.

    >>> clean("受\\x00理\\t窗口")
    '受\ufffd理 窗口'
    """
    if text.isprintable():                                 # nearly every text; nothing of the illegal is printable
        return text
    return _ILLEGAL.sub("\ufffd", text).replace("\t", " ")


class Piece(NamedTuple):
    """What stays on one line: its text, its advance, and whether a space stands before it."""

    text: str
    advance: int
    spaced: bool


class Setter:
    """Sets text in lines by the words of one edition; remembers what it has set."""

    def __init__(self, whole: tuple[str, ...] = (), units: tuple[str, ...] = (), slack: int = 50) -> None:
        self._slack = EM + slack
        self._token = _token(whole, units)
        self._single = _token((), ())
        self._set: dict[tuple[str, int, int], tuple[str, ...]] = {}
        self._widths: dict[tuple[str, int], int] = {}

    def width(self, text: str, size: int) -> int:
        """The room that *text* on one line needs, in px, at type of *size* px.

        >>> Setter().width("受理", 12)
        26
        """
        key = (text, size)
        found = self._widths.get(key)
        if found is None:
            found = self.px(advance(text), size)
            _keep(self._widths, key, found)
        return found

    def px(self, thousandths: int, size: int) -> int:
        """The room for an advance in thousandths of an em, in px, slack included."""
        return -(-thousandths * size * self._slack // (EM * EM))

    def lines(self, text: str, room: int, size: int) -> tuple[str, ...]:
        """*text* in as few lines of *room* px as it takes, of even length; an empty text has no line.

        A piece that is wider than the room is cut between characters; a single
        character that is wider stands on its own line.

        >>> Setter().lines("材料是否齐全、符合法定形式？", 92, 12)
        ('材料是否齐全、', '符合法定形式？')
        """
        key = (text, room, size)
        found = self._set.get(key)
        if found is None:
            found = self._lines(text, room, size)
            _keep(self._set, key, found)
        return found

    def pieces(self, text: str, most: int) -> list[Piece]:
        """What *text* may be broken into; pieces over *most* thousandths of an em are cut further."""
        whole = _pieces(self._token, text)
        if all(piece.advance <= most for piece in whole):
            return whole
        cut: list[Piece] = []
        for piece in whole:
            cut += [piece] if piece.advance <= most else self._cut(piece, most)
        return cut

    def _cut(self, piece: Piece, most: int) -> list[Piece]:
        cut: list[Piece] = []
        for part in _pieces(self._single, piece.text):
            cut += [part] if part.advance <= most else [Piece(c, advance(c), False) for c in _clusters(part.text)]
        cut[0] = cut[0]._replace(spaced=piece.spaced)
        return cut

    def _lines(self, text: str, room: int, size: int) -> tuple[str, ...]:
        most = room * EM * EM // (size * self._slack)
        done: list[str] = []
        for paragraph in _BREAKS.split(clean(text)):
            if advance(paragraph) <= most and "  " not in paragraph:
                if stripped := paragraph.strip(" "):
                    done.append(stripped)
                continue
            done += break_even(self.pieces(paragraph, most), most)
        return tuple(done)


def break_even(pieces: list[Piece], most: int) -> list[str]:
    """The pieces in the fewest lines of at most *most* thousandths, as even as can be."""
    count = len(pieces)
    edges = ends_of(pieces)
    pauses = [piece.text[-1] in _PAUSES for piece in pieces]
    # of the pieces from each on: how many lines they need, how uneven those are, and where the first of them ends
    lines, costs, ends = [0] * (count + 1), [0] * (count + 1), [0] * (count + 1)
    for first in range(count - 1, -1, -1):
        room = most + edges[first] + (SPACE if pieces[first].spaced else 0)
        last = max(first + 1, bisect_right(edges, room) - 1)
        more = lines[last]
        lines[first], least = more + 1, -1
        for end in range(last, first, -1):
            if lines[end] > more:
                break                                      # a line that ends so early costs a further one
            spare = room - edges[end]
            if spare > 0 and pauses[end - 1]:
                spare = spare - EM if spare > EM else 0    # a pause is a good place to break
            cost = spare * spare + costs[end]
            if least < 0 or cost <= least:
                least, ends[first] = cost, end
        costs[first] = least
    done, at = [], 0
    while at < count:
        done.append(joined(pieces[at:ends[at]]))
        at = ends[at]
    return done


def ends_of(pieces: list[Piece]) -> list[int]:
    """Where each piece ends if all stood on one line; the first entry is where the first begins."""
    return list(accumulate([piece.advance + (SPACE if piece.spaced else 0) for piece in pieces], initial=0))


def joined(pieces: list[Piece]) -> str:
    """The pieces on one line."""
    return "".join((" " if piece.spaced and number else "") + piece.text for number, piece in enumerate(pieces))


@cache
def setter(edition: Edition) -> Setter:
    """The setter of *edition*; there is one, so that it remembers."""
    words = edition.words.setting
    return Setter(words.whole, words.units, edition.symbols.text.slack)


def _keep(cache_: dict, key: object, value: object) -> None:  # type: ignore[type-arg]
    if len(cache_) >= _CACHE_LIMIT:
        cache_.clear()
    cache_[key] = value


def _token(whole: tuple[str, ...], units: tuple[str, ...]) -> re.Pattern[str]:
    """What is never broken: numbers with units, Latin words, the edition's words; else one character."""
    unit = "|".join(re.escape(u) for u in sorted(units, key=len, reverse=True))
    long_unit = "|".join(re.escape(u) for u in sorted(units, key=len, reverse=True) if len(u) > 1)
    parts = [r" +"]
    if unit:
        parts.append(rf"第[{_NUMERALS}{_DIGITS}]+[编章节条款项目号次批]")
        parts.append(rf"[{_DIGITS}]+(?:[.,:/][{_DIGITS}]+)*(?:{unit})?(?![{_LETTERS}])")
        parts.append(rf"[{_NUMERALS}]+(?:{long_unit}|日)")
    if whole or unit:
        parts.append(rf"[{_LETTERS}]+(?:[-.'’/:@&+#=_~?]+[{_LETTERS}]+)*")
    if whole:
        parts.append("|".join(re.escape(w) for w in sorted(whole, key=len, reverse=True)))
    parts.append("[\U0001f1e6-\U0001f1ff]{2}|.")
    return re.compile("|".join(parts), re.DOTALL)


def _pieces(token: re.Pattern[str], text: str) -> list[Piece]:
    done: list[Piece] = []
    last, spaced = "", False
    for part in token.findall(text):
        if part[0] == " ":
            spaced = True
            continue
        if done and _glued(last, part[0], spaced):
            before = done[-1]
            text_ = before.text + (" " if spaced else "") + part
            done[-1] = Piece(text_, before.advance + advance(part) + (SPACE if spaced else 0), before.spaced)
        else:
            done.append(Piece(part, advance(part), spaced and bool(done)))
        last, spaced = part[-1], False
    return done


def _glued(last: str, first: str, spaced: bool) -> bool:
    """Whether no line may end after *last* and begin with *first*."""
    if first in NOT_FIRST or last in NOT_LAST:
        return True
    return not spaced and _joins(last, first)


def _joins(last: str, first: str) -> bool:
    """Whether *first* is a mark upon *last*, or a joiner stands between them."""
    if first < "\u00a0" and last < "\u00a0":
        return False
    if first in _GLUE or last in _GLUE:
        return True
    return first > "\u02ff" and (first in _TONES or category(first)[0] == "M")


_GLUE = frozenset("\u00a0\u2007\u202f\u2060\ufeff\u200d")
_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


def _clusters(text: str) -> list[str]:
    """Single characters, each with the marks upon it."""
    done: list[str] = []
    for letter in text:
        if done and _joins(done[-1][-1], letter):
            done[-1] += letter
        else:
            done.append(letter)
    return done
