"""Whether a file or folder can be written where it is asked for, said before any work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import click

from flowstd.base.errors import BadEnvironment, BadUse
from flowstd.base.files import environment
from flowstd.base.text import Text


def writable(path: Path, suffix: str) -> None:
    """Raise BadUse when *path* does not end in *suffix*, BadEnvironment when no file can stand there."""
    if path.suffix.casefold() != suffix:
        raise BadUse(Text(f"{path} 不是 {suffix} 文件", f"{path} is no {suffix} file"),
                     fix=Text(f"写成 {path.with_suffix(suffix).name}", f"write {path.with_suffix(suffix).name}"))
    check_place(path)


def check_place(path: Path) -> None:
    """Raise BadEnvironment when no file can stand at *path*."""
    if path.is_dir():
        raise BadEnvironment(Text(f"{path} 是文件夹，不是文件", f"{path} is a folder, not a file"))
    if not path.parent.is_dir():
        raise BadEnvironment(Text(f"文件夹 {path.parent} 不存在", f"there is no folder {path.parent}"),
                             fix=Text("先建立它", "make it first"))


def unwritten(path: Path, suffix: str, *, force: bool = False) -> None:
    """As :func:`writable`; and BadEnvironment where a file is there, which may be somebody's work, unless *force*."""
    writable(path, suffix)
    if path.exists() and not force:
        raise BadEnvironment(Text(f"{path} 已存在", f"{path} exists already"),
                             fix=Text("换一个名称，或加 --force 覆盖它", "choose another name, or replace it with --force"))


def force_option() -> click.Option:
    """``--force``: replace the file that is there."""
    return click.Option(["--force"], is_flag=True,
                        help=Text("覆盖已有的文件", "replace the file that is there").say())


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Where to write what *folder*, which must not exist yet or be empty, will hold: all of it gets there, or nothing.

    Raises: BadEnvironment: something is there, or the disk refuses.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BadEnvironment(Text(f"{folder} 已存在，而且不是空文件夹", f"{folder} exists and is not an empty folder"),
                                 fix=Text("换一个名称", "choose another name"))
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix=".", suffix=".part", dir=folder))
    except OSError as error:
        raise environment(error, folder) from None
    try:
        yield aside
        for one in sorted(aside.iterdir()):
            one.rename(folder / one.name)
        aside.rmdir()
    except BaseException as error:
        rmtree(folder if made else aside, ignore_errors=True)
        if isinstance(error, OSError):
            raise environment(error, folder) from None
        if isinstance(error, BadEnvironment):
            error.what = Text(*(said.replace(str(aside), str(folder)) for said in error.what))
        raise
