from flowstd import Block, Item, applicant, end, result, system, window, workdays
from flowstd.dsl.templates import Matter, acceptance

NOW = workdays(0)


def green_channel(materials: list[str], issued: str) -> Block:
    """绿色通道：数据核对一致，当场发放 / issued at once where the data agree."""
    return (
        applicant.submit("提交申请", materials=materials)
        >> acceptance(Matter("办理"))
        >> system.do("核对数据", within=NOW)
        >> window.deliver("当场发放", within=NOW, issues=result(issued))
        >> end.done)


item = Item(name="高龄津贴资格证明", item_type="公共服务", promised="当场")
chart = item.scenario("开具", green_channel(["身份证明"], "资格证明"))
