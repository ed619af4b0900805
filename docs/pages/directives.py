"""What a page may ask for, from the list by which requests are checked."""

from __future__ import annotations

from flowstd.ext.request import CHOICES, FLAGS, OPTIONS, WORDS, Word

from .marks import code, page, table

WHAT = """\
Sphinx 里是指令 `flowstd:词`，引用用 `` :flowstd:item:`编码` ``、`` :flowstd:rule:`编号` ``。Markdown 的围栏第一行写 `词: 内容`，
选项一行一个，空一行后写流程。词、选项和消息完全相同。

A directive `flowstd:WORD` in Sphinx, with the roles `` :flowstd:item:`CODE` `` and `` :flowstd:rule:`CODE` ``. In a
fence of Markdown the first line is `WORD: ARGUMENT`, options follow a line each, and a flow after an empty line."""


def pages() -> dict[str, str]:
    """One page."""
    words = [(code(f"flowstd:{name}"), f"{word.what.zh} / {word.what.en}",
              _argument(word), "、".join(map(code, word.options))) for name, word in WORDS.items()]
    values = {**CHOICES, **dict.fromkeys(FLAGS, ("—",))}
    options = [(code(name), f"{what.zh} / {what.en}", "、".join(map(code, values.get(name, ()))))
               for name, what in OPTIONS.items()]
    settings = [
        ("`flowstd_catalogue`", "目录所在的文件夹，从页面的文件夹算起 / the folder of the catalogue, seen from that of the pages"),
        ('`suppress_warnings = ["flowstd.PRC001"]`', "不提示一种问题 / silences one kind of finding")]
    return {"directives.md": page(
        "指令和围栏 / Directives and fences", WHAT,
        "## 词 / Words", table(("指令 / Directive", "显示什么 / Shows", "内容 / Argument", "选项 / Options"), words),
        "## 选项 / Options", table(("选项 / Option", "含义 / Meaning", "取值 / Values"), options),
        "## 设置 / Settings", table(("`conf.py`", "含义 / Meaning"), settings))}


def _argument(word: Word) -> str:
    if word.argument is None:
        return ""
    return f"{word.argument.zh} / {word.argument.en}" + ("" if word.needed else "（可省 / optional）")
