"""``flowstd new FOLDER``: a folder of items that builds at once."""

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
                help=Text("新建一个目录清单文件夹，马上能生成流程图。", "Start a folder of items that builds at once."))


def _new(folder: Path) -> int:
    from flowstd.base.errors import BadEnvironment
    from flowstd.base.files import environment, write_whole

    from .terminal import say

    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BadEnvironment(Text(f"{folder} 已存在，而且不是空文件夹", f"{folder} exists and is not an empty folder"),
                                 fix=Text("换一个名称", "choose another name"))
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise environment(error, folder) from None
    for name, source in FILES.items():
        write_whole(folder / name, (SCAFFOLD / source).read_bytes())
    say(Text(f"已建立 {folder}。生成流程图：\n  flowstd build {folder} -o {folder}-out",
             f"made {folder}. Make its charts:\n  flowstd build {folder} -o {folder}-out").say())
    return 0
