"""[[allow]] in flowstd.toml: for the items it names or for all of them, in check and in build alike."""

from __future__ import annotations

from collections import Counter

import pytest

from flowstd.catalog.config import BadConfig, open_catalogue
from flowstd.cli.checked import Result, check_all
from tests.catalogues import HEADINGS, built, catalogue, loaded

ROWS = "T-1,甲许可(乙),行政许可,新办,immediate\nT-2,丙许可(丁),行政许可,新办,immediate\n"


def folder(tmp_path, config: str):
    return catalogue(tmp_path / "c", {"items.csv": HEADINGS + ROWS}, config)


def grant(rule: str, more: str = "") -> str:
    return f'[[allow]]\nrule = "{rule}"\nreason = "批文原名"\n{more}\n'


def checked(folder) -> Result:
    return check_all(str(folder), open_catalogue(folder), "draft", lambda code: True)


def codes(result: Result) -> Counter:
    return Counter(finding.code for finding in result.findings)


@pytest.mark.parametrize(("items", "left"), [("", 0), ('items = ["T-1"]', 1), ('items = ["T-1.新办", "丙许可(丁)"]', 0)])
def test_what_a_catalogue_allows_is_set_aside_in_check_and_build(tmp_path, items, left):
    where = folder(tmp_path, grant("NAM002", items))
    cases, _ = loaded(where)
    summary = built(where, tmp_path / "out")
    result = checked(where)

    assert sum(bool(case.granted) for case in cases) == 2 - left
    assert summary.kinds.get(("NAM002", "narrow-bracket", "warning"), 0) == left
    assert codes(result)["NAM002"] == left and not codes(result)["ALW001"]
    assert [reason for one in result.checked for _, reason in one.allowed] == ["批文原名"] * (2 - left)


@pytest.mark.parametrize(("config", "said"), [
    (grant("TIM015"), "TIM015 is allowed, and no item has that fault"),
    (grant("TIM999"), 'the allowance names the rule "TIM999", which does not exist'),
    (grant("NAM002", 'items = ["T-9"]'), "NAM002 is allowed for T-9, and there is no such item"),
    (grant("NAM002", "until = 2020-01-01"), "NAM002 was allowed until 2020-01-01, which is past"),
])
def test_an_allowance_that_serves_nobody_is_told_at_its_line(tmp_path, config, said):
    told = [one for one in checked(folder(tmp_path, config)).findings if one.code.startswith("ALW")]

    assert {one.message.en for one in told} == {said}
    assert {(one.where.file.rpartition("/")[2], one.where.line) for one in told} == {("flowstd.toml", 1)}


def test_an_allowance_among_items_counts_as_used(tmp_path):
    rows = "T-1,甲许可,行政许可,新办,immediate\nT-2,甲许可,行政许可,新办,immediate\n"
    where = catalogue(tmp_path / "c", {"items.csv": HEADINGS + rows}, grant("NAM007"))
    result = checked(where)

    assert not codes(result)["NAM007"] and not codes(result)["ALW001"]
    assert sum(len(one.allowed) for one in result.checked) > 0


@pytest.mark.parametrize(("config", "line"), [
    ('[[allow]]\nrule = "NAM002"\n', 1), ('[[allow]]\nrule = "NAM002"\nreasen = "x"\n', 3),
    ('[[allow]]\nrule = "NAM002"\nreason = "x"\nuntil = "soon"\n', 1), ('allow = ["NAM002"]\n', 1),
    ('allow = "NAM002"\n', 1)])
def test_a_wrong_allowance_is_told_with_its_line(tmp_path, config, line):
    with pytest.raises(BadConfig) as told:
        open_catalogue(folder(tmp_path, config))
    assert told.value.where.line == line and told.value.where.file.endswith("flowstd.toml")


def test_names_of_elements_may_be_chinese(tmp_path):
    (given,) = open_catalogue(folder(tmp_path, '[[allow]]\n"规则" = "NAM002"\n"理由" = "x"\n"事项" = ["T-1"]\n')).allow

    assert (given.rule, given.items) == ("NAM002", ("T-1",))
