"""Which BPMN element stands for what, from the table that writes and reads them."""

from __future__ import annotations

from typing import NamedTuple

from flowstd.bpmn import table as mapping
from flowstd.dsl.lanes import Lane
from flowstd.ir.kinds import Kind, Role, StepKind
from flowstd.ir.model import Node

from .marks import code, named, page, table
from .words import _meaning


class Saying(NamedTuple):
    """How something of a flow is said in BPMN; a test looks for the elements in files."""

    flow: str
    bpmn: tuple[str, ...]
    when: str = ""                   # of the options of Chart.bpmn: pools, engine
    how: str = ""


SAID = (
    Saying("流程 / a flow", ("process", "participant", "laneSet")),
    Saying("泳道 / a lane", ("lane",)),
    Saying("申请人的泳道 / an applicant's lane", ("participant", "messageFlow"), "pools",
           "申请人的环节成为 `receiveTask`；告知、送达和窗口当场出具的文书发消息给申请人 / its steps become `receiveTask`; "
           "what is notified, served or handed out at the counter is a message to the applicant"),
    Saying("由申请人的环节开始 / what begins with an applicant's step",
           ("startEvent", "messageEventDefinition", "message"), "pools",
           "开始和提交申请合为一个消息开始事件；还会再回到那一步的，仍是普通开始加 `receiveTask` / start and application are one event; "
           "where a case may come to that step again, they stay a plain start and a `receiveTask`"),
    Saying("告知、送达申请人 / what an applicant is told or served",
           ("intermediateThrowEvent", "messageEventDefinition", "message"), "pools",
           "有时限而又写明引擎的，仍是 `sendTask`：定时事件要挂在任务上 / a `sendTask` where it has a limit and an engine is named: "
           "a timer needs a task to stand on"),
    Saying("判断 / a decision", ("exclusiveGateway", "conditionExpression"), "",
           "除默认出口外，每个出口一个条件 / a condition on every exit but the default"),
    Saying("几条线进入的判断或并行 / a decision or split that several lines enter", ("exclusiveGateway",), "",
           "之前加一个汇合网关 / a merging gateway before it"),
    Saying("并行的开始和汇合 / split and join", ("parallelGateway",)),
    Saying("视情形办理的并行分支 / parallel branches with a condition", ("inclusiveGateway", "conditionExpression"), "",
           "每个出口一个条件，没有条件的一支写 `1 == 1`；在循环里，以及 Camunda 8，改为每支前先问是否需要（排他网关），可绕到并行汇合 / a condition "
           "on every exit, `1 == 1` on one that is always taken; in a loop, and for Camunda 8, each such branch first "
           "asks whether it is needed (exclusive gateway), with a way round it to a parallel join"),
    Saying("只由一条泳道办理、一处进一处出的片段 / a fragment of one lane, with one way in and out", ("subProcess",)),
    Saying("其他事项的流程图 / another chart", ("callActivity",)),
    Saying("材料、文书、证照 / papers", ("dataObject", "dataObjectReference", "association"), "",
           "一个环节超过两份时合为一叠（`isCollection`） / more than two of a step are one pile (`isCollection`)"),
    Saying("归档、登记 / what is archived or registered", ("dataStoreReference",)),
    Saying("备注 / a remark", ("textAnnotation",)),
    Saying("时限、依据、岗位、审查标准 / limit, law, post, criteria", ("documentation",)),
    Saying("环节的时限 / the limit of a step", ("boundaryEvent", "timerEventDefinition", "timeDuration"), "engine",
           "不中断环节，通向“超过办理时限” / interrupts nothing, leads to an end of its own"),
    Saying("公示、公告的期限 / the term of an announcement", ("intermediateCatchEvent", "timerEventDefinition"), "engine",
           "期满才往下走 / the case waits for all of it"),
    Saying("限期由申请人答复的判断 / a question that an applicant has so long to answer",
           ("eventBasedGateway", "messageEventDefinition", "message"), "engine",
           "先到的算：申请人的消息，或期限届满（默认出口） / what comes first: a message, or the end of the term (default exit)"),
)
UNSAID = (
    ("不带引擎的定时事件 / timers without an engine",
     "SpiffWorkflow 要 `\"P5D\"`，其他引擎要 `P5D`：没有两者都认的写法；ISO 8601 也没有工作日，所以时限照原样写在扩展元素里 / "
     "SpiffWorkflow wants `\"P5D\"`, the others `P5D`, and ISO 8601 has no working days; the limit itself stands in "
     "the extension elements"),
    ("判断的时限 / the limit of a decision", "网关不能挂定时事件；写在说明里 / no timer can stand on a gateway; see its documentation"),
    ("`dataStore`", "SpiffWorkflow 不认识未登记的数据存储，所以只有引用 / SpiffWorkflow refuses stores that it does not know, so "
                    "there is the reference alone"),
    ("`dataInputAssociation`", "SpiffWorkflow 会要求每份材料都有值，所以用关联线 / SpiffWorkflow would demand a value for every paper"),
    ("一个池里的消息事件 / message events in one pool",
     "消息只在池与池之间：申请人在同一个池里时，告知、送达是 `sendTask` / messages go between pools; with the applicant in the same "
     "pool a notice is a `sendTask`"),
    ("消息结束事件 / message end events",
     "送达之后事项才办结：送达是一个环节，有文书、时限和依据，结束说的是办结状态 / a case ends after its result is served: the service is a "
     "step with papers, limit and law, and the end says the outcome"),
    ("跨泳道的片段 / fragments of several lanes", "子流程只能在一条泳道里；名称写在扩展元素里 / a sub-process lies in one lane; the "
                                            "name stands in the extension elements"),
)
RUN = {
    "id": "环节、网关、泳道的 id 由名称的拼音和短校验码组成，名称不变 id 就不变；连线和步骤旁的文书只有校验码（`Flow_42bf9f5f0b`） / ids of "
          "steps, gateways and lanes are their names, spelled, with a short hash, and stay as long as the name does; "
          "lines and papers beside a step have a hash only",
    "条件 / conditions": "变量名是网关的 id，`.` 和 `-` 换成 `_`；值是出口的名称 / the variable is the id of the gateway, `.` and `-` "
                       'become `_`; its value is the name of the exit: `Gateway_window_complete == "是"`。'
                       "并行分支的条件各有一个变量，名称再加上条件的拼音，值为 `是` 才走 / each condition of a parallel branch has a "
                       "variable of its own, with the condition spelled at its end; the branch is taken if it is `是`",
    "调用 / calls": "调用的事项写成 `Process_` 加它的编码；那个事项的文件里流程的 id 还有情形和短校验码，所以部署前要把 `calledElement` "
                    "（Camunda 8：`processId`）改成它；读回时保留改过的 `calledElement` / a call names the item as "
                    "`Process_` with its code; the process in the file of that item has the scenario and a short "
                    "hash in its id as well, so set `calledElement` (Camunda 8: `processId`) to that before you "
                    "deploy; a changed "
                    "`calledElement` is kept when the file is read",
    "Camunda": "作业类型（8：`zeebe:taskDefinition`，7：`camunda:topic`）是环节的种类，一个 worker 办所有流程图里的同类环节；8 里消息按变量 "
               "`caseNumber` 对应；7 里办结的件保留 180 天 / the type of a job is the kind of its step, so one worker serves it "
               "in all charts; in 8 messages are matched by the variable `caseNumber`; 7 keeps finished cases for 180 "
               "days",
    "SpiffWorkflow": "它自己的解析器不认识 `businessRuleTask`，为它写成 `serviceTask`；一件能再次到达的并行汇合，它会出错 / its own parser knows no "
                     "`businessRuleTask`; written for it, that is a `serviceTask`; it breaks at a parallel join that "
                     "a case comes to again",
    "bpmn-engine": "分两个池的文件它读不了（消息流连到没有流程的池）；它没有包容汇合，为它写成并行汇合，不走的一支它不等 / cannot read files with "
                   "two pools: it breaks on messages to a pool without a process; it has no inclusive joins, so "
                   "parallel ones are written for it: they do not wait for what is not taken. "
                   "**并行分支里还有判断的流程不要用它运行**：汇合会提前通过，后面的环节先办 / **do not run with it a flow that decides "
                   "within a parallel branch**: its join may fire too early, and later steps are done first "
                   "([#200](https://github.com/paed01/bpmn-engine/issues/200))",
}
WHEN = {"": "", "pools": '`pools="two"`', "engine": "`engine=…`"}


def pages() -> dict[str, str]:
    """One page."""
    said = [(one.flow, " ".join(code(name) for name in one.bpmn), WHEN[one.when], one.how) for one in SAID]
    kinds = [(code(kind.value), _element(_node(kind))) for kind in Kind if kind is not Kind.TASK]
    steps = [(code(step.value), _meaning(getattr(Lane, step.value)) if hasattr(Lane, step.value) else "",
              _element(_node(Kind.TASK, step)), _element(_node(Kind.TASK, step), Role.SYSTEM)) for step in StepKind]
    extra = [("没有动词的环节 / a step without a verb", _element(_node(Kind.TASK))),
             ("须到现场的环节 / a step for which the applicant must come", _element(_node(Kind.TASK, onsite=True))),
             ("系统按书面标准办理的环节 / what a system does by written criteria",
              _element(_node(Kind.TASK, StepKind.EXAMINE, criteria="标准"), Role.SYSTEM))]
    return {"bpmn.md": page(
        "BPMN 对照 / BPMN mapping",
        f"由 `flowstd/bpmn/table.py` 生成。BPMN 没有的内容写在 `{mapping.NAMESPACE}` 的扩展元素里。\n\n"
        "Made from `flowstd/bpmn/table.py`. What BPMN has no word for is kept in extension elements of "
        f"`{mapping.NAMESPACE}`.",
        "## 对照 / What becomes what",
        "加 `--bpmn-pools`、`--bpmn-engine` 的写法见“时候”一栏。 / The third column names the option it takes.",
        table(("流程 / Flow", "BPMN", "时候 / When", "怎样 / How"), said),
        "## 没有用到的 / What is not used, and why", table(("BPMN", "为什么 / Why"), UNSAID),
        "## 运行 / Running it", named(RUN),
        "## 节点 / Nodes", table(("流程 / Flow", "BPMN"), kinds),
        "## 环节 / Steps", table(("种类 / Kind", "含义 / Meaning", "BPMN", "由系统办理 / By a system"), steps),
        "## 其他 / Otherwise", table(("情况 / Case", "BPMN"), extra))}


def _element(node: Node, role: Role = Role.WINDOW) -> str:
    return code(mapping.element(node, role))


def _node(kind: Kind, step: StepKind | None = None, *, onsite: bool = False, criteria: str = "") -> Node:
    return Node(id="a", kind=kind, label="a", lane="l", step=step, onsite=onsite, criteria=criteria)
