"""``flowstd diff``: what it prints, and how it ends."""

from __future__ import annotations

from tests.catalogues import GOOD_PYTHON, GOOD_YAML


def test_two_versions_of_an_item(run, tmp_path):
    (tmp_path / "a.py").write_text(GOOD_PYTHON, "utf-8")
    (tmp_path / "b.py").write_text(GOOD_PYTHON.replace('"公共服务"', '"公共服务", office="档案科"').replace("查询档案", "调阅档案"),
                                   "utf-8")
    ran = run("diff", tmp_path / "a.py", tmp_path / "b.py")

    assert (ran.code, ran.err) == (1, "")
    assert ran.out == "~ element 承办科室\n    ∅ → 档案科\n~ step 调阅档案\n    name: 查询档案 → 调阅档案\n"


def test_the_same_twice(run, tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD_YAML, "utf-8")
    ran = run("diff", tmp_path / "a.yaml", f"{tmp_path / 'a.yaml'}:备案")

    assert (ran.code, ran.out) == (0, "nothing has changed\n")


def test_a_source_that_cannot_be_read_is_told(run, tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD_YAML, "utf-8")
    (tmp_path / "b.yaml").write_text("name：坏\n", "utf-8")
    ran = run("diff", tmp_path / "a.yaml", tmp_path / "b.yaml")

    assert ran.code == 1 and "b.yaml:1" in ran.err and "fix" in ran.err
    assert run("diff", tmp_path / "a.yaml", tmp_path / "none.yaml").code == 2
