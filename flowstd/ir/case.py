"""Case: one item in one scenario, the unit of one chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field, InstanceOf
from pydantic.json_schema import SkipJsonSchema

from flowstd.base.finding import Finding
from flowstd.base.frozen import Placed
from flowstd.base.late import late
from flowstd.base.text import Text
from flowstd.base.where import NOWHERE, Where
from flowstd.item.allowance import Allowance
from flowstd.item.model import Item

from .model import Flow

if TYPE_CHECKING:
    from flowstd.dsl import Block
    from flowstd.pipeline import Chart


class Case(Placed):
    """One item, one scenario (新办, 变更, 延续 …), and the flow by which it is handled.

    >>> from flowstd import applicant, end
    >>> item = Item(name="户外广告设施设置许可", item_type="行政许可", code="EX-0001")
    >>> item.scenario("新办", applicant.submit("提交申请") >> end.done).key
    'EX-0001.新办'
    """

    item: Item
    scenario: str
    flow: Flow
    noticed: SkipJsonSchema[tuple[InstanceOf[Finding], ...]] = Field(default=(), exclude=True, repr=False)
    """What its reader saw in the source, without harm to the case; no part of its value."""
    granted: SkipJsonSchema[tuple[InstanceOf[Allowance], ...]] = Field(default=(), exclude=True, repr=False)
    """What its catalogue allows it besides the item's own allowances; no part of its value."""

    @property
    def key(self) -> str:
        """What the case is called in lists, readable: the item's code and the scenario."""
        code = self.item.code or self.item.name
        return f"{code}.{self.scenario}" if self.scenario else code

    def compile(self, **options: Any) -> Chart:
        """Check and lay out this case: see :func:`flowstd.pipeline.compile_case`."""
        chart: Chart = late("flowstd.pipeline:compile_case")(self, **options)
        return chart

    def _content(self) -> dict[str, Any]:
        return {"item": self.item, "scenario": self.scenario, "flow": self.flow}

    def _repr_svg_(self) -> str:
        return str(self.compile().svg())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return self.compile()._repr_mimebundle_(include, exclude)


def case_title(item: Item, scenario: str) -> str:
    """What the chart of *item* in *scenario* is called.

    >>> case_title(Item(name="户外广告设施设置许可", item_type="行政许可"), "新办")
    '户外广告设施设置许可（新办）'
    """
    return f"{item.name}（{scenario}）" if scenario else item.name


def make_case(item: Item, scenario: str, process: Block | Flow, *, where: Where = NOWHERE) -> Case:
    """The case of *item* in *scenario*; a block of the DSL becomes a flow.

    *where* is the author's line, for front ends whose author writes no Python.

    Raises: BadFlow, AmbiguousStep, UnknownStep: the block is not a whole process.
    """
    if isinstance(process, Flow):
        flow = process
    else:
        flow = late("flowstd.dsl.to_ir:flow_of")(process, case_title(item, scenario))
    place = where or late("flowstd.dsl.position:here")()
    if scenario:
        late("flowstd.dsl.wording:wording")(scenario, Text("情形名称", "the scenario"), place)
    return Case(item=item, scenario=scenario, flow=flow, where=place)
