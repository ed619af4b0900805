"""The contract of ``--format geometry``, with a real example."""

from __future__ import annotations

import json

from flowstd.dsl import applicant, end, flow_of, window
from flowstd.layout import geometry

from .marks import fenced, named, page

FIELDS = {
    "`id`": "图的名称 / what the chart is called", "`direction`": "`TB` 自上而下，`LR` 自左而右 / top to bottom, left to right",
    "`font_pt`": "框内文字的字号 / size of box text in pt", "`nodes`": "每个节点的方框（不含挂着的材料和文书）、形状和泳道 / "
               "box (without the papers that hang on it), shape and lane of each node",
    "`edges`": "每条线的起止、折点；`loop` 表示逆流程方向 / ends and points of each line; `loop`: against the flow",
    "`lanes`": "每条泳道的方框 / box of each lane",
}


def pages() -> dict[str, str]:
    """One page."""
    flow = flow_of(applicant.submit("提交申请")
                   >> window.check("材料齐全吗？", 是=window.accept("受理"), 否=end.not_accepted) >> end.done)
    example = json.loads(flow.compile().geometry())
    return {"geometry.md": page(
        "几何数据 / Geometry contract", (geometry.__doc__ or "").strip(),
        "坐标以 px 计（每英寸 96），y 向下；`x`、`y` 是左上角；折点从边框到边框。", named(FIELDS),
        fenced(json.dumps(example, ensure_ascii=False, indent=1), "json"))}
