"""What the page itself says, in both languages; messages about items come from the checks."""

from __future__ import annotations

from flowstd.base.text import Text

WORDS = {
    "preview": Text("流程图预览", "Chart preview"),
    "list": Text("事项清单", "Items"),
    "search": Text("查找名称、编码、文件", "Find a name, code or file"),
    "only_faulty": Text("只看有问题的", "Only those with findings"),
    "chart": Text("流程图", "Chart"),
    "findings": Text("问题", "Findings"),
    "no_findings": Text("没有发现问题。", "Nothing is wrong."),
    "view": Text("视图", "View"),
    "internal": Text("运行图", "Office"),
    "external": Text("办事图", "Applicant"),
    "direction": Text("方向", "Direction"),
    "down": Text("向下", "Down"),
    "right": Text("向右", "Right"),
    "theme": Text("配色", "Theme"),
    "official": Text("黑白", "Official"),
    "colour": Text("彩色", "Colour"),
    "screen": Text("屏幕", "Screen"),
    "auto": Text("自动", "Auto"),
    "light": Text("浅色", "Light"),
    "dark": Text("深色", "Dark"),
    "settings": Text("显示与导出", "View and export"),
    "export": Text("导出", "Export"),
    "page": Text("第 {} 页", "page {}"),
    "smaller": Text("缩小", "Zoom out"),
    "larger": Text("放大", "Zoom in"),
    "width": Text("适合宽度", "Fit width"),
    "whole": Text("整页", "Whole page"),
    "live": Text("与文件同步", "In step with the files"),
    "waiting": Text("正在读取……", "Reading ..."),
    "stale": Text("图不是最新的", "Not the newest chart"),
    "cut_off": Text("预览已停止，正在重新连接……", "The preview has stopped; connecting again ..."),
    "kept": Text("这是上一次成功的图，改好后自动更新。", "This is the last good chart; it changes as soon as the fault is mended."),
    "no_chart": Text("还没有画成图，改好后自动显示。", "There is no chart yet; it appears as soon as the fault is mended."),
    "no_file": Text("没有导出文件", "No file was exported"),
    "gone": Text("清单里没有这个事项了", "This item is no longer on the list"),
    "empty": Text("没有符合的事项", "No item matches"),
    "more": Text("还有 {} 项：写几个字来查找", "{} more: type to find them"),
    "counts": Text("{} 项", "{} items"),
    "counts_failed": Text("{} 项未成图", "{} without a chart"),
    "error": Text("错误", "errors"),
    "warning": Text("提醒", "warnings"),
    "failed": Text("未成图", "no chart"),
    "law": Text("依据", "Law"),
    "fix": Text("改法", "Fix"),
    "step": Text("环节", "Step"),
    "show_step": Text("在图上指出", "Show on the chart"),
    "open_source": Text("在编辑器中打开", "Open in the editor"),
    "skip": Text("跳到流程图", "Skip to the chart"),
    "help": Text("/ 查找，+ − 0 缩放，方向键移动", "/ to search, + − 0 to zoom, arrows to move"),
}


def words() -> dict[str, str]:
    """Every word in the reader's language."""
    return {name: text.say() for name, text in WORDS.items()}
