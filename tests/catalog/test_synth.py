"""The synthetic city: deterministic, whole, and drawn without a failure."""

from __future__ import annotations

import csv
import tomllib

from flowstd.catalog.synth import CITY, city, write
from flowstd.dsl.templates.registry import TEMPLATES
from tests.catalogues import built, flowstd


def test_the_same_seed_gives_the_same_city(tmp_path):
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, 700, seed)
    files = {name: {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()}
             for name in "abc"}

    assert files["a"] == files["b"] != files["c"]


def test_a_larger_city_begins_with_the_smaller():
    assert list(city(2_000, 3))[:700] == list(city(700, 3))
    assert len({row[0] for row in city(2_000, 3)}) == 2_000


def test_every_template_is_used():
    rules = tomllib.loads((CITY / "templates.toml").read_text("utf-8"))["rule"]

    assert {rule["template"] for rule in rules} == set(TEMPLATES)


def test_every_name_of_the_city_becomes_a_chart(tmp_path):
    with open(CITY / "names.csv", encoding="utf-8", newline="") as file:
        names = sum(1 for _ in csv.DictReader(file))
    made = flowstd("synth", tmp_path / "c", "--items", str(names), "--seed", "1")
    assert made.code == 0, made.err
    summary = built(tmp_path / "c", tmp_path / "out")

    assert (len(summary.rows), summary.failed) == (608, [])
    assert not [finding for finding in summary.findings if finding.level == "error"]
