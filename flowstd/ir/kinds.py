"""The closed word lists of a flow: kinds of node, kinds of step, roles, outcomes."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a node is to the graph."""

    START = "start"
    END = "end"
    TASK = "task"
    DECISION = "decision"      # exactly one labelled exit is taken
    SPLIT = "split"            # all exits are taken; those with a label only where it holds
    JOIN = "join"              # waits for all entries that are on their way
    CALL = "call"              # another chart, by its item code or file


# for what is asked of every node: looking a member up in its class takes several times as long
START, END, TASK, CALL = Kind.START, Kind.END, Kind.TASK, Kind.CALL
DECISION, SPLIT, JOIN = Kind.DECISION, Kind.SPLIT, Kind.JOIN


class StepKind(StrEnum):
    """What a step does; the core follows the six steps of the provincial portals, the rest the special procedures."""

    SUBMIT = "submit"              # 申请
    SUPPLY = "supply"              # 补正材料
    PLEDGE = "pledge"              # 承诺
    RECEIVE = "receive"            # 收件
    CHECK = "check"                # 形式审查
    ACCEPT = "accept"              # 受理
    NOTIFY = "notify"              # 告知
    EXAMINE = "examine"            # 审查
    PRELIMINARY = "preliminary"    # 初审
    FORWARD = "forward"            # 上报, 转办
    INSPECT = "inspect"            # 现场勘验, 核查
    HEAR = "hear"                  # 听证
    REVIEW = "review"              # 专家评审
    TEST = "test"                  # 检验, 检测, 检疫
    APPRAISE = "appraise"          # 鉴定
    TENDER = "tender"              # 招标, 拍卖
    EXAM = "exam"                  # 考试, 考核
    ANNOUNCE = "announce"          # 公示, 公告
    DECIDE = "decide"              # 决定
    REFUSE = "refuse"              # 不予受理, 不予许可
    REGISTER = "register"          # 登记, 备案
    PAY = "pay"                    # 缴费
    DISBURSE = "disburse"          # 发放
    CERTIFY = "certify"            # 制证
    DELIVER = "deliver"            # 送达
    PUBLISH = "publish"            # 公开
    ARCHIVE = "archive"            # 归档
    SUPERVISE = "supervise"        # 事后核查
    REVOKE = "revoke"              # 撤销
    WITHDRAW = "withdraw"          # 撤回申请
    HANDLE = "handle"              # 办理: anything else


class Role(StrEnum):
    """Who acts in a lane."""

    APPLICANT = "applicant"
    WINDOW = "window"
    REVIEWER = "reviewer"
    DECIDER = "decider"
    THIRD_PARTY = "third-party"
    ORGAN = "organ"                # another administrative organ
    SYSTEM = "system"


class Outcome(StrEnum):
    """How a case ends (办结状态)."""

    GRANTED = "granted"            # 准予, 办结
    REFUSED = "refused"            # 不予许可
    NOT_ACCEPTED = "not-accepted"  # 不予受理
    TRANSFERRED = "transferred"    # 转有权机关
    WITHDRAWN = "withdrawn"        # 申请人撤回
    REVOKED = "revoked"            # 撤销
    DONE = "done"                  # 办结: no grant or refusal is at stake


class DocumentKind(StrEnum):
    """What a piece of paper is to a step."""

    MATERIAL = "material"          # 申请材料: the applicant brings it
    NOTICE = "notice"              # 文书: the authority writes it
    RESULT = "result"              # 证照, 批文: what the applicant came for
