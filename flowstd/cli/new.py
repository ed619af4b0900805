"""``flowstd new FOLDER``: a folder of items that builds at once; ``flowstd new BOOK.xlsx``: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from flowstd.base.text import Text

from .commands import command as make

SCAFFOLD = Path(__file__).with_name("scaffold")
FILES = {"flowstd.toml": "flowstd.toml", "items.csv": "items.csv", "ski.py": "ski.py.txt", "README.md": "README.md"}


def command() -> click.Command:
    """The command as click knows it."""
    return make("new", _new, click.Argument(["folder"], type=click.Path(path_type=Path)),
                help=Text("新建一个目录清单文件夹，马上能生成流程图；写成“名称.xlsx”就新建一个空白填报工作簿。",
                          "Start a folder of items that builds at once; for a name in .xlsx, a workbook to fill in."))


def _new(folder: Path) -> int:
    from flowstd.base.files import write_whole

    from .places import new_folder
    from .terminal import as_typed, beside, say

    if folder.suffix.casefold() == ".xlsx":
        return _book(folder)
    with new_folder(folder) as inside:
        for name, source in FILES.items():
            write_whole(inside / name, (SCAFFOLD / source).read_bytes())
    build = as_typed("flowstd", "build", folder, "-o", beside(folder))
    made = folder if folder.name else folder.resolve().name
    say(Text(f"已建立 {made}。生成流程图：\n  {build}", f"made {made}. Make its charts:\n  {build}").say())
    return 0


def _book(path: Path) -> int:
    from flowstd.base.errors import BadEnvironment
    from flowstd.base.files import write_whole
    from flowstd.catalog.to_xlsx import book_of

    from .places import writable
    from .terminal import as_typed, say

    writable(path, ".xlsx")
    if path.exists():
        raise BadEnvironment(Text(f"{path} 已存在", f"{path} exists already"), fix=Text("换一个名称", "choose another name"))
    write_whole(path, book_of(())[0])
    check = as_typed("flowstd", "check", path)
    say(Text(f"已建立 {path}。填好后检查：\n  {check}", f"made {path}. Fill it in, then check it:\n  {check}").say())
    return 0
