"""The files of a chart that ``draw`` is asked for as one: they are named, and further pages of an earlier chart go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from flowstd.base.files import environment
from flowstd.base.text import Text
from flowstd.pipeline import Format

_OURS = b'class="flowstd flowstd-'        # in the head of every SVG that we write
_HEAD = 2_000                             # bytes


def listed(paths: Sequence[Path]) -> str:
    """The names of *paths*; of many, the first ones and the last.

    >>> listed([Path("out/a.svg")]), listed([Path("a.svg"), *(Path(f"a.page{number}.svg") for number in range(2, 9))])
    ('out/a.svg', 'a.svg, a.page2.svg … a.page8.svg')
    """
    first, *further = (str(paths[0]), *(path.name for path in paths[1:]))
    if len(further) > 1:
        further = [f"{further[0]} … {further[-1]}"]
    return ", ".join((first, *further))


def cleared(output: Path, form: Format, written: Sequence[Path]) -> Iterator[Text]:
    """Remove the further pages that an earlier chart left at *output* and that were not *written* now; what to say.

    Only what says that it is ours is removed. Raises BadEnvironment: the disk refuses.
    """
    found = _left_over(output, form, written)
    ours = [path for path in found if _is_ours(path)]
    for path in ours:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise environment(error, path) from None
    others = [path for path in found if path not in ours]
    if ours:
        yield Text(f"删去了前一张图多出的页：{listed(ours)}", f"removed, as pages of an earlier chart: {listed(ours)}")
    if others:
        yield Text(f"不是这张图的页，没有动：{listed(others)}", f"no pages of this chart, left alone: {listed(others)}")


def _left_over(output: Path, form: Format, written: Sequence[Path]) -> list[Path]:
    """The files beside *output* that are called as further pages of it are, by number, but for those *written*."""
    if not form.paged:
        return []
    name = re.compile(re.escape(form.stem(output)) + r"\.page([1-9][0-9]*)" + re.escape(form.suffix)).fullmatch
    beside = [(int(found[1]), path) for path in output.parent.iterdir() if (found := name(path.name))]
    return [path for _, path in sorted(beside) if path not in written]


def _is_ours(path: Path) -> bool:
    """Whether the file says that it is ours: an SVG does, a PNG does not."""
    try:
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as file:
            return _OURS in file.read(_HEAD)
    except OSError:
        return False
