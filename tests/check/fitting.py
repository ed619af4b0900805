"""Items that fit a flow in every element, so that whatever a check then says is about what a test changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flowstd.catalog.config import open_catalogue
from flowstd.catalog.load import load
from flowstd.check.sample import licence, of
from flowstd.check.subject import Subject
from flowstd.dsl.templates import TEMPLATES
from flowstd.ir.case import Case
from flowstd.ir.kinds import DocumentKind, StepKind
from flowstd.item.profile import profile
from tests.conftest import ROOT

TYPES = {"confirmation": "行政确认", "benefit": "行政给付", "filing": "其他行政权力", "public_service": "公共服务"}
NAMES = {"filing": "户外广告设施备案", "confirmation": "户外广告设施确认", "benefit": "困难补助给付", "public_service": "户外广告查询"}

FEE = {"charged": True, "name": "占道费", "standard": "每平方米每日1元", "basis": "《示例条例》第三条"}


def fitted(template: str, /, **parameters: Any) -> Subject:
    """The template with *parameters*, and an item that says just what its flow does."""
    subject = of(TEMPLATES[template](**parameters))
    kind = TYPES.get(template, "行政许可")
    scenario = TEMPLATES[template].title if template in ("renewal", "change", "replacement", "cancellation") else "新办"
    return Subject(subject.flow, licence(**elements(subject, kind, NAMES.get(template))), scenario)


def elements(subject: Subject, kind: str, name: str | None = None) -> dict[str, Any]:
    """The elements of an item of *kind* that fits the flow of *subject*."""
    flow, counted = subject.flow, subject.measure.counted
    digits = profile().list("item_type").code(kind)
    papers = [paper.name for node in subject.steps(StepKind.SUBMIT)
              for paper in map(flow.document_by_id.get, node.takes)]
    total = counted.total.zh.replace("个", "") if counted is not None else "0工作日"
    limit = "45工作日" if subject.joint else "30工作日" if kind != "行政许可" else "20工作日"
    immediate = counted is not None and counted.total.hours <= 8
    special = [word for word, step in (("听证", StepKind.HEAR), ("招标", StepKind.TENDER), ("检测", StepKind.TEST),
                                       ("鉴定", StepKind.APPRAISE), ("专家评审", StepKind.REVIEW), ("考试", StepKind.EXAM),
                                       ("现场勘验", StepKind.INSPECT), ("公示", StepKind.ANNOUNCE)) if subject.steps(step)]
    visits = sum(node.onsite for node in flow.nodes)
    base = licence()
    return {
        **({"name": name} if name else {}),
        "item_type": kind,
        "catalog_code": f"37{digits}17003000", "code": f"{base.authority_code}337{digits}17003000",
        "promised": total, "statutory": limit,
        "case_type": "即办件" if immediate and not special else "承诺件",
        "materials": [{"name": paper, "need": "必要", "kind": "原件", "form": "电子化", "source": "申请人自备", "copies": 1,
                       "basis": "《行政许可法》第三十一条", "blank": "https://example.org/b", "sample": "https://example.org/s"}
                      for paper in papers],
        "results": [{"name": paper.name, "type": "证照"} for paper in flow.documents
                    if paper.kind is DocumentKind.RESULT],
        "special_procedures": special,
        "onsite_visits": visits, "onsite_reason": "须本人到场" if visits else "",
        **({"fee": FEE} if subject.steps(StepKind.PAY) else {}),
    }


def variants() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every template as it is, and those that take special procedures with each of them."""
    for name, template in TEMPLATES.items():
        yield name, {}
        if "special" in template.parameters:
            for procedure in ("现场勘验", "听证", "专家评审", "检验检测", "鉴定", "招标拍卖", "考试", "公示"):
                yield name, {"special": [procedure]}


def bureau() -> Iterator[tuple[str, Subject]]:
    """The distinct flows of the bureau's catalogue, each with an item that fits it."""
    seen = set()
    for case in load(open_catalogue(ROOT / "examples" / "bureau")):
        assert isinstance(case, Case)
        if case.flow.body not in seen:
            seen.add(case.flow.body)
            subject = Subject(case.flow, case.item, case.scenario)
            name = re.sub("[（(].*?[)）]", "", case.item.name)               # without a level in it
            fits = licence(**elements(subject, case.item.item_type or "", name))
            yield f"{case.item.name} {case.scenario}", Subject(case.flow, fits, case.scenario)
