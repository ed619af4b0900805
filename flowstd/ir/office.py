"""What offices call the kinds of a graph: the words of workbooks and guides, each for one value."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from .kinds import DocumentKind, Kind, Outcome, Role, StepKind

_Value = TypeVar("_Value", bound=StrEnum)

KINDS: Mapping[Kind, str] = {
    Kind.START: "开始", Kind.END: "结束", Kind.TASK: "步骤", Kind.DECISION: "判断", Kind.SPLIT: "并行开始",
    Kind.JOIN: "并行汇合", Kind.CALL: "引用流程",
}

STEPS: Mapping[StepKind, str] = {
    StepKind.SUBMIT: "申请", StepKind.SUPPLY: "补正", StepKind.PLEDGE: "承诺", StepKind.RECEIVE: "收件",
    StepKind.CHECK: "形式审查", StepKind.ACCEPT: "受理", StepKind.NOTIFY: "告知", StepKind.EXAMINE: "审查",
    StepKind.PRELIMINARY: "初审", StepKind.FORWARD: "转报", StepKind.INSPECT: "勘验", StepKind.HEAR: "听证",
    StepKind.REVIEW: "专家评审", StepKind.TEST: "检验检测", StepKind.APPRAISE: "鉴定", StepKind.TENDER: "招标拍卖",
    StepKind.EXAM: "考试", StepKind.ANNOUNCE: "公示", StepKind.DECIDE: "决定", StepKind.REFUSE: "不予",
    StepKind.REGISTER: "登记", StepKind.PAY: "缴费", StepKind.DISBURSE: "发放", StepKind.CERTIFY: "制证",
    StepKind.DELIVER: "送达", StepKind.PUBLISH: "公开", StepKind.ARCHIVE: "归档", StepKind.SUPERVISE: "事后监管",
    StepKind.REVOKE: "撤销", StepKind.WITHDRAW: "撤回", StepKind.HANDLE: "办理",
}

ROLES: Mapping[Role, str] = {
    Role.APPLICANT: "申请人", Role.WINDOW: "窗口", Role.REVIEWER: "审查人员", Role.DECIDER: "决定人员",
    Role.THIRD_PARTY: "第三方机构", Role.ORGAN: "其他机关", Role.SYSTEM: "系统",
}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.GRANTED: "准予", Outcome.REFUSED: "不予许可", Outcome.NOT_ACCEPTED: "不予受理",
    Outcome.TRANSFERRED: "转有权机关", Outcome.WITHDRAWN: "申请人撤回", Outcome.REVOKED: "撤销", Outcome.DONE: "办结",
}

DOCUMENTS: Mapping[DocumentKind, str] = {
    DocumentKind.MATERIAL: "申请材料", DocumentKind.NOTICE: "文书", DocumentKind.RESULT: "审批结果",
}


def meant(words: Mapping[_Value, str], word: str) -> _Value | None:
    """The value that offices call *word*, or whose name in code it is; None when there is none.

    >>> meant(STEPS, "送达"), meant(STEPS, "deliver"), meant(STEPS, "吃饭")
    (<StepKind.DELIVER: 'deliver'>, <StepKind.DELIVER: 'deliver'>, None)
    """
    return next((value for value, known in words.items() if word in (known, value.value)), None)
