"""A message in both languages; the reader's language is chosen when it is shown, not when it is made."""

from __future__ import annotations

import os
import re
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]
# controls, those that turn the direction of what follows too, and halves of characters: nothing shows them
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


class Text(NamedTuple):
    """One message, said twice.

    >>> Text(zh="没有步骤", en="no steps").say("en")
    'no steps'
    """

    zh: str
    en: str

    def say(self, language: Language | None = None) -> str:
        """The message in *language*, or in the one the environment asks for."""
        return self.en if (language or preferred()) == "en" else self.zh

    def __str__(self) -> str:
        return self.say()


def preferred() -> Language:
    """Chinese where ``FLOWSTD_LANG`` or the locale says so, English otherwise."""
    for name in ("FLOWSTD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def short(text: str, most: int = 40) -> str:
    """*text* as a message may show it: cut, and with nothing in it that a terminal would obey.

    >>> short("受理\x1b[2J")
    '受理�[2J'
    >>> short("受理" * 30, most=5)
    '受理受理…'
    """
    shown = text if text.isprintable() else UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)
    return shown if len(shown) <= most else shown[:most - 1] + "…"


def harmless(lines: str) -> str:
    r"""*lines* as a terminal may get them: nothing in them that it would obey.

    >>> harmless("受理\x1b[2J\n二")
    '受理�[2J\n二'
    """
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", lines)


_OBEYED = re.compile("(?![\t\n]|\r\n)" + UNSHOWN.pattern)
