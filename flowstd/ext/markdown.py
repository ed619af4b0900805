"""Python-Markdown: a fence that draws; the same in MkDocs, Material and zensical, which read the same settings.

    markdown_extensions:
      - pymdownx.superfences:
          custom_fences: [{name: flowstd, class: flowstd, format: !!python/name:flowstd.ext.markdown.fence}]

A fence holds a flow, or says in its first lines what to show:

    ```flowstd
    item: 户外广告设施设置许可
    catalogue: items
    scenario: 新办
    ```

Paths begin at the folder in which the site is built. A chart that cannot be drawn is a warning, which stops a
strict build, and words in its place.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.errors import BadUse, FlowstdError, UnknownName
from flowstd.base.finding import Finding
from flowstd.base.near import did_you_mean, nearest
from flowstd.base.text import Language, Text, preferred
from flowstd.base.where import Where
from flowstd.item.model import Item
from flowstd.item.problems import field_names
from flowstd.report.text import text as told

from .answer import Answer, answer, language_of
from .html import error, html
from .place import place_of
from .request import FLAGS, WORDS, Request

if TYPE_CHECKING:
    from markdown import Markdown

logger = logging.getLogger("mkdocs.flowstd")     # what MkDocs counts when it is strict
_LINE = re.compile(r"([a-z]+)\s*[:：]\s*(.*)")


class Page(NamedTuple):
    """What is known of the page that is being read."""

    file: str                          # as seen from the folder in which the site is built
    lines: Sequence[str]
    language: Language


NO_PAGE = Page("", (), "en")


def fence(source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **kwargs: Any) -> str:
    """The HTML for one fence; what superfences calls as ``format``.

    >>> from markdown import Markdown
    >>> "提交申请" in fence('applicant.submit("提交申请") >> end.done', "flowstd", "flowstd", {}, Markdown())
    True
    """
    page = page_of(md)
    try:
        given = answer(request_of(source, page))
    except FlowstdError as problem:
        given = Answer((), (Finding.of(problem),), ())
    for fault in given.faults:
        logger.warning("%s", told((fault,)))
    if not given.pieces and given.faults:
        said = [(fault.message, fault.fix or Text("", "")) for fault in given.faults]
        return error(words.say(page.language) for both in said for words in both if words.en)
    return html(given.pieces, taken_in(md))


def request_of(source: str, page: Page = NO_PAGE) -> Request:
    """What a fence asks for. Raises BadUse, UnknownName for a head that cannot be read.

    >>> request_of("item: EX-0001\\nscenario: 新办").options
    {'scenario': '新办'}
    """
    written = source.split("\n")
    where = Where(page.file, place_of(source, page.lines)[0])
    first = _LINE.fullmatch(written[0].strip())
    if not first or not _is_word(first[1], written, where):
        line, indent = place_of(source, page.lines)
        return Request("flow", content=source, where=where, line=line or 1, indent=indent, said_in=page.language)
    given: dict[str, str] = {}
    number = 1
    while number < len(written) and written[number].strip():
        option = _LINE.fullmatch(written[number].strip())
        name = option[1] if option else written[number].strip()
        if not option and name not in FLAGS:
            raise BadUse(Text(f"“{name}”不是“选项: 值”", f'"{name}" is not "option: value"'), where=where,
                         fix=Text("选项和流程之间空一行", "leave a line empty between the options and the flow"))
        given[name] = option[2] if option else ""
        number += 1
    content = "\n".join(written[number:]).strip("\n")
    line, indent = place_of(content, page.lines) if content.strip() else (0, 0)
    return Request(first[1], first[2], given, content, where, line or 1, indent, said_in=page.language)


def _is_word(word: str, written: Sequence[str], where: Where) -> bool:
    """Whether a fence that begins with ``word:`` asks for something; otherwise it is a flow in YAML."""
    if word == "steps" and len(written) > 1 and written[1].lstrip().startswith("-"):
        return False                                             # the steps of a flow, one a line
    if word in WORDS or word in ("lanes", "steps") or word in field_names(Item):
        return word in WORDS
    if nearest(word, WORDS):
        raise UnknownName(Text(f"没有“{word}”", f'there is no "{word}"'), where=where, fix=did_you_mean(word, WORDS))
    return False


def page_of(md: Markdown) -> Page:
    """The page that is being read, as far as the program that reads it tells.

    MkDocs keeps the page with its processor of links, zensical with that of its context.
    """
    links, context = _known(md.treeprocessors, "relpath"), _known(md.preprocessors, "rendering_context")
    file, config = "", {}
    if links is not None:
        file, config = links.file.abs_src_path or "", links.config
    elif context is not None:
        config = context.config
        file = str(Path(config["root_dir"], config["docs_dir"], context.page.path))
    theme = config.get("theme") or {}
    told = theme.get("language", "")
    language = language_of(told) if told else preferred()
    try:
        return Page(os.path.relpath(file), Path(file).read_text("utf-8").splitlines(), language)
    except (OSError, ValueError):
        return Page(file, getattr(md, "lines", ()), language)


def _known(registry: Any, name: str) -> Any:
    try:
        return registry[name]
    except KeyError:
        return None


def taken_in(md: Markdown) -> dict[str, int]:
    """How often each chart is in the page already."""
    lines = getattr(md, "lines", None)                       # a new page has new lines
    taken = getattr(md, "flowstd_taken", None)
    if taken is None or taken[0] is not lines:
        taken = md.flowstd_taken = (lines, {})
    found: dict[str, int] = taken[1]
    return found
