"""Files of a catalogue with anything taken out or put in: read, or told with place and remedy; never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.base.errors import FlowstdError
from flowstd.catalog.config import open_catalogue
from flowstd.catalog.entry import Failed
from flowstd.catalog.load import load
from flowstd.dsl import end, flow_of, window
from flowstd.report.text import text, told
from tests.catalogues import catalogue

YAML = """name: 示例许可
code: T-1
item_type: 行政许可
promised: 5工作日
materials: [申请表, {name: 身份证, need: 必要}]
levels: [县级]
scenarios:
  新办:
    template: ordinary_licence
    with: {special: [现场勘验], question: 是否？}
  变更:
    lanes: {窗口: window}
    steps:
      - 申请人: 提交
        materials: [申请表]
      - 窗口: 是否齐全？
        是: [{窗口: 受理, within: 1工作日}]
        否: [{窗口: 补正}, {back: 是否齐全？}]
      - parallel: [[{窗口: 甲}], [{窗口: 乙}]]
      - end: granted
  注销:
    flow: a.json
"""
CSV = """code,name,item_type,情形,模板,promised,materials,with.special,levels,link,parent
T-2,户外广告设施设置许可,行政许可,新办,ordinary_licence,10工作日,申请表；设计图,现场勘验,县级,https://a.cn,
T-3,中医诊所备案,其他行政权力,备案,,1工作日,"备案表；""身份""证明",,,,甲
"""
TOML = """title = "t"
items = ["*.csv", "*.yaml"]
rules = "rules.toml"
[defaults]
contact = "x"
promised = "5工作日"
[columns]
"承诺" = "promised"
[build]
seconds = 10
[[allow]]
rule = "TIM016"
reason = "x"
until = 2026-12-31
"""
RULES = """[illustrative]
contact = "示例"
[[rule]]
types = ["其他行政权力"]
words = ["备案"]
scenario = "备案"
template = "filing"
with = {limit = "5 workdays"}
[[rule]]
scenario = "新办"
template = "immediate"
"""
JSON = flow_of(window.accept("受理", materials="申请表") >> end.granted, "受理").to_json()
FILES = {"a.yaml": YAML, "b.csv": CSV, "rules.toml": RULES, "a.json": JSON, "flowstd.toml": TOML}
TOKENS = ("\0", "\x1b[31m", "\u202e", "\ufffe", "\u2028", "\r", "\n", "\t", '"', "'", '"""', "：", "，", "；", "[", "]",
          "{", "}", "**", "../", "/", "\\", "\\u0000", "\\ud800", "-5", "nan", "1e999", "9" * 20, "9" * 5_000,
          "x" * 400, "null", "~", "true", "no", "2026-01-01", "12:30", "&a ", "*a", "<<: ", "!x ", "- ", ": ", ", ",
          "= 1\n", "[[allow]]\n", "self", "where", "with: {self: 1}\n", "\u3000")
EDITS = st.lists(st.tuples(st.integers(0, 2_000), st.sampled_from((0, 0, 1, 3, 30)),
                           st.sampled_from(TOKENS) | st.characters(exclude_categories=("Cs",))), min_size=1, max_size=4)


def damaged(content: str, edits: list[tuple[int, int, str]]) -> str:
    for at, length, put in edits:
        at %= len(content) + 1
        content = content[:at] + put + content[at + length:]
    return content


@pytest.mark.parametrize("name", FILES)
@given(edits=EDITS)
def test_a_damaged_file_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, name: str,
                                        edits: list[tuple[int, int, str]]) -> None:
    folder = catalogue(tmp_path_factory.mktemp("c") / "c", {**FILES, name: damaged(FILES[name], edits)}, TOML)
    try:
        for entry in load(open_catalogue(folder)):
            if isinstance(entry, Failed):
                assert not [one for one in entry.findings if one.code.startswith("INT")]
                assert all(one.message.zh and one.message.en and one.where for one in entry.findings), entry
                shown = text(entry.findings)
            else:
                shown = entry.flow.to_json()
            assert "\x1b" not in shown and shown.encode("utf-8")
    except FlowstdError as error:
        assert Path(error.where.file).parent == folder and "\x1b" not in told(error) and told(error).encode("utf-8")
