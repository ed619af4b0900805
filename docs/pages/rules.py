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
    parts.append(toctree((one.code for one in rules()), hidden="", maxdepth="1"))
    return {**made, "rules/index.md": page("检查规则 / Rules", *parts)}


def _rule(one: Rule) -> str:
    return page(f"{one.code} {one.name}", ask("rule", one.code, language="zh"), "## English", one.summary.en,
                one.why.en)
