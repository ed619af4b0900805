"""How many of what: the lines at the end of a build. Light, because a build that has nothing to do prints them too."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flowstd.base.text import Text

from .terminal import as_typed, say, table

_LEVELS = {"error": Text("错误", "errors"), "warning": Text("提醒", "warnings"), "info": Text("说明", "notes")}


def tell_totals(*, charts: int, built: int, failed: int, kinds: Iterable[tuple[str, str, str, int]], files: int,
                removed: int, source: Path, out: Path) -> None:
    """Print what there is now: findings by *kinds* (code, name, level, number), then charts and files."""
    kinds = tuple(kinds)
    if kinds:
        tell_numbers((code, name, number) for code, name, _, number in kinds)
        check = as_typed("flowstd", "check", source)
        say(Text(f"  详情：{check}", f"  details: {check}").say() + "\n")
    say(table((
        (Text("流程图", "charts").say(), str(charts)),
        (Text("新生成", "built").say(), str(built)),
        (Text("未成图", "failed").say(), str(failed)),
        *((name.say(), str(sum(number for _, _, found, number in kinds if found == level)))
          for level, name in _LEVELS.items()),
        (Text("文件", "files").say(), str(files)),
        *(((Text("移除旧文件", "removed").say(), str(removed)),) if removed else ()),
        (Text("目录页", "index").say(), str(out / "index.html")),
    )))


def tell_numbers(kinds: Iterable[tuple[str, str, int]]) -> None:
    """Print how often each kind of finding occurs, the most frequent first."""
    rows = sorted(kinds, key=lambda row: (-row[2], row[0], row[1]))
    if rows:
        say(table(tuple((f"{code} {name}", str(number)) for code, name, number in rows)))
