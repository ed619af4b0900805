"""The report of a build: numbers, what failed, and who must mend it."""

from __future__ import annotations

import json

from tests.catalogues import GOOD_ROW, GOOD_YAML, HEADINGS, catalogue, flowstd


def test_the_report_says_what_the_build_did(tmp_path):
    rows = GOOD_ROW + GOOD_ROW.replace("T-1", "T-9").replace("immediate", "imediate")
    folder = catalogue(tmp_path / "c", {"items.csv": HEADINGS.replace("情形", "情形,authority")
                                        + rows.replace("新办", "新办,<甲>局"), "a.yaml": GOOD_YAML})
    ran = flowstd("build", folder, "-o", tmp_path / "out", "--format", "json", "--report", tmp_path / "r.json")
    told = json.loads((tmp_path / "r.json").read_text("utf-8"))

    assert ran.code == 1
    assert (told["charts"], told["built"], told["failed"]) == (2, 2, ["T-9"])
    assert told["departments"]["<甲>局"] == {
        "charts": 1, "built": 1, "kept": 0, "failed": 1, "error": 1, "warning": 0, "info": 0}
    assert [one["item"] for one in told["findings"]] == ["T-9"]
    flowstd("build", folder, "-o", tmp_path / "out", "--format", "json", "--report", tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "&lt;甲&gt;局" in page and "T-9" in page and "<甲>" not in page


def test_a_report_of_another_kind_is_refused_before_any_work(tmp_path):
    folder = catalogue(tmp_path / "c", {"a.yaml": GOOD_YAML})
    ran = flowstd("build", folder, "-o", tmp_path / "out", "--report", tmp_path / "r.pdf")

    assert (ran.code, (tmp_path / "out" / "index.html").exists()) == (2, False)
