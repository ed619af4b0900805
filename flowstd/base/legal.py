"""Law as data: an instrument, its article, when it held and how well we know it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from .frozen import Frozen


class Evidence(StrEnum):
    """How well a citation is known; pages and messages show it."""

    OFFICIAL = "official"      # read in the official text
    REPRINT = "reprint"        # read in a copy: take the official text before relying on it
    PRACTICE = "practice"      # how offices do it, no instrument says so
    MODELLED = "modelled-on"   # known from memory or from programs that implement it
    AUTHOR = "author"          # the item's author says so; flowstd has not looked


class LegalSource(Frozen):
    """One article of one instrument.

    >>> LegalSource(title="行政许可法", article="第三十二条").zh
    '《行政许可法》第三十二条'
    """

    title: str
    article: str = ""
    number: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None
    checked_on: date | None = None
    evidence: Evidence = Evidence.AUTHOR

    @property
    def zh(self) -> str:
        """The citation as a chart shows it; what is no instrument does not look like one.

        >>> LegalSource(title="办理流程编制", article="各步骤写明时限", evidence=Evidence.PRACTICE).zh
        '办事惯例（办理流程编制：各步骤写明时限）'
        >>> LegalSource(title="eCH-0158", article="EVT-002", evidence=Evidence.MODELLED).zh
        'eCH-0158 EVT-002'
        """
        number = f"（{self.number}）" if self.number else ""
        if self.evidence is Evidence.PRACTICE:
            return f"办事惯例（{'：'.join(part for part in (self.title, self.article) if part)}）"
        if self.title.isascii():
            return f"{self.title}{number} {self.article}".rstrip()
        return f"《{self.title}》{number}{self.article}"
