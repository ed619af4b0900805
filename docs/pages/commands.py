"""The commands with their help in both languages, and the exit codes."""

from __future__ import annotations

import os
from importlib import import_module
from unittest.mock import patch

import click

from flowstd.cli import commands, main
from flowstd.pipeline import FORMATS

from .marks import code, fenced, page, table

EXIT_CODES = {
    "OK": ("没有错误", "nothing is wrong; warnings do not count"),
    "FINDINGS": ("有错误，或有图没有画成", "errors were found, or a chart could not be made"),
    "WRONG_USE": ("命令或设置写错了", "the command or flowstd.toml is wrong"),
    "ENVIRONMENT": ("磁盘、权限、锁", "the disk, a permission, a lock"),
    "INTERNAL": ("flowstd 自身出错，详情写入 flowstd-error-*.txt", "flowstd itself broke; details are in flowstd-error-*.txt"),
    "INTERRUPTED": ("被中断（Ctrl+C）", "interrupted (Ctrl+C)"),
    "TERMINATED": ("被终止（SIGTERM）", "ended by SIGTERM"),
}


def pages() -> dict[str, str]:
    """One page."""
    parts = []
    for name, what in commands.COMMANDS.items():
        parts += [f"## flowstd {name}", f"{what.zh}。{what.en[0].upper()}{what.en[1:]}.",
                  fenced(helped(name, "zh"), "text"), fenced(helped(name, "en"), "text")]
    formats = [(code(one.name), code(one.suffix), f'`pip install "flowstd[{one.extra}]"`' if one.extra else "")
               for one in FORMATS.values()]
    codes = [(code(getattr(main, name)), zh, en) for name, (zh, en) in EXIT_CODES.items()]
    return {"cli.md": page(
        "命令行 / Command line", "消息的语言随系统区域，或写 `FLOWSTD_LANG=zh|en`、`--lang zh|en`。\n\n"
        "Messages are Chinese or English, by locale, `FLOWSTD_LANG` or `--lang`.", *parts,
        "## 格式 / Formats", table(("名称 / Name", "后缀 / Suffix", "另装 / Extra"), formats),
        "## 退出码 / Exit codes", table(("退出码 / Code", "含义", "Meaning"), codes))}


def helped(name: str, language: str) -> str:
    """The help of one command, as a reader of *language* sees it."""
    with patch.dict(os.environ, {"FLOWSTD_LANG": language}):
        module = import_module(f"flowstd.cli.{name}_" if name == "import" else f"flowstd.cli.{name}")
        command: click.Command = module.command()
        with command.make_context(f"flowstd {name}", [], resilient_parsing=True, terminal_width=100) as context:
            return command.get_help(context)
