"""A message in both languages; the reader's language is chosen when it is shown, not when it is made."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


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
