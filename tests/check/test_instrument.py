"""How high an instrument stands decides what it may set up, charge, prolong or set aside."""

from __future__ import annotations

import pytest

from flowstd.base.term import workdays
from flowstd.check.instrument import Rank, standing
from flowstd.check.run import run
from flowstd.check.sample import ordinary, without
from flowstd.check.subject import Subject
from flowstd.dsl import applicant, reviewer
from flowstd.dsl.law import law

SURE = {
    Rank.LAW: ("广告法", "中华人民共和国水法", "民法典", "渔业法（2013修正）", "全国人民代表大会常务委员会关于授权的决定"),
    Rank.REGULATION: ("市场主体登记管理条例", "城市市容和环境卫生管理条例", "人力资源市场暂行条例", "企业信息公示暂行条例",
                      "国务院对确需保留的行政审批项目设定行政许可的决定", "企业名称登记管理规定（国务院令第734号）"),
    Rank.LOCAL: ("济南市城市绿化条例", "山东省水路交通条例", "聊城市旅游条例", "内蒙古自治区草原管理条例", "深圳经济特区停车场条例",
                 "山东省实施〈中华人民共和国水法〉办法", "济南市限制焚烧规定（市人大常委会公告第10号）"),
    Rank.PROVINCIAL: ("山东省户外广告管理办法（省政府令第1号）",),
    Rank.RULE: ("济南市户外广告设施管理办法", "济南市户外广告设施管理规定", "药品经营管理办法（国家药监局令第9号）"),
    Rank.DOCUMENT: ("关于加强户外广告管理的试行办法", "某局户外广告审批办法", "国务院办公厅关于深化改革的决定", "示例市收费管理通知",
                    "国务院关于加快政务服务标准化的指导意见", "示例县户外广告管理办法", "计算方法"),
}
OPEN = {
    "互联网信息服务管理办法": (Rank.REGULATION, Rank.RULE),
    "零售点合理布局规定": (Rank.REGULATION, Rank.RULE),
    "上海市户外广告管理办法": (Rank.LOCAL, Rank.PROVINCIAL),
}


@pytest.mark.parametrize(("rank", "title"), [(rank, title) for rank, titles in SURE.items() for title in titles])
def test_a_title_shows_how_high_it_stands(rank: Rank, title: str) -> None:
    assert standing(law(title)) == (rank, rank)


@pytest.mark.parametrize("title", OPEN)
def test_a_title_that_two_kinds_bear_leaves_both_open(title: str) -> None:
    assert standing(law(title)) == OPEN[title]


def found(subject: Subject, code: str) -> list[str]:
    return [finding.message.zh for finding in run(subject.flow, subject.item, subject.scenario, "publish")
            if finding.code == code]


@pytest.mark.parametrize(("basis", "enough"), [
    ("《关于加强户外广告管理的试行办法》第三条", False), ("《某局户外广告审批办法》第三条", False),
    ("《济南市户外广告设施管理办法》第三条", False), ("《济南市户外广告设施管理规定》第三条", False),
    ("《国务院办公厅关于深化改革的决定》第一条", False), ("《上海市户外广告设施管理办法》第三条", True),
    ("《互联网信息服务管理办法》第四条", True), ("《广告法》第四十一条", True)])
def test_a_licence_is_set_up_by_a_province_at_least(basis: str, enough: bool) -> None:
    assert (found(ordinary({"legal_bases": [basis]}), "LAW002") == []) is enough


@pytest.mark.parametrize(("bases", "ordered"), [
    (("《户外广告管理办法》第三条", "《广告法》第四十一条"), False),
    (("《关于广告的通知》第三条", "《户外广告管理办法》第三条"), False),
    (("《城市市容和环境卫生管理条例》第十一条", "《户外广告管理办法》第三条"), True),
    (("《市场主体登记管理条例》第三条", "《示例市户外广告条例》第三条"), True),
    (("《互联网信息服务管理办法》第四条", "《电信条例》第七条"), True)])
def test_bases_are_ordered_by_what_is_certain_of_them(bases: tuple[str, ...], ordered: bool) -> None:
    assert (found(ordinary({"legal_bases": bases}), "LAW003") == []) is ordered


@pytest.mark.parametrize(("note", "longer"), [
    ("《行政许可法》第四十二条第一款", False), ("依据《行政许可法》第四十二条，经批准延长十日", False),
    ("《中华人民共和国行政许可法》第四十二条", False), ("《关于加强管理的通知》第一条", False),
    ("《济南市户外广告设施管理办法》第五条", False), ("依《渔业法》第二十三条", True),
    ("《行政许可法》第四十二条；《示例市户外广告设施管理条例》第十二条规定三十日", True)])
def test_only_another_law_or_regulation_makes_the_limit_longer(note: str, longer: bool) -> None:
    subject = ordinary({"statutory": "30工作日", "promised": "30工作日", "statutory_note": note}, limit=workdays(30))

    assert (found(subject, "TIM023") == []) is longer
    assert (found(subject, "TIM002") == []) is longer


@pytest.mark.parametrize(("source", "enough"), [
    ("行政许可法 第四十二条", False), ("行政许可法 第四十五条", False), ("《关于现场勘验的通知》第三条", False),
    ("《示例市户外广告设施管理条例》第十二条", True)])
def test_time_is_left_out_by_another_law_or_regulation(source: str, enough: bool) -> None:
    subject = ordinary(slots={"before_decision": reviewer.inspect("现场勘验", within=workdays(2), excluded_by=source)})

    assert (found(subject, "TIM007") == []) is enough


@pytest.mark.parametrize(("basis", "enough"), [
    ("《行政许可法》第四十二条", False), ("《关于加强管理的通知》第一条", False), ("《示例条例》第五条", True)])
def test_the_law_is_set_aside_by_another_law_or_regulation(basis: str, enough: bool) -> None:
    subject = ordinary({"statutory": "25工作日", "promised": "25工作日", "allow": [
        {"rule": "TIM002", "reason": "另有规定", "basis": basis}]}, limit=workdays(25))

    assert (found(subject, "ALW003") == []) is enough


@pytest.mark.parametrize(("kind", "source"), [
    ("行政许可", "《行政许可法》第三十四条第三款"), ("行政给付", "办事惯例（参照《行政许可法》第三十四条第三款）")])
def test_the_licensing_law_is_a_model_only_for_what_is_no_licence(kind: str, source: str) -> None:
    subject = ordinary({"item_type": kind}, slots={"before_decision": reviewer.inspect("入户核查", within=workdays(2))})

    assert sources(subject, "PRC009") == [source]


@pytest.mark.parametrize(("authority", "source"), [
    ("济南市城市管理局", "《济南市政务服务标准化管理办法》第三条"),
    ("广安市城市管理局", "办事惯例（参照《济南市政务服务标准化管理办法》第三条）")])
def test_measures_of_jinan_bind_jinan(authority: str, source: str) -> None:
    assert sources(without(ordinary({"authority": authority}), "立卷归档"), "PRC016") == [source]


def sources(subject: Subject, code: str) -> list[str]:
    return [finding.source.zh for finding in run(subject.flow, subject.item, subject.scenario, "publish")
            if finding.code == code and finding.source is not None]


@pytest.mark.parametrize(("basis", "enough"), [
    ("《示例市收费管理通知》第三条", False), ("《示例市收费条例》第三条", False), ("《城市道路管理条例》第三十七条", True)])
def test_a_licence_costs_something_by_law_or_administrative_regulation_only(basis: str, enough: bool) -> None:
    fee = {"charged": True, "name": "占道费", "standard": "每平方米每日1元", "basis": basis}
    subject = ordinary({"fee": fee}, slots={"before_deliver": applicant.pay("缴纳费用")})

    assert (found(subject, "PRC024") == []) is enough


def test_a_fee_names_what_is_paid_and_how_much() -> None:
    fee = {"charged": True, "basis": "《城市道路管理条例》第三十七条"}
    subject = ordinary({"fee": fee}, slots={"before_deliver": applicant.pay("缴纳费用")})

    assert found(subject, "ITM001") == ["要素没有填写：收费项目名称、收费标准"]
