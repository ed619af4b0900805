"""XML ids that can be read, and that every tool takes.

bpmn-moddle takes ASCII ids only (``[A-Za-z_][A-Za-z0-9_.-]*``), so Chinese is
spelled in syllables, followed by six hexadecimal digits of the whole name's hash:
an id depends on its own name alone, and two names that sound alike stay two.
Names that are legal ASCII stay as they are, ``/`` becoming ``.``. What lies between
two things, as a line does, has a hash only: the file names both beside it. Each kind of
thing has its prefix, so no id is ``Start``, ``End``, ``EndJoin`` or ``Root``,
which SpiffWorkflow takes for itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from flowstd.base.digest import digest

from .pinyin import spelled

_PLAIN = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*").fullmatch
_PROCESS = re.compile(r"Process_[A-Za-z0-9_.-]+").fullmatch
_LONGEST = 60
_MARK = 10                 # hexadecimal digits: of 5,000 lines, two are alike once in 90,000 files


@lru_cache(maxsize=50_000)
def encode(name: str) -> str:
    """*name* as the part of an XML id after its prefix.

    >>> encode("综合窗口/受理"), encode("window/accept"), encode("start→window/accept")
    ('ZongHeChuangKou.ShouLi_f41e8f', 'window.accept', '81851dd2f8')
    """
    if len(name) <= _LONGEST and _PLAIN(name):
        return name.replace("/", ".")
    if "→" in name:
        return digest(name)[:_MARK]
    parts = [spelled(part) for part in re.split("[/>]+", name)]
    return ".".join(part for part in parts if part)[:_LONGEST].rstrip(".") + "_" + digest(name)[:6]


def told(name: str) -> bool:
    """Whether the id of *name* tells the whole name, so that it need not be kept beside it."""
    return len(name) <= _LONGEST and bool(_PLAIN(name)) and "." not in name


def process_id(name: str) -> str:
    """The id of the process that is called *name*; a text that is one already, as an editor may have put it, stays.

    >>> process_id("T-1"), process_id("Process_T1.BanLi_110dd3")
    ('Process_T-1', 'Process_T1.BanLi_110dd3')
    """
    return name if _PROCESS(name) else "Process_" + encode(name)


def decode(name: str) -> str:
    """The name of which :func:`encode` made *name*, if the id tells it."""
    return name.replace(".", "/")


def variable(element: str) -> str:
    """A process variable's name, legal in Python, JavaScript, FEEL and Java, from an element id.

    >>> variable("Gateway_window.complete")
    'Gateway_window_complete'
    """
    return element.replace(".", "_").replace("-", "_")
