"""A city of made-up size: real names of items × districts, as a catalogue to try batches and loads on.

The same number and seed give the same city. Nine of ten items follow their rule;
the others have a limit of their own, as districts do.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

CITY = Path(__file__).with_name("city")
HEADINGS = ("code", "name", "parent", "item_type", "authority", "promised")
CONFIG = ('title = "示例市办事流程图（合成数据）"\nitems = ["items/*.csv"]\nrules = "templates.toml"\n'
          '\n[output]\nformats = ["svg", "bpmn"]\n')
OWN_LIMIT = 0.1                       # of the items have one
AT_ONCE = ("公共服务",)                # types whose items are handled at once, or in a day
FILE = 10_000                         # items in one file
_FIRST = "东西南北中上下新安平永长"
_SECOND = "江河湖山城川岭沙溪桥塘坪"


def write(folder: Path, items: int, seed: int) -> None:
    """Fill *folder*, which exists, with the catalogue of a city of so many *items*.

    Raises: OSError: the disk refuses.
    """
    (folder / "items").mkdir()
    (folder / "templates.toml").write_bytes((CITY / "templates.toml").read_bytes())
    rows = city(items, seed)
    for number in range(-(-items // FILE)):
        with open(folder / "items" / f"{number:04}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADINGS)
            writer.writerows(row for row, _ in zip(rows, range(FILE), strict=False))
    (folder / "flowstd.toml").write_text(CONFIG, encoding="utf-8", newline="")


def city(items: int, seed: int) -> Iterator[tuple[str, ...]]:
    """The rows of a city of so many *items*: district after district, each with the same names.

    >>> [row[:2] for row in city(2, seed=1)] == [row[:2] for row in city(1_000, seed=1)][:2]
    True
    """
    chance = Random(seed)
    with open(CITY / "names.csv", encoding="utf-8", newline="") as file:
        names = list(csv.reader(file))[1:]
    for number in range(items):
        district, place = divmod(number, len(names))
        name, parent, item_type, authority = names[place]
        own = f"{chance.randint(1, 20)}工作日" if chance.random() < OWN_LIMIT and item_type not in AT_ONCE else ""
        yield (f"S{district:04}-{place:03}", name, parent, item_type, _district(district) + authority.removeprefix("区"),
               own)


def _district(number: int) -> str:
    first, second = divmod(number % (len(_FIRST) * len(_SECOND)), len(_SECOND))
    more = number // (len(_FIRST) * len(_SECOND))
    return f"{_FIRST[first]}{_SECOND[second]}{more + 1 if more else ''}区"
