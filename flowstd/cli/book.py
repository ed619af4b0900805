"""``flowstd book FOLDER -o FILE.pdf``: all charts of a folder in one document, with contents."""

from __future__ import annotations

from pathlib import Path

import click

from flowstd.base.text import Text

from .commands import command as make
from .formats import look_options, looked


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "book", _book, click.Argument(["folder"], type=click.Path(path_type=Path)),
        click.Option(["-o", "--output", "output"], type=click.Path(path_type=Path), required=True, metavar="FILE",
                     help=Text("输出文件（.pdf）", "the file (.pdf)").say()),
        *look_options(),
        help=Text("把 FOLDER 里全部事项的流程图合成一册 PDF，前有目录。",
                  "Bind the charts of all items in FOLDER into one PDF, with contents before them."))


def _book(folder: Path, output: Path, **look: str | None) -> int:
    from flowstd.base.errors import BadUse
    from flowstd.base.extras import need
    from flowstd.base.files import write_whole
    from flowstd.batch.book import book
    from flowstd.catalog.config import open_catalogue
    from flowstd.catalog.load import count, load

    from .main import FINDINGS
    from .places import check_place
    from .progress import progress
    from .results import exit_code, tell_findings
    from .terminal import say

    need("pdf")
    if output.suffix.lower() != ".pdf":
        raise BadUse(Text(f"{output} 不是 .pdf 文件", f"{output} is no .pdf file"),
                     fix=Text(f"写 -o {output.with_suffix('.pdf')}", f"write -o {output.with_suffix('.pdf')}"))
    check_place(output)
    catalogue = open_catalogue(folder)
    wanted = looked(catalogue.look, **look)
    with progress(count(catalogue), Text("合成一册", "binding")) as shown:
        made = book(load(catalogue), wanted, title=catalogue.title, tell=shown.step)
    tell_findings(made.findings)
    if not made.charts:
        say(Text("一张流程图也没有，没有写文件", "there is not one chart: no file is written").say())
        return FINDINGS
    write_whole(output, made.data)
    failed = Text(f"，未成图 {len(made.failed)} 项", f", {len(made.failed)} failed").say() if made.failed else ""
    say(Text(f"{made.charts} 张流程图{failed} → {output}", f"{made.charts} charts{failed} → {output}").say())
    return exit_code(made.findings, failed=bool(made.failed))
