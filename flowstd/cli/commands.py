"""The commands, each loaded when it is called; wrong use is told in the reader's language, with the nearest word."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click
from click.shell_completion import CompletionItem

from flowstd import __version__
from flowstd.base.errors import BadUse
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text, preferred

COMMANDS = {
    "build": Text("生成一个文件夹里全部事项的流程图", "make the charts of all items in a folder"),
    "draw": Text("画一个来源的流程图", "draw the chart of one source"),
    "serve": Text("在浏览器里看一个文件夹的流程图，保存即更新", "show the charts of a folder in a browser, live"),
    "book": Text("把一个文件夹的流程图合成一册 PDF", "bind the charts of a folder into one PDF"),
    "check": Text("检查一个来源或文件夹，报告问题", "check a source or a folder and report what is wrong"),
    "diff": Text("比较一个事项的两个版本", "compare two versions of an item"),
    "due": Text("算出某日受理的事项何时到期", "when a case accepted on a day falls due"),
    "rules": Text("列出全部检查规则", "list every rule that charts are checked by"),
    "explain": Text("解释一条规则：为什么、依据、改法", "explain a rule: why, by what law, how to mend it"),
    "export": Text("把一个文件夹的事项写成工作簿，交部门填报", "write the items of a folder into a workbook to fill in"),
    "import": Text("读部门填好的工作簿或 BPMN 文件，写成事项", "read a filled-in workbook, or a BPMN file, as items"),
    "schema": Text("打印 JSON Schema，供编辑器补全和检查", "print the JSON Schema for editors"),
    "convert": Text("读任意来源的 BPMN 文件，原样写出、重新排版或画成 SVG", "keep a BPMN file whole, lay it out anew, or draw it"),
    "cache": Text("查看或清空布局缓存", "show or clear the layout cache"),
    "synth": Text("新建一座合成城市，用于试验和压力测试", "make up a city, for trials and load tests"),
    "new": Text("新建一个马上能用的目录清单文件夹", "start a folder of items that builds at once"),
}


def run(given: list[str]) -> int:
    """Do what *given* asks; the exit code. Raises BadUse, and whatever the command raises."""
    asked = _asked(given)
    return asked() if callable(asked) else asked


def _asked(given: list[str]) -> Callable[[], int] | int:
    """The work that *given* asks for, or the exit code where click has answered by itself.

    It is done when click is: what authors' objects raise in it must not be taken for click's own exit.
    """
    try:
        asked: Callable[[], int] | int = _group().main(args=given, prog_name="flowstd", standalone_mode=False)
        return asked
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return 2
    except click.exceptions.Exit as error:
        return error.exit_code
    except SystemExit:                    # click's answer to a reader who left while it printed help
        return 0
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.UsageError as error:
        raise _wrong_use(error) from None


def command(name: str, work: Callable[..., int], *parameters: click.Parameter, help: Text,
            bare: bool = False) -> click.Command:
    """A click command with the options that every command has; one that is *bare* works without arguments."""
    return _Command(name, callback=lambda **given: partial(work, **given), params=[*parameters, *_common()],
                    help=help.say(), no_args_is_help=not bare)


def _common() -> list[click.Parameter]:
    return [
        click.Option(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False,
                     help=Text("消息的语言", "language of messages").say()),
        click.Option(["--traceback"], is_flag=True, expose_value=False,
                     help=Text("出错时显示全部调用栈", "show the whole stack of an error").say()),
    ]


class Source(click.types.StringParamType):
    """A file, and perhaps what of it: ``item.yaml:变更``; shells complete the file."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Leave it to the shell, which knows the files."""
        return [CompletionItem(incomplete, type="file")]


class _Words(click.HelpFormatter):
    """Help whose headings are in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, Text("用法：", "Usage: ").say() if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        chinese = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
        super().write_heading(chinese.get(heading, heading) if preferred() == "zh" else heading)


class _Context(click.Context):
    formatter_class = _Words


class _Command(click.Command):
    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))


class _Group(click.Group):
    """Imports a command when it is asked for, so that ``flowstd check`` does not pay for ``build``."""

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            raise BadUse(Text(f"没有命令“{name}”", f'there is no command "{name}"'), fix=did_you_mean(name, COMMANDS))
        made: click.Command = import_module(f"flowstd.cli.{name + '_' * iskeyword(name)}").command()
        return made

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, what.say()) for name, what in COMMANDS.items()])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))


def _help_option(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = Text("显示这段说明", "show this message").say()
    return option


def _group() -> click.Group:
    def show(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
        if value:
            click.echo(f"flowstd {__version__}")
            ctx.exit()

    version = click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show,
                           help=Text("显示版本", "show the version").say())
    what = Text("政务服务事项流程图编译器：检查流程，画出标准流程图。",
                "A compiler for flowcharts of service items: checks a process and draws the standard chart.")
    return _Group("flowstd", params=[version, *_common()], help=what.say(), no_args_is_help=True)


def _wrong_use(error: click.UsageError) -> BadUse:
    """The error of click in our words."""
    context = error.ctx.command_path if error.ctx else "flowstd"
    more = Text(f"看说明：{context} --help", f"see: {context} --help")
    if isinstance(error, click.NoSuchOption):
        known = [name for parameter in (error.ctx.command.params if error.ctx else ())
                 if isinstance(parameter, click.Option) for name in parameter.opts]
        return BadUse(Text(f"没有选项 {error.option_name}", f"there is no option {error.option_name}"),
                      fix=did_you_mean(error.option_name, known))
    if isinstance(error, click.MissingParameter) and error.param is not None:
        option = isinstance(error.param, click.Option)
        name = error.param.opts[-1] if option else error.param.make_metavar(error.ctx)  # type: ignore[arg-type]
        return BadUse(Text(f"缺少 {name}", f"{name} is missing"), fix=more)
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.opts[-1]
        if isinstance(error.param.type, click.Choice):
            choices = ", ".join(map(str, error.param.type.choices))
            return BadUse(Text(f"{name} 只能是：{choices}", f"{name} must be one of: {choices}"), fix=more)
        wanted = _wanted(error.param.type) or Text(error.message, error.message)
        return BadUse(Text(f"{name} 的值不对：{wanted.zh}", f"bad value of {name}: {wanted.en}"), fix=more)
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", error.message)
    if extra:
        return BadUse(Text(f"多出了“{extra[1]}”", f'"{extra[1]}" is too much'),
                      fix=Text("名称里有空格的要加引号", "put a name that holds spaces into quotes"))
    return BadUse(Text(f"命令写得不对：{error.message}", error.message), fix=more)


def _wanted(kind: click.ParamType[Any]) -> Text | None:
    """What a value should be, where click can say it in English only."""
    if isinstance(kind, click.DateTime):
        return Text("写成 2026-01-31", "write it as 2026-01-31")
    if isinstance(kind, click.IntRange | click.FloatRange):
        number = Text("整数", "a whole number") if isinstance(kind, click.IntRange) else Text("数", "a number")
        if kind.max is None:
            return Text(f"应为不小于 {kind.min:g} 的{number.zh}", f"it is {number.en} of {kind.min:g} or more")
        return Text(f"应为 {kind.min:g} 到 {kind.max:g} 之间的{number.zh}",
                    f"it is {number.en} from {kind.min:g} to {kind.max:g}")
    return None
