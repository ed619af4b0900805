"""What a page asks for: the same words and options, whether Sphinx or Markdown reads the page."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from flowstd.base.errors import BadUse, UnknownName
from flowstd.base.near import did_you_mean
from flowstd.base.text import Language, Text, preferred
from flowstd.base.where import NOWHERE, Where
from flowstd.pipeline import VIEWS


class Word(NamedTuple):
    """One thing that can be asked for."""

    what: Text
    argument: Text | None              # what stands behind the word; None: nothing may
    options: tuple[str, ...]
    content: bool = False              # whether a flow may be written below
    needed: bool = False               # whether the argument must be there


LOOK = ("view", "frame", "direction", "theme", "caption", "name", "links", "flawed")
SOURCE = Text("来源，同 flowstd draw", "a source, as for flowstd draw")
ITEM = Text("事项的编码或名称", "the code or name of an item")

WORDS = {
    "item": Word(Text("一个事项的流程图", "the chart of an item of a catalogue"), ITEM,
                 ("catalogue", "scenario", *LOOK), needed=True),
    "flow": Word(Text("写在页面里或来源里的流程", "a flow written in the page, or in a source"), SOURCE,
                 ("title", "code", *LOOK), content=True),
    "steps": Word(Text("环节表", "the table of steps"), Text(f"{ITEM.zh}，或{SOURCE.zh}", f"{ITEM.en}, or {SOURCE.en}"),
                  ("catalogue", "scenario", "caption", "name", "language"), content=True),
    "rule": Word(Text("一条规则，附两个例子", "a rule, with its two examples drawn"), Text("规则编号", "the code of a rule"),
                 ("language",), needed=True),
    "findings": Word(Text("一个目录的问题", "what is wrong with the items of a catalogue"), ITEM,
                     ("catalogue", "scenario", "language")),
    "index": Word(Text("一个目录的事项一览", "the items of a catalogue"), None, ("catalogue", "language")),
}

OPTIONS = {                            # what is the same wherever an option occurs
    "catalogue": Text("目录所在的文件夹", "the folder of the catalogue"),
    "scenario": Text("情形，如 新办；只有一个时可不写", "which scenario, such as 新办; may be left out where there is one"),
    "view": Text("internal：运行流程图；external：办事流程图", "internal: as the office runs it; external: the applicant's"),
    "frame": Text("page：整页，带标题栏；chart：只有图", "page: on paper, with title and fields; chart: the chart alone"),
    "direction": Text("down 或 right", "down or right"),
    "theme": Text("配色", "the colours"),
    "title": Text("流程的标题", "the title of the flow"),
    "code": Text("在图的上方显示写在页面里的流程", "show the flow written in the page above its chart"),
    "caption": Text("图表下方的说明", "words below"),
    "name": Text("供引用的名称", "a name to refer to"),
    "links": Text("“环节 = 页面”，用分号或换行分隔", '"step = page", with semicolons or line breaks between'),
    "flawed": Text("有意画错的例子：照画，不提示它的问题", "an example that is meant to be wrong: its findings are not told"),
    "language": Text("表头的语言：zh 或 en", "the language of headings: zh or en"),
}
FLAGS = ("code", "flawed")
CHOICES = {"view": VIEWS, "frame": ("page", "chart"), "direction": ("down", "right"), "language": ("zh", "en")}


@dataclass(frozen=True)
class Request:
    """One thing that a page asks for."""

    word: str
    argument: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    content: str = ""
    where: Where = NOWHERE             # of the request; its line is that of the word
    line: int = 1                      # where the content begins
    indent: int = 0                    # and how far in it stands
    folder: Path = Path()              # relative paths begin here
    catalogue: str = ""                # the folder of items where none is named
    said_in: Language | None = None    # the language of headings where none is named

    @property
    def language(self) -> Language:
        """The language of headings."""
        asked = self.options.get("language")
        return ("en" if asked == "en" else "zh") if asked else self.said_in or preferred()

    def path(self, name: str) -> Path:
        """The place that *name* means in this page."""
        return Path(os.path.normpath(self.folder / name))

    def check(self) -> None:
        """Raise BadUse, UnknownName for what cannot be meant."""
        word = self.known()
        for name, value in self.options.items():
            if name not in word.options:
                raise UnknownName(Text(f"“{self.word}”没有选项“{name}”", f'"{self.word}" has no option "{name}"'),
                                  where=self.where, fix=did_you_mean(name, word.options))
            if name in CHOICES and value not in CHOICES[name]:
                raise UnknownName(Text(f"选项“{name}”不能是“{value}”", f'the option "{name}" may not be "{value}"'),
                                  where=self.where, fix=did_you_mean(value, CHOICES[name]))
        self._check_parts(word)

    def known(self) -> Word:
        """What is known of the word. Raises UnknownName."""
        if self.word not in WORDS:
            raise UnknownName(Text(f"没有“{self.word}”", f'there is no "{self.word}"'), where=self.where,
                              fix=did_you_mean(self.word, WORDS))
        return WORDS[self.word]

    def _check_parts(self, word: Word) -> None:
        if word.needed and not self.argument:
            assert word.argument is not None
            raise BadUse(Text(f"缺少{word.argument.zh}", f"{word.argument.en} is missing"), where=self.where)
        if word.argument is None and self.argument:
            raise BadUse(Text(f"“{self.word}”后面不写内容", f'nothing stands behind "{self.word}"'), where=self.where,
                         fix=Text("文件夹写在 catalogue 里", "the folder is the option catalogue"))
        if self.content.strip() and not word.content:
            raise BadUse(Text(f"“{self.word}”下面不写内容", f'nothing is written below "{self.word}"'), where=self.where,
                         fix=Text("要画写在页面里的流程，用 flow", "to draw a flow written in the page, use flow"))
        if self.content.strip() and self.argument:
            raise BadUse(Text("既有来源又有内容，不知画哪一个", "there is a source and a flow: which is meant?"), where=self.where,
                         fix=Text("二者留一", "keep one of them"))
        if word.content and not self.argument and not self.content.strip():
            raise BadUse(Text("没有说明画什么", "nothing is given to draw"), where=self.where,
                         fix=Text("写来源，或在下面写流程", "name a source, or write a flow below"))
