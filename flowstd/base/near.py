"""Did you mean: the nearest of the names that exist."""

from __future__ import annotations

from collections.abc import Iterable

from .text import Text


def nearest(word: str, names: Iterable[str]) -> str:
    """The name most like *word*, or an empty string when none is alike.

    >>> nearest("ordinary_license", ["filing", "ordinary_licence"])
    'ordinary_licence'
    >>> nearest("事项名", ["事项名称", "事项类型"])
    '事项名称'
    """
    from difflib import get_close_matches

    by_case = {name.casefold(): name for name in names}
    found = get_close_matches(word.casefold(), by_case, n=1, cutoff=0.5)
    return by_case[found[0]] if found else ""


def did_you_mean(word: str, names: Iterable[str]) -> Text:
    """How to go on from a name that does not exist: the nearest one, or all there are.

    >>> did_you_mean("filling", ["filing", "immediate"]).en
    'did you mean "filing"?'
    >>> did_you_mean("x", ["filing", "immediate"]).en
    'there are: filing, immediate'
    >>> did_you_mean("x", []).en
    'there are none yet'
    """
    known = tuple(names)
    near = nearest(word, known)
    if near:
        return Text(f"是否想写“{near}”？", f'did you mean "{near}"?')
    if not known:
        return Text("这里还一个都没有", "there are none yet")
    listed = ", ".join(known[:20]) + (" …" if len(known) > 20 else "")
    return Text(f"可用的有：{listed}", f"there are: {listed}")
