"""The basic catalogue (基本目录): which items there are at all, from a table that flowstd.toml names."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from flowstd.base.errors import BadSource
from flowstd.base.files import read_source
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.item.model import Item

KEY = "basic_catalogue"


def read_listed(path: Path) -> dict[str, str]:
    """Catalogue code → name of every item in the CSV table at *path*; other columns are passed over.

    Raises: BadSource: it cannot be read, or has no column for the code.
    """
    table = csv.reader(io.StringIO(read_source(path), newline=""), strict=True)
    try:
        headings = [heading.strip() for heading in next(table, [])]
        code, name = _column(headings, "catalog_code"), _column(headings, "name")
        if code < 0:
            raise BadSource(Text("基本目录没有“基本编码”一列", "the basic catalogue has no column catalog_code"),
                            where=Where(str(path), 1),
                            fix=Text("第一行写列名：基本编码,事项名称", "name the columns: catalog_code,name"))
        return {row[code].strip(): row[name].strip() if 0 <= name < len(row) else "" for row in table
                if len(row) > code and row[code].strip()}
    except csv.Error as error:
        raise BadSource(Text(f"不是合法的 CSV：{error}", f"not CSV: {error}"), where=Where(str(path), table.line_num),
                        fix=Text("检查没有配对的引号", "look for a quotation mark without its partner")) from None


def _column(headings: list[str], element: str) -> int:
    words = (element, str(Item.model_fields[element].title))
    return next((at for at, heading in enumerate(headings) if heading in words), -1)
