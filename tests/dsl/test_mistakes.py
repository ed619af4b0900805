"""A mistake in building raises at once, at the author's place, with a way out in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowstd.base.errors import AmbiguousStep, BadElement, BadFlow, FlowstdError, UnknownName, UnknownStep
from flowstd.base.excerpt import excerpt

from .mistakes import place, raised

MISTAKES = {
    # decisions
    "one exit": (
        '«window.check("齐全？", 是=window.accept("受理"))»',
        BadFlow, "has 1 exits", "at least two"),
    "a question without exits": (
        '«window.check("是否齐全")»',
        BadFlow, "has 0 exits", "at least two"),
    "an asked question without exits": (
        '«window.ask("材料")»',
        BadFlow, "has 0 exits", "at least two"),
    "an exit without a block": (
        '«window.check("齐全？", 是=None, 否=onward)»',
        BadFlow, 'exit "是" of "齐全？" is empty', "onward"),
    "an exit without a label": (
        'window.check("齐全？", {"": «window.accept("受理")», "否": onward})',
        BadFlow, "is empty", "write what it says"),
    "an exit labelled with a blank": (
        '«window.check("齐全？", {"\u3000": onward, "否": onward})»',
        BadFlow, "is empty", "write what it says"),
    "a label that is no text": (
        '«window.check("齐全？", {1: onward, 2: onward})»',
        BadFlow, "must be text, not int 1", '"受理"'),
    "exits without labels": (
        'window.check("齐全？", «window.accept("受理")»)',
        BadFlow, "have no labels: Step", '{"是": …'),
    "two exits of one label": (
        'window.check("齐全？", {"是": onward}, 是=«window.accept("受理")»)',
        BadFlow, 'two exits of "齐全？" are called "是"', "its own label"),
    "an exit that is a lane": (
        '«window.check("齐全？", 是=reviewer, 否=onward)»',
        BadFlow, "no step but Lane", "say what the lane does"),
    "an unknown default": (
        '«window.check("齐全？", 是=onward, 否=onward, default="不")»',
        UnknownName, 'no exit "不"', "否"),
    "a misspelt keyword of a question": (
        '«window.check("齐全？", 是=onward, 否=onward, whitin=workdays(1))»',
        UnknownName, "neither an exit nor a keyword", 'did you mean "within"'),
    # sequence
    "a step after an end": (
        '(window.accept("受理") >> end.granted\n  >> «reviewer.examine("审查")»)',
        BadFlow, '"办结" is an end: "审查" cannot follow it', "before the end"),
    "a step after the way back": (
        'window.accept("受理") >> back("受理") >> «reviewer.examine("审查")»',
        BadFlow, "goes back", "before back"),
    "a step after a decision that is closed": (
        'window.check("齐全？", 是=end.done, 否=end.refused) >> «window.accept("受理")»',
        BadFlow, "every exit", "onward"),
    "a row after a fragment that is closed": (
        'fragment("甲", window.accept("受理") >> end.done) >> («window.pay("缴费")» >> end.done)',
        BadFlow, "is an end", "before"),
    "text after >>": (
        '«window.accept("受理") >> "审查"»',
        BadFlow, "what stands after >> is no step but str '审查'", "verb of a lane"),
    "text on the last of many lines": (
        'x = (window.accept("受理")\n     «>> 5»)',
        BadFlow, "no step but int 5", "verb"),
    "text before >>": (
        '«"审查" >> window.accept("受理")»',
        BadFlow, "what stands before >>", "verb of a lane"),
    "a lane as a step": (
        '«window.accept("受理") >> reviewer»',
        BadFlow, "no step but Lane", 'window.accept("受理")'),
    "a verb that is not called": (
        '«window.accept("受理") >> reviewer.examine»',
        BadFlow, "no step but method", "call it"),
    "end alone": (
        '«window.accept("受理") >> end»',
        BadFlow, "no step but Endings", "end.granted"),
    "onward alone": (
        '«window.accept("受理") >> onward»',
        BadFlow, "no step but Onward", "exit of a decision"),
    # parallel
    "no branch": (
        "«parallel()»",
        BadFlow, "has 0 branches", "write parallel(a, b)"),
    "one branch": (
        '«parallel(window.accept("受理"))»',
        BadFlow, "has 1 branches", "one branch needs no parallel"),
    "an empty branch": (
        '«parallel(window.accept("受理"), onward)»',
        BadFlow, "branch 2 of the parallel part is empty", "away"),
    "a branch that is text": (
        '«parallel(window.accept("受理"), "审查")»',
        BadFlow, "branch 2", "verb of a lane"),
    "a branch that ends": (
        'parallel(window.accept("甲"), reviewer.ask("可？", 是=onward, 否=reviewer.do("乙") >> «end.refused»))',
        BadFlow, 'branch 2 of the parallel part ends inside it, as "不予许可"', "decide on the end after parallel"),
    "a branch that never arrives": (
        'parallel(window.accept("甲"), «reviewer.do("乙")» >> back("乙"))',
        BadFlow, "never arrives", "flow on"),
    "two branches of one condition": (
        'parallel({"需要": window.do("甲")}, 需要=«window.do("乙")»)',
        BadFlow, 'two branches of a parallel part have the condition "需要"', "one branch"),
    "an empty condition": (
        'parallel(window.do("甲"), {" ": «window.do("乙")»})',
        BadFlow, "the condition of branch 2 of the parallel part is empty", "write what it says"),
    "a keyword of a step in a parallel part": (
        '«parallel(window.do("甲"), within=workdays(1))»',
        BadFlow, "branch 2 of the parallel part is no step but", "verb of a lane"),
    "one branch, and that with a condition": (
        '«parallel(需要=window.do("甲"))»',
        BadFlow, "has 1 branches", "is a decision"),
    # names
    "an empty name": (
        '«window.accept("")»',
        BadFlow, "the step's label is empty", "write what it says"),
    "a name of blanks": (
        '«window.accept(" \u3000")»',
        BadFlow, "is empty", "write"),
    "a name of signs": (
        '«window.accept("？！")»',
        BadFlow, "holds no letter or digit", "in words"),
    "a name of 2,001 characters": (
        '«window.accept("受" * 2001)»',
        BadFlow, "has 2001 characters, more than 2000", "note="),
    "a bell": (
        '«window.accept("受理\\a")»',
        BadFlow, "character 3 of the step's label is a control character, U+0007", "take"),
    "a line feed": (
        '«window.accept("受\\n理")»',
        BadFlow, "character 2 of the step's label is a line feed, U+000A", "broken by"),
    "half a character": (
        '«window.accept("\\ud800受理")»',
        BadFlow, "character 1 of the step's label is half of a surrogate pair, U+D800", "take"),
    "no character": (
        '«window.accept("受理\\uffff")»',
        BadFlow, "is not a character, U+FFFF", "take"),
    "a name that is a number": (
        "«window.accept(5)»",
        BadFlow, "must be text, not int 5", "quoted text"),
    "a bell in an exit": (
        '«window.check("齐全？", {"是\\a": onward, "否": onward})»',
        BadFlow, "character 2 of an exit label", "take"),
    "a bell in a lane": (
        '«organ("市住建局\\a")»',
        BadFlow, "character 5 of the name of an organ", "take"),
    "a bell in a lane's new name": (
        '«window.named("\\a")»',
        BadFlow, "character 1 of the name of a lane", "take"),
    "a bell in an end": (
        '«end.refused("\\a")»',
        BadFlow, "character 1 of the label of an end", "take"),
    "a bell in a document": (
        '«window.accept("受理", issues="\\a")»',
        BadFlow, "character 1 of the name of a document", "take"),
    "a bell in a note": (
        '«window.accept("受理", note="a\\a")»',
        BadFlow, "character 2 of the text of note=", "take"),
    "a nameless fragment": (
        '«fragment("", window.accept("受理"))»',
        BadFlow, "the name of a fragment is empty", "write"),
    "a fragment of nothing": (
        '«fragment("受理", None)»',
        BadFlow, 'the fragment "受理" is no step but None', "verb"),
    "a nameless result": (
        '«result("")»',
        BadFlow, "the name of a result is empty", "write"),
    "a call to nothing": (
        '«call("")»',
        BadFlow, "the code or file that call() names is empty", "write"),
    # keywords
    "an unknown keyword": (
        '«window.accept("受理", whithin=workdays(1))»',
        UnknownName, "no keyword whithin=", 'did you mean "within"?'),
    "a keyword like no other": (
        '«window.accept("受理", 时限=workdays(1))»',
        UnknownName, "no keyword 时限=", "there are: within"),
    "an unknown verb": (
        '«window.acept»("受理")',
        UnknownName, "a lane has no verb acept", 'did you mean "accept"?'),
    "an unknown end": (
        'window.accept("受理") >> «end.grantd»',
        UnknownName, "end.grantd", 'did you mean "granted"?'),
    "a term without a unit": (
        '«window.accept("受理", within=5)»',
        BadElement, "within=5 has no unit", "use workdays(5) or days(5)"),
    "a term in words": (
        '«window.accept("受理", within="5个工作日")»',
        BadElement, "within= may not be str", "workdays(5)"),
    "a negative term": (
        'window.accept("受理", within=«workdays(-1)»)',
        BadElement, "cannot be negative: -1", "workdays(0)"),
    "half a day": (
        "«days(0.5)»",
        BadElement, "whole numbers, not 0.5", "workdays(5)"),
    "a term that is true": (
        "«hours(True)»",
        BadElement, "whole numbers, not True", "workdays(5)"),
    "materials as a number": (
        '«window.accept("受理", materials=3)»',
        BadElement, "materials= may not be int 3", "申请表"),
    "materials without order": (
        '«window.accept("受理", materials={"甲", "乙"})»',
        BadElement, "materials= may not be set", "申请表"),
    "a material that is None": (
        '«window.accept("受理", materials=["甲", None])»',
        BadElement, "materials= may not be None", "申请表"),
    "law as a number": (
        '«window.accept("受理", law=32)»',
        BadElement, "law= may not be int 32", "行政许可法 第三十二条"),
    "two laws that exclude": (
        '«window.accept("受理", excluded_by=["甲", "乙"])»',
        BadElement, "excluded_by= may not be list", "第"),
    "onsite as text": (
        '«window.accept("受理", onsite="是")»',
        BadElement, "onsite= may not be str '是'", "True or False"),
    # the whole process
    "no process": (
        "«flow_of(None)»",
        BadFlow, "the process is no block but None", "verb of a lane"),
    "an empty process": (
        "flow_of(«end.done»)",
        BadFlow, "the process is empty", "at least one step"),
    "a call alone": (
        'flow_of(«call("12-3")» >> end.done)',
        BadFlow, "no lane has a step", "at least one step"),
    "a process without an end": (
        'flow_of(window.accept("受理") >> «reviewer.examine("审查")»)',
        BadFlow, 'the process does not end: nothing follows "审查"', "end.granted"),
    "an exit without an end": (
        'flow_of(window.check("齐全？", 是=«window.accept("受理")», 否=end.refused))',
        BadFlow, 'nothing follows "受理"', "end.granted"),
    "a process that only goes back": (
        'flow_of(window.do("甲") >> window.ask("可？", 是=«back("甲")», 否=window.do("乙") >> back("甲")))',
        BadFlow, "every way goes back", "lead to end.granted"),
    "a bell in the title": (
        'flow_of(«window.do("甲")» >> end.done, "\\a")',
        BadFlow, "character 1 of the title", "take"),
    "two steps of one name": (
        'flow_of(window.accept("受理")\n  >> «window.register("受理")» >> end.done)',
        AmbiguousStep, 'two steps in lane "窗口" are called "受理" (the other: {file}:4:9)', "id="),
    "two steps that differ by a sign": (
        'flow_of(window.accept("受理") >> «window.register("受理！")» >> end.done)',
        AmbiguousStep, "(the other: ", "id="),
    "two calls of one name": (
        'flow_of(window.do("甲") >> call("1", "乙") >> «call("2", "乙")» >> end.done)',
        AmbiguousStep, 'called "乙"', "id="),
    "two parallels of one name": (
        'x = lambda a, b: parallel(window.do(a), window.do(b), name="并联")\n'
        'flow_of(x("甲", "乙") >> «parallel(window.do("丙"), window.do("丁"), name="并联")» >> end.done)',
        AmbiguousStep, 'two parallel parts are called "并联"', "another name="),
    "two lanes of one name": (
        'flow_of(window.do("甲") >> «organ("窗口").do("乙")» >> end.done)',
        BadFlow, 'two lanes are called "窗口"', "same lane value"),
    "one document spelt twice": (
        'flow_of(window.do("甲", materials="申请表") >> «window.do("乙", materials="《申请表》")» >> end.done)',
        BadFlow, "spelt in two ways", "in one way"),
    # ways back
    "back to no step": (
        'flow_of(window.accept("受理申请") >> «back("受理申")»)',
        BadFlow, "every way goes back", "end.granted"),
    "back to an unknown step": (
        'flow_of(window.accept("受理申请") >> window.ask("可？", 是=end.done, 否=«back("受理申清")»))',
        UnknownStep, 'there is no step "受理申清" to go back to', 'did you mean "受理申请"?'),
    "back to a name of two lanes": (
        'flow_of(window.do("核对") >> reviewer.do("核对") >> window.ask("可？", 是=end.done, 否=«back("核对")»))',
        AmbiguousStep, '2 steps are called "核对": 窗口（', 'back("窗口/核对") or back("审查人员/核对")'),
    "back to itself": (
        'flow_of(window.do("甲") >> window.ask("可？", 是=end.done, 否=«back("可？")»))',
        BadFlow, "returns to the very same step", ">> back("),
    "back to another branch": (
        'flow_of(window.do("甲") >> window.ask("可？", 是=window.do("乙") >> end.done, 否=«back("乙")»))',
        BadFlow, "does not come before this place", "earlier step of this very way"),
    "back out of a parallel": (
        'flow_of(window.do("甲") >> parallel(window.do("乙"), window.ask("可？", 是=onward, 否=«back("甲")»)) >> end.done)',
        BadFlow, "crosses the border of a parallel part", "after the parallel part"),
    "back into a parallel": (
        'flow_of(parallel(window.do("甲"), window.do("乙")) >> window.ask("可？", 是=end.done, 否=«back("甲")»))',
        BadFlow, "crosses the border of a parallel part", "after the parallel part"),
    "back into a sibling branch": (
        'flow_of(parallel(window.do("甲"), window.ask("可？", 是=onward, 否=«back("甲")»)) >> end.done)',
        BadFlow, "crosses the border of a parallel part", "after the parallel part"),
}


@pytest.mark.parametrize(("written", "kind", "what", "fix"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_where_it_was_made(tmp_path: Path, written: str, kind: type[FlowstdError], what: str,
                                             fix: str) -> None:
    error = raised(tmp_path, written)

    assert isinstance(error, kind)
    assert error.fix is not None
    assert what.replace("{file}", str(tmp_path / "ski.py")) in error.what.en
    assert fix in error.fix.en
    assert any("一" <= char <= "鿿" for char in error.what.zh) and error.fix.zh
    assert (error.where.line, error.where.column, error.where.end_column) == place(written)
    assert Path(error.where.file).name == "ski.py"


def test_carets_stand_under_the_mistake(tmp_path: Path) -> None:
    written = 'flow = (\n    window.check("材料是否齐全？",\n        否=«window.refuse("不予受理", within=1)»))'

    error = raised(tmp_path, written)

    assert excerpt(error.where) == (
        '  6 |         否=window.refuse("不予受理", within=1)))\n'
        "    |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^")


def test_a_message_can_always_be_printed(tmp_path: Path) -> None:
    error = raised(tmp_path, 'window.check("齐全\\ud800\\x1b[2J？", 是=onward)')

    assert str(error).encode("utf-8")
    assert "\x1b" not in str(error)


@pytest.mark.parametrize("last", ["flow_of(block)", 'flow_of(window.do("甲") >> fragment("乙", block >> end.done))'])
def test_a_nest_too_deep_is_told(tmp_path: Path, last: str) -> None:
    written = ('block = window.do("最里面")\nfor n in range(2000):\n'
               f'    block = window.ask(f"可{{n}}？", 是=block, 否=end.refused)\n{last}')

    error = raised(tmp_path, written)

    assert "nested too deeply" in error.what.en and error.where.line in (6, 7)


def test_hasattr_works_on_lanes() -> None:
    from flowstd.dsl import end, window

    assert hasattr(window, "accept") and not hasattr(window, "acept")
    assert not hasattr(end, "_repr_html_")
