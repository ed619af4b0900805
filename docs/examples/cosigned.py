from flowstd import Item, window, workdays
from flowstd.dsl.templates import filing

item = Item(name="中医诊所备案", item_type="其他行政权力", promised=workdays(3))
chart = item.scenario("备案", filing(slots={"before_deliver": window.do("集体会签", within=workdays(1))}))
