"""``flowstd.toml`` is read strictly, and a mistake in it has a line."""

from __future__ import annotations

import pytest

from flowstd.catalog.config import BadConfig, open_catalogue
from tests.catalogues import GOOD_ROW, HEADINGS, catalogue


def refused(tmp_path, config: str) -> BadConfig:
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW}, config)
    with pytest.raises(BadConfig) as caught:
        list(open_catalogue(folder).files())
    return caught.value


def test_everything_it_can_say(tmp_path):
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS + GOOD_ROW}, '''
title = "甲"
edition = "2026"
profile = "national"
authority = "区行政审批局"
items = "items.csv"
[defaults]
"咨询方式" = "咨询台"
[columns]
local_code = "code"
[output]
folder = "out"
formats = ["svg", "json"]
''')
    opened = open_catalogue(folder)

    assert (opened.title, opened.edition, opened.profile, opened.output) == ("甲", "2026", "national", "out")
    assert opened.defaults == {"contact": "咨询台", "authority": "区行政审批局"}
    assert opened.formats == ("svg", "json")
    assert list(opened.files()) == [folder / "items.csv"]


def test_an_empty_one_has_defaults(tmp_path):
    opened = open_catalogue(catalogue(tmp_path / "c", {"a.csv": "", "b.yaml": "", "c.py": "", "d.txt": ""}, ""))

    assert opened.formats == ("svg", "bpmn")
    assert [path.name for path in opened.files()] == ["a.csv", "b.yaml", "c.py"]


@pytest.mark.parametrize(("config", "line", "what", "fix"), [
    ('title = "x"\nprofil = "national"', 2, '"profil"', '"profile"'),
    ('[output]\nformat = ["svg"]', 2, '"format"', '"formats"'),
    ('[defaults]\ncontcat = "x"', 2, '"contcat"', '"contact"'),
    ('edition = 2026', 1, "must be a text", None),
    ('items = [1]', 1, "must be a list of texts", None),
    ('[columns]\na = 1', 2, "must be a text", None),
    ('output = "out"', 1, "a mapping", None),
    ('items = ["../x.csv"]', 1, "leaves the folder", "relative"),
    ('items = ["/etc/x.csv"]', 1, "leaves the folder", "relative"),
    ('items = ["items.xls"]', 1, "no kind of item file", None),
    ('items = ["absent.csv"]', 1, 'no item file "absent.csv"', None),
    ('items = ["*.yaml"]', 1, "holds no item files", None),
    ('title = ', 1, "not TOML", None),
    ('[defaults]\n咨询方式 = "x"', 2, "not TOML", '"咨询方式"'),
    ('title = “x”', 1, "not TOML", "half-width"),
])
def test_a_mistake_is_told_at_its_line(tmp_path, config, line, what, fix):
    error = refused(tmp_path, config)

    assert what in error.what.en
    assert (error.where.file, error.where.line) == (str(tmp_path / "c" / "flowstd.toml"), line)
    assert fix is None or fix in error.fix.en


def test_a_folder_without_one(tmp_path):
    with pytest.raises(BadConfig) as caught:
        open_catalogue(tmp_path)

    assert "flowstd new" in caught.value.fix.en


def test_a_second_one_is_refused(tmp_path):
    folder = catalogue(tmp_path / "c", {"m/a.py": "", "m/flowstd.toml": ""}, 'items = ["**/*.py"]')
    with pytest.raises(BadConfig) as caught:
        list(open_catalogue(folder).files())

    assert str(folder / "m" / "flowstd.toml") in caught.value.what.en


def test_a_file_that_two_patterns_name_is_read_once(tmp_path):
    folder = catalogue(tmp_path / "c", {"b.csv": "", "a.csv": ""}, 'items = ["b.csv", "*.csv"]')

    assert [path.name for path in open_catalogue(folder).files()] == ["b.csv", "a.csv"]


def test_what_stands_outside_the_catalogue_is_not_passed_over(tmp_path):
    (tmp_path / "other.yaml").write_text("")
    folder = catalogue(tmp_path / "c", {"a.yaml": "", "b.yml": ""}, 'items = ["*.yaml"]\n')

    assert list(open_catalogue(folder).passed_over()) == [folder / "b.yml"]


@pytest.mark.parametrize(("config", "what"), [
    ('items = ["**.csv"]', "** stands alone between slashes"),
    ('items = ["a**/*.csv"]', "** stands alone between slashes"),
    (f'items = ["{"n" * 300}.csv"]', "cannot look for files"),
    ('items = ["a\\u0000.csv"]', "a control character"),
    ('items = ["a\\ufffeb.csv"]', "a control character"),
    ('items = ["a\\\\..\\\\..\\\\b.csv"]', "leaves the folder"),
    ('rules = "a\\u0000"', "a control character"),
    ('rules = "../../x"', "leaves the folder"),
    ('basic_catalogue = "a\\u0000.csv"', "a control character"),
    ('output = {folder = "a\\u0000"}', "a control character"),
])
def test_a_path_that_is_none_is_told(tmp_path, config, what):
    error = refused(tmp_path, config)

    assert what in error.what.en and error.fix and error.where.line == 1
    assert not any(sign in error.what.en for sign in "\0\ufffe")


@pytest.mark.parametrize(("config", "line", "what"), [
    ('[defaults]\ncontact = "x"\npromised = "abc"', 3, "abc"),
    ('[defaults]\n"承诺办结时限" = "abc"', 2, "abc"),
    ('[defaults]\ncontact = 2026-01-01', 2, "not 2026-01-01"),
    ('[defaults]\ncontact = 12:30:00', 2, "not 12:30:00"),
    ('[defaults]\nlevels = "zz级"', 2, "zz级"),
    ('[defaults]\nmaterials = [{name = "甲"}, {nam = "乙"}]', 2, "nam"),
    ('title = "x"\nprofile = "zzz"', 2, "zzz"),
    ('title = "x"\nauthority = "a\\u202eb"', 2, "U+202E"),
])
def test_a_wrong_default_is_told_once_and_where_it_stands(tmp_path, config, line, what):
    error = refused(tmp_path, config)

    assert what in error.what.en and "datetime" not in error.what.en
    assert (error.where.file, error.where.line) == (str(tmp_path / "c" / "flowstd.toml"), line)
