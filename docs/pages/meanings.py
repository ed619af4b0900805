"""What each public name means, in Chinese: the docstrings say it in English."""

from __future__ import annotations

NAMES = {
    "Item": "一个政务服务事项和它的要素；`item.scenario(情形, 流程)` 给出一张图的内容",
    "Material": "一份申请材料；只写文字就是它的名称",
    "Fee": "收费；写“不收费”也行",
    "Result": "一种审批结果（证照、批文）",
    "LegalSource": "一部法律文件的一条，带施行日期、核对日期和凭据",
    "Term": "时限：数字和单位；0 个工作日就是当场",
    "workdays": "若干个工作日", "days": "若干个自然日", "hours": "若干小时", "months": "若干个月", "years": "若干年",
    "applicant": "申请人", "window": "窗口", "reviewer": "审查人员", "decider": "决定人", "third_party": "第三方机构",
    "system": "系统", "organ": "另一个机关，写出它的名称",
    "Lane": "一条泳道；它的方法就是环节的动词，见 [DSL 的词](dsl.md)",
    "parallel": "同时办理，全部办完再继续",
    "back": "返回前面的环节",
    "end": "结束：`end.granted` 准予、`end.refused` 不予、`end.not_accepted` 不予受理、`end.done` 办结 ……",
    "onward": "判断的一个分支什么也不做，直接往下走",
    "call": "引用另一张图",
    "fragment": "给一段步骤起个名称，可以收成一个框",
    "result": "环节出具的文书是审批结果",
    "Block": "一段流程；用 `>>` 连接",
    "flow_of": "一段流程 → 流程的图结构",
    "template": "按名称取标准模板",
    "TEMPLATES": "全部[标准模板](templates/index.md)",
    "Flow": "流程的图结构：泳道、节点、连线、文书；`to_json`、`from_json` 写出和读入，`compile` 成图",
    "Case": "一个事项的一种情形：一张图的内容",
    "Chart": "一张图：`findings` 问题，`svg()`、`png()`、`pdf()`、`bpmn()`、`json()`、`html()`、`docx()`、`md()` 各种格式，"
             "`save(文件)` 按后缀写出，`in_view(\"external\")` 换成办事流程图",
    "compile_flow": "流程 → 图",
    "compile_case": "事项的一种情形 → 图",
    "diff": "两个流程（或图）有什么不同：多了、少了、改了哪些步骤",
    "Finding": "一个问题：编号、级别、位置、依据、改法",
    "FlowstdError": "编写者的错误都是它：哪个文件哪一行、错在哪里、怎么改",
    "Where": "一处位置：文件、行、列，或工作表和单元格",
}
