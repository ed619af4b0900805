"""One page a rule, from its record, and the list of all of them."""

from __future__ import annotations

from flowstd.check.registry import GROUPS, rules
from flowstd.check.rule import Rule

from .marks import ask, page, table, toctree

GROUP_TITLES = {
    "STR": "结构 / Structure", "PRC": "程序 / Procedure", "TIM": "时限 / Time", "ITM": "要素 / Elements", "COD": "编码 / Codes",
    "MAT": "材料 / Materials", "LAW": "依据 / Law", "NAM": "名称 / Naming", "DRW": "图面 / Drawing", "UNI": "统一 / Uniformity",
    "PUB": "公开 / Publication", "ALW": "允许的偏离 / Allowances",
}


LEFT_OUT = (                       # of the rules once planned: why there is none
    ("STR015", "外部视图由 flowstd 从内部流程得出，时限、结果必然相同，由性质测试保证。",
     "The applicant's chart is made from the office's own by flowstd; that limits and outcomes stay is held by "
     "property tests."),
    ("ITM002", "代码表以外的值读入时就被拒绝（SRC001），轮不到检查。",
     "A value that is not in its code list is refused when it is read (SRC001) and never gets as far as a check."),
    ("DRW007", "图头、图脚所列都是事项要素，缺哪一项由 ITM001、ITM004 报告。",
     "What title block and foot show are elements of the item; ITM001 and ITM004 tell which are missing."),
    ("DRW008", "图上没有只靠颜色区分的内容：种类看符号，答案看文字；由标准版本的测试保证。",
     "Nothing on a chart is told by colour alone: symbols tell kinds, words tell answers; a test of the edition holds "
     "it."),
    ("UNI005", "不同而没有理由的，就是 UNI001 至 UNI004；写明理由（允许偏离）的不再报。",
     "A difference without a reason is what UNI001 to UNI004 tell; with its reason, as an allowance, it is left out."),
    ("PUB001", "图、步骤表、办事指南由同一个流程生成，图上印有同一个哈希，不会不一致。",
     "Chart, step table and guide are made from one flow and carry its hash: they cannot disagree."),
    ("PUB003", "生成哪些格式由 flowstd.toml 的 formats 决定，不写就有各处都能显示的 SVG；哪个终端要哪种，没有可查的数据。",
     "flowstd.toml says which formats are built, SVG unless it says otherwise, which every screen shows; nothing says "
     "which end needs which."),
)


def pages() -> dict[str, str]:
    """The list of rules by group, and a page for each."""
    made = {f"rules/{one.code}.md": _rule(one) for one in rules()}
    parts = ["每条规则是一份记录：查什么、为什么、依据、级别和两个例子。下面各页由这些记录生成，例子由 flowstd 画出。",
             "Every rule is a record. The pages below are made from these records, their examples drawn by flowstd."]
    for group in GROUPS:
        found = [one for one in rules() if one.code.startswith(group.prefix)]
        parts += [f"## {GROUP_TITLES[group.prefix]}", table(("编号", "名称", "查出什么 / What it finds"), [
            (f"{{flowstd:rule}}`{one.code}`", f"`{one.name}`", f"{one.summary.zh}<br>{one.summary.en}")
            for one in found])]
    parts += ["## 没有设的规则 / Rules there are none of", table(("编号", "理由 / Why"), [
        (code, f"{zh}<br>{en}") for code, zh, en in LEFT_OUT])]
    parts.append(toctree((one.code for one in rules()), hidden="", maxdepth="1"))
    return {**made, "rules/index.md": page("检查规则 / Rules", *parts)}


def _rule(one: Rule) -> str:
    return page(f"{one.code} {one.name}", ask("rule", one.code, language="zh"), "## English", one.summary.en,
                one.why.en)
