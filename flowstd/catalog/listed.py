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

from .csv_text import broken

KEY = "basic_catalogue"


def read_listed(path: Path) -> dict[str, str]:
    """Catalogue code → name of every item in the CSV table at *path*; other columns are passed over.

    Raises: BadSource: it cannot be read, or has no column for the code.
    """
    table = csv.reader(io.StringIO(read_source(path), newline=""), strict=True)
    line = 0
    found: dict[str, str] = {}
    try:
        headings = [heading.strip() for heading in next(table, [])]
        code, name = _column(headings, "catalog_code"), _column(headings, "name")
        if code < 0:
            raise BadSource(Text("基本目录没有“基本编码”一列", "the basic catalogue has no column catalog_code"),
                            where=Where(str(path), 1),
                            fix=Text("第一行写列名：基本编码,事项名称", "name the columns: catalog_code,name"))
        line = table.line_num
        for row in table:
            if len(row) > code and row[code].strip():
                found[row[code].strip()] = row[name].strip() if 0 <= name < len(row) else ""
            line = table.line_num
    except csv.Error as error:
        raise broken(error, str(path), line + 1, table.line_num) from None
    return found


def _column(headings: list[str], element: str) -> int:
    words = (element, str(Item.model_fields[element].title))
    return next((at for at, heading in enumerate(headings) if heading in words), -1)
