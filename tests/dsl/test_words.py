"""The words of a process: every kind of step has its verb, and values that say what they are."""

from __future__ import annotations

import copy
import inspect
import pickle

import pytest

from flowstd.base.legal import LegalSource
from flowstd.dsl import (
    applicant,
    back,
    call,
    end,
    fragment,
    onward,
    organ,
    parallel,
    result,
    reviewer,
    window,
    workdays,
)
from flowstd.dsl.blocks import Block, Decision, Sequence, Step, walk
from flowstd.dsl.details import KEYWORDS, PLAIN, StepOptions
from flowstd.dsl.lanes import Lane
from flowstd.dsl.law import law
from flowstd.ir.kinds import Outcome, Role, StepKind

ASKING = {StepKind.CHECK, StepKind.DECIDE}


@pytest.mark.parametrize("kind", StepKind)
def test_every_kind_of_step_has_its_verb(kind: StepKind) -> None:
    verb = getattr(window, "do" if kind is StepKind.HANDLE else kind.value)
    step = verb("某事", note="话")

    assert isinstance(step, Step)
    assert (step.actor, step.kind, step.label, step.details.note) == (window, kind, "某事", "话")


@pytest.mark.parametrize("kind", StepKind)
def test_any_step_can_be_done(kind: StepKind) -> None:
    assert window.do("某事", kind).kind is kind


@pytest.mark.parametrize("kind", sorted(ASKING))
def test_check_and_decide_ask(kind: StepKind) -> None:
    asked = getattr(window, kind.value)("可？", 是=onward, 否=end.refused, note="话")

    assert isinstance(asked, Decision)
    assert (asked.kind, asked.details.note) == (kind, "话")


def test_questions_take_the_keywords_of_steps() -> None:
    """Written out for editors, once for each verb: this keeps the four lists equal."""
    for verb in (Lane.check, Lane.decide, Lane.ask):
        names = [name for name, parameter in inspect.signature(verb).parameters.items()
                 if parameter.kind is inspect.Parameter.KEYWORD_ONLY]
        assert names == ["default", *KEYWORDS]
    assert tuple(StepOptions.__annotations__) == KEYWORDS


def test_exits_come_as_mapping_and_as_keywords() -> None:
    asked = window.check("可？", {"不属于职权": end.transferred}, 是=onward, 否=end.refused)

    assert isinstance(asked, Decision)
    assert [(one.label, one.block and one.block.flows_on) for one in asked.exits] == [
        ("不属于职权", False), ("是", None), ("否", False)]
    assert asked.default == "否"


def test_parallel_branches_come_plain_or_with_a_condition_as_mapping_and_as_keywords() -> None:
    part = parallel(window.do("甲"), {"技术复杂": window.do("乙"), "需要": window.do("丙")}, window.do("丁"), 必要=window.do("戊"))

    assert [one.condition for one in part.branches] == ["", "技术复杂", "需要", "", "必要"]
    assert repr(part).startswith("parallel(窗口.handle('甲'), {'技术复杂': 窗口.handle('乙')}, {'需要':")


def test_values_that_say_nothing_are_nothing() -> None:
    step = window.do("某事", within=None, materials=[], issues=(), law=None, note="", onsite=None)

    assert step.details == PLAIN


def test_one_paper_or_many() -> None:
    step = window.do("某事", materials="申请表", issues=[result("执照"), "通知书"])

    assert [paper.name for paper in step.details.materials] == ["申请表"]
    assert [(paper.name, paper.kind and paper.kind.value) for paper in step.details.issues] == [
        ("执照", "result"), ("通知书", None)]


def test_a_sequence_is_flat_however_it_was_put_together() -> None:
    a, b, c, d = (window.do(label) for label in "甲乙丙丁")
    left, right = ((a >> b) >> c) >> d, a >> (b >> (c >> d))

    assert isinstance(left, Sequence)
    assert left == right and left.blocks == (a, b, c, d)


def test_what_flows_on() -> None:
    step = window.do("甲")

    assert step.flows_on and parallel(step, window.do("乙")).flows_on and call("1").flows_on
    assert not end.done.flows_on and not back("甲").flows_on and not (step >> end.done).flows_on
    assert not fragment("片段", step >> end.done).flows_on
    assert window.ask("可？", 是=onward, 否=end.done).flows_on
    assert not window.ask("可？", 是=back("甲"), 否=end.done).flows_on


def test_every_end_has_its_outcome_and_label() -> None:
    ends = [getattr(end, outcome.name.lower()) for outcome in Outcome]

    assert [one.outcome for one in ends] == list(Outcome)
    assert [one.label for one in ends] == ["办结", "不予许可", "不予受理", "转有权机关", "申请人撤回", "撤销", "办结"]
    assert end.refused("不予备案").label == "不予备案"


def test_lanes() -> None:
    assert organ("市住建局").role is Role.ORGAN
    assert window.named("综合窗口") == Lane("综合窗口", Role.WINDOW) != window


def test_a_process_reads_like_its_source() -> None:
    row = applicant.submit("申请") >> window.check("可？", 是=onward, 否=back("申请")) >> fragment(
        "审查", parallel(reviewer.do("甲"), call("1", "乙"), name="并联")) >> end.done

    assert repr(row) == (
        "申请人.submit('申请') >> 窗口.check('可？', 是=onward, 否=back('申请')) >> "
        "fragment('审查', parallel(审查人员.handle('甲'), call('1', '乙'), name='并联')) >> end.done('办结')")


def test_blocks_travel_between_processes() -> None:
    row = window.ask("可？", 是=onward, 否=end.refused) >> parallel(window.do("甲"), reviewer.do("乙")) >> end.done

    for again in (pickle.loads(pickle.dumps(row)), copy.deepcopy(row)):
        assert again == row
        assert [one.where for one in walk(again)] == [one.where for one in walk(row)]


def test_a_piece_of_a_process_shows_why_it_has_no_chart() -> None:
    piece = window.accept("受理")

    assert piece._repr_svg_() is None
    assert piece._repr_mimebundle_()["text/plain"].startswith("窗口.accept('受理')\n" + str(piece.where))


def test_a_whole_process_shows_its_chart() -> None:
    whole = window.accept("受理", within=workdays(1)) >> end.granted

    svg = whole._repr_svg_()
    assert svg is not None and svg.lstrip().startswith("<") and "受理" in svg
    assert whole._repr_mimebundle_()["image/svg+xml"] == svg


@pytest.mark.parametrize(("text", "title", "number", "article"), [
    ("行政许可法 第三十二条", "行政许可法", "", "第三十二条"),
    ("《行政许可法》第三十二条", "行政许可法", "", "第三十二条"),
    (" 《行政许可法》  第三十二条第一款第（四）项 ", "行政许可法", "", "第三十二条第一款第（四）项"),
    ("行政许可法第42条、第43条", "行政许可法", "", "第42条、第43条"),
    ("《全民健身条例》（国务院令第560号）第三十二条", "全民健身条例", "国务院令第560号", "第三十二条"),
    ("国务院令第412号", "国务院令第412号", "", ""),
    ("市场主体登记管理条例", "市场主体登记管理条例", "", ""),
    ("《体育场所管理办法（试行）》第五条", "体育场所管理办法（试行）", "", "第五条"),
    ("第三条", "第三条", "", ""),
])
def test_a_citation_is_read(text: str, title: str, number: str, article: str) -> None:
    assert law(text) == LegalSource(title=title, number=number, article=article)


def test_a_source_of_law_is_taken_as_it_is() -> None:
    source = LegalSource(title="行政许可法", article="第三十二条", number="主席令第29号")
    step = window.accept("受理", law=[source, "行政许可法 第四十二条"], excluded_by=source)

    assert step.details.law == (source, law("行政许可法 第四十二条"))
    assert step.details.excluded_by is source


def test_blocks_cannot_be_changed() -> None:
    step: Block = window.accept("受理")

    with pytest.raises(AttributeError):
        step.where = step.where  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        step.colour = "red"  # type: ignore[attr-defined]
