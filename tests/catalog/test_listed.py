"""The basic catalogue that flowstd.toml names: items outside it are told, and its table holds no items itself."""

from __future__ import annotations

import pytest

from flowstd.base.errors import FlowstdError
from flowstd.catalog.config import BadConfig, open_catalogue
from flowstd.catalog.listed import read_listed
from flowstd.cli.checked import check_all
from tests.catalogues import catalogue, loaded

ROWS = ("code,name,item_type,情形,模板,catalog_code\nT-1,甲许可,行政许可,新办,immediate,370117003000\n"
        "T-2,乙许可,行政许可,新办,immediate,370117009000\nT-3,丙许可,行政许可,新办,immediate,\n")
TABLE = "序号,基本编码,事项名称\n1,370117003000,甲许可\n\n2,370117004000\n"


def folder(tmp_path, table=TABLE, config='basic_catalogue = "基本目录.csv"'):
    return catalogue(tmp_path / "c", {"items.csv": ROWS, "基本目录.csv": table}, config)


def test_an_item_outside_the_catalogue_is_told(tmp_path):
    where = folder(tmp_path)
    result = check_all(str(where), open_catalogue(where), "draft", lambda code: code == "COD005")

    assert [(one.item, one.where.line) for one in result.findings] == [("T-2.新办", 3)]
    assert len(loaded(where)[0]) == 3 and not loaded(where)[1]


def test_without_a_catalogue_nothing_is_held_against_it(tmp_path):
    where = folder(tmp_path, config='items = ["items.csv"]')

    assert check_all(str(where), open_catalogue(where), "draft", lambda code: code == "COD005").findings == []


def test_codes_and_names_are_read_and_other_columns_passed_over(tmp_path):
    assert read_listed(folder(tmp_path) / "基本目录.csv") == {"370117003000": "甲许可", "370117004000": ""}


@pytest.mark.parametrize("table", ["", "编号,名称\n1,2\n", 'catalog_code\n"370', "catalog_code\n370\0"])
def test_a_table_that_is_none_is_told_with_its_place(tmp_path, table):
    with pytest.raises(FlowstdError) as told:
        read_listed(folder(tmp_path, table) / "基本目录.csv")
    assert told.value.where.file.endswith("基本目录.csv") and told.value.fix is not None


@pytest.mark.parametrize("name", ["../x.csv", "/x.csv", "x.txt"])
def test_a_catalogue_outside_the_folder_is_refused(tmp_path, name):
    with pytest.raises(BadConfig):
        open_catalogue(folder(tmp_path, config=f'basic_catalogue = "{name}"'))
