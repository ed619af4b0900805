"""``--report FILE``: what a build did, kept in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flowstd.base.errors import BadUse
from flowstd.base.text import Text

if TYPE_CHECKING:
    from flowstd.batch.wish import Summary


def check_report(path: Path) -> None:
    """Raise BadUse or BadEnvironment, before any work, when no report can be written to *path*."""
    from .places import writable

    if path.suffix.casefold() not in (".json", ".html"):
        raise BadUse(Text(f"报告只能是 .json 或 .html：{path}", f"a report is .json or .html: {path}"),
                     fix=Text(f"写成 {path.with_suffix('.html').name}", f"write {path.with_suffix('.html').name}"))
    writable(path, path.suffix.casefold())


def write_report(path: Path, summary: Summary) -> None:
    """Write the report, whole or not at all. Raises BadEnvironment."""
    from flowstd.base.files import write_whole
    from flowstd.report import build

    write_whole(path, build.to_json(summary) if path.suffix.casefold() == ".json" else build.to_html(summary))
