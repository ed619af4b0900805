"""A sheet of items: what offices send, and what is told of it while the good rows are built."""

from __future__ import annotations

import pytest

from flowstd.base.finding import Finding
from tests.catalogues import CONFIG, GOOD_ROW, GOOD_YAML, HEADINGS, catalogue, loaded


def sheet(tmp_path, content: str | bytes, config: str = CONFIG, **files: str):
    named = {name.replace("_", "."): text for name, text in files.items()}
    return loaded(catalogue(tmp_path / "c", {"items.csv": content, "other.yaml": GOOD_YAML, **named}, config))


def only(failed) -> Finding:
    assert [len(one.findings) for one in failed] == [1]
    finding = failed[0].findings[0]
    assert finding.where.file.endswith("items.csv")
    assert finding.fix is not None
    return finding


def codes(cases) -> list[str]:
    return [case.item.code for case in cases]


def test_a_row_becomes_a_case(tmp_path):
    cases, failed = sheet(tmp_path, HEADINGS + GOOD_ROW)

    assert not failed
    assert [case.key for case in cases] == ["T-2.备案", "T-1.新办"]
    assert cases[1].flow.title == "户外广告设施设置许可（新办）"
    assert cases[1].where.line == 2
    assert not cases[1].item.illustrative


@pytest.mark.parametrize("encode", [
    lambda text: text.encode("utf-8"), lambda text: text.encode("utf-8-sig"),
    lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
])
def test_encodings_that_are_fine(tmp_path, encode):
    cases, failed = sheet(tmp_path, encode(HEADINGS + GOOD_ROW))

    assert not failed
    assert cases[1].item.name == "户外广告设施设置许可"


@pytest.mark.parametrize(("encoding", "named"), [("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16", "UTF-16")])
def test_another_encoding_is_named_and_other_files_are_built(tmp_path, encoding, named):
    cases, failed = sheet(tmp_path, (HEADINGS + GOOD_ROW).encode(encoding))

    finding = only(failed)
    assert named in finding.message.en and named in finding.message.zh
    assert "UTF-8" in finding.fix.en
    assert codes(cases) == ["T-2"]


def test_latin_bytes_are_not_called_chinese(tmp_path):
    _, failed = sheet(tmp_path, HEADINGS.encode() + b"T-1,caf\xe9,x,y,z\n")

    assert only(failed).where.line == 2


def test_missing_columns_are_named(tmp_path):
    cases, failed = sheet(tmp_path, "code,情形\nT-1,新办\n")

    assert "name, item_type" in only(failed).message.en
    assert codes(cases) == ["T-2"]


def test_semicolons_instead_of_commas_are_guessed(tmp_path):
    _, failed = sheet(tmp_path, "code;name;item_type\nT-1;a;b\n")

    assert "comma" in only(failed).fix.en


def test_an_empty_sheet(tmp_path):
    _, failed = sheet(tmp_path, "")

    assert "name, item_type" in only(failed).message.en


def test_duplicate_codes_name_both_rows_and_the_first_is_built(tmp_path):
    cases, failed = sheet(tmp_path, HEADINGS + GOOD_ROW + "T-9,甲,行政许可,新办,immediate\n" + GOOD_ROW.replace("户外", "室内"))

    finding = only(failed)
    assert finding.message.en == 'the code "T-1" is given twice: in row 2 and in row 4'
    assert finding.where.line == 4
    assert codes(cases) == ["T-2", "T-1", "T-9"]
    assert cases[1].item.name.startswith("户外")


def test_one_code_in_two_scenarios_is_fine(tmp_path):
    cases, failed = sheet(tmp_path, HEADINGS + GOOD_ROW + GOOD_ROW.replace("新办", "变更"))

    assert not failed
    assert [case.key for case in cases[1:]] == ["T-1.新办", "T-1.变更"]


def test_an_unknown_column_offers_the_nearest_and_its_rows_are_built(tmp_path):
    cases, failed = sheet(tmp_path, HEADINGS.replace("\n", ",promissed\n") + GOOD_ROW.replace("\n", ",5工作日\n"))

    finding = only(failed)
    assert 'did you mean "promised"' in finding.fix.en
    assert '"promissed" = ""' in finding.fix.en
    assert codes(cases) == ["T-2", "T-1"]


def test_columns_are_renamed_and_left_out(tmp_path):
    config = CONFIG + '[columns]\n"项目" = "name"\n"备考" = ""\n'
    cases, failed = sheet(tmp_path, "code,项目,item_type,情形,模板,备考\nT-1,甲,行政许可,新办,immediate,随便\n", config)

    assert not failed
    assert cases[1].item.name == "甲"


def test_two_columns_of_one_meaning(tmp_path):
    _, failed = sheet(tmp_path, "name,事项名称,item_type\na,b,c\n")

    assert 'both "name"' in only(failed).message.en


def test_a_row_with_too_many_cells(tmp_path):
    cases, failed = sheet(tmp_path, HEADINGS + "T-5,a,b,行政许可,新办,immediate\n" + GOOD_ROW)

    finding = only(failed)
    assert finding.where.line == 2
    assert "6 cells under 5 headings" in finding.message.en
    assert codes(cases) == ["T-2", "T-1"]


def test_blank_rows_are_passed_over_and_lines_still_count(tmp_path):
    cases, failed = sheet(tmp_path, HEADINGS + "\n,,,,\n" + '"T-1","户外\n广告",行政许可,新办,immediate\n' + "T-8,乙,行政许可,新办,x\n")

    assert [case.where.line for case in cases[1:]] == [4]
    assert only(failed).where.line == 6


def test_an_open_quotation_mark(tmp_path):
    cases, failed = sheet(tmp_path, HEADINGS + GOOD_ROW + 'T-8,"乙,行政许可,新办,immediate\n')

    assert "quotation mark" in only(failed).fix.en
    assert codes(cases) == ["T-2", "T-1"]


def test_an_unknown_template_offers_the_nearest(tmp_path):
    cases, failed = sheet(tmp_path, HEADINGS + "T-8,乙,行政许可,新办,imediate\n" + GOOD_ROW)

    finding = only(failed)
    assert finding.where.line == 2
    assert 'did you mean "immediate"' in finding.fix.en
    assert codes(cases) == ["T-2", "T-1"]


def test_an_unknown_parameter_offers_the_nearest(tmp_path):
    _, failed = sheet(tmp_path, HEADINGS.replace("\n", ",with.reslt\n") + GOOD_ROW.replace("\n", ",许可证\n"))

    assert 'did you mean "result"' in only(failed).fix.en


def test_a_parameter_is_used(tmp_path):
    content = "code,name,item_type,情形,模板,with.special,with.limit\nT-1,甲,行政许可,新办,ordinary_licence,现场勘验；公示,12工作日\n"
    cases, failed = sheet(tmp_path, content)

    assert not failed
    labels = [node.label for node in cases[1].flow.nodes]
    assert "现场勘验" in labels


def test_elements_answer_what_the_template_leaves_open(tmp_path):
    content = "code,name,item_type,情形,模板,materials,results\nT-1,甲,行政许可,新办,immediate,申请表；营业执照,甲证\n"
    cases, _ = sheet(tmp_path, content)

    assert {"申请表", "营业执照", "甲证"} <= {document.name for document in cases[1].flow.documents}


@pytest.mark.parametrize("code", ["../../x", "a/b", "CON", "汉" * 200, "/etc/passwd", "C:\\x", "nul.txt", "x\x00y"])
def test_a_code_that_cannot_be_a_file_name_is_refused(tmp_path, code):
    cases, failed = sheet(tmp_path, HEADINGS + f"{code},乙,行政许可,新办,immediate\n" + GOOD_ROW)

    if "\x00" in code:
        assert "NUL" in only(failed).message.en
        return
    assert only(failed).where.line == 2
    assert codes(cases) == ["T-2", "T-1"]


def test_every_fault_of_a_row_is_told(tmp_path):
    cases, failed = sheet(tmp_path, "code,name,item_type,promised,情形,模板\na/b,乙,行政许克,20,新办,immediate\n")

    assert len(failed) == 1
    assert len(failed[0].findings) == 3
    assert codes(cases) == ["T-2"]


def test_a_row_without_template_or_rules(tmp_path):
    _, failed = sheet(tmp_path, HEADINGS + "T-8,乙,行政许可,,\n")

    assert "rules" in only(failed).fix.en


RULES = '''
[illustrative]
contact = "咨询台"

[[rule]]
types = ["行政许可"]
parents = ["企业"]
words = ["注销"]
unless = ["抵押"]
scenario = "注销"
template = "cancellation"
elements = { promised = "5工作日" }

[[rule]]
types = ["行政许可"]
scenario = "新办"
template = "ordinary_licence"
with = { special = ["现场勘验"] }
'''
RULED = CONFIG + 'rules = "rules.toml"\n'


def test_rules_choose_and_mark_what_they_give(tmp_path):
    content = "code,name,item_type,parent,contact\nT-1,甲注销,行政许可,企业登记,\nT-5,乙注销抵押,行政许可,企业登记,自己的电话\n"
    cases, failed = sheet(tmp_path, content, RULED, rules_toml=RULES)

    assert not failed
    first, second = cases[1:]
    assert (first.scenario, second.scenario) == ("注销", "新办")
    assert first.item.illustrative == ("contact", "promised")
    assert second.item.illustrative == ()
    assert second.item.contact == "自己的电话"
    assert "现场勘验" in [node.label for node in second.flow.nodes]


def test_a_row_that_no_rule_is_for(tmp_path):
    cases, failed = sheet(tmp_path, "code,name,item_type\nT-1,甲,公共服务\nT-5,乙,行政许可\n", RULED, rules_toml=RULES)

    assert "no rule" in only(failed).message.en
    assert codes(cases) == ["T-2", "T-5"]


@pytest.mark.parametrize(("rules", "line", "what"), [
    ("", 0, "no rules"),
    ('[[rule]]\nscenario = "a"', 1, "no template"),
    ('[[rule]]\ntemplate = "filing"', 1, "no scenario"),
    ('[[rule]]\nscenario = "a"\ntemplate = "filing"\nword = ["x"]', 4, '"word"'),
    ('[[rule]]\nscenario = "a"\ntemplate = "filing"\nwords = 1', 4, "list of texts"),
    ('[[rule]]\nscenario = "a"\ntemplate = "filling"', 3, "filling"),
    ('[[rule]]\nscenario = "a"\ntemplate = "filing"\nwith = { limt = "1工作日" }', 4, "limt"),
    ('[[rule]]\nscenario = "a"\ntemplate = "filing"\nwith = { limit = "1天" }', 4, "which days"),
])
def test_a_mistake_in_the_rules_is_told_there(tmp_path, rules, line, what):
    cases, failed = sheet(tmp_path, "code,name,item_type\nT-1,甲,行政许可\n", RULED, rules_toml=rules)

    finding = failed[0].findings[0]
    assert what in finding.message.en
    assert (finding.where.file.rpartition("/")[2], finding.where.line) == ("rules.toml", line)
    assert codes(cases) == ["T-2"]


def test_a_row_gives_way_to_an_item_written_by_hand(tmp_path):
    cases, failed = sheet(tmp_path, HEADINGS + "T-2,表格里的名称,其他行政权力,备案,filing\n" + GOOD_ROW)

    assert not failed
    assert [case.item.name for case in cases] == ["中医诊所备案", "户外广告设施设置许可"]


def test_two_sheets_may_not_share_a_code(tmp_path):
    folder = catalogue(tmp_path / "c", {"a.csv": HEADINGS + GOOD_ROW, "b.csv": HEADINGS + GOOD_ROW})
    cases, failed = loaded(folder)

    assert len(cases) == 1
    assert "a.csv:2" in failed[0].findings[0].message.en and "b.csv:2" in failed[0].findings[0].message.en


def test_rows_that_fill_in_their_rule_alike_share_its_steps_but_not_its_place(tmp_path):
    rules = '[[rule]]\nscenario = "新办"\ntemplate = "ordinary_licence"\n'
    rows = "".join(f"T-{n},户外广告设施设置许可{n},行政许可,{days}\n" for n, days in enumerate(("15工作日", "15工作日", "14工作日", "")))
    folder = catalogue(tmp_path / "c", {"items.csv": "code,name,item_type,promised\n" + rows, "t.toml": rules},
                       'items = ["items.csv"]\nrules = "t.toml"\n')
    first, second, other, plain = loaded(folder)[0]

    assert first.flow.nodes is second.flow.nodes
    assert len({id(case.flow.nodes) for case in (first, other, plain)}) == 3
    assert [str(case.flow.where).rpartition(":")[0][-9:] for case in (first, second, other)] == ["items.csv"] * 3
    assert [case.flow.where.line for case in (first, second, other)] == [2, 3, 4]
    assert {finding.where.line for finding in second.compile().findings if finding.where.file.endswith(".csv")} <= {3}


def test_rows_that_name_one_template_alike_share_its_steps(tmp_path):
    rows = "".join(f"A-{n},甲{n},行政许可,新办,ordinary_licence,{special},5工作日\n" for n, special in enumerate(
        ("现场勘验", "现场勘验", "听证", "")))
    cases, failed = sheet(tmp_path, f"{HEADINGS.strip()},with.special,promised\n{rows}")
    first, second, other, plain = cases[1:]

    assert not failed
    assert first.flow.nodes is second.flow.nodes
    assert len({case.flow for case in (first.model_copy(), other, plain)}) == 3
    assert [case.flow.title for case in (first, second)] == ["甲0（新办）", "甲1（新办）"]
    assert [case.flow.where.line for case in (first, second, other)] == [2, 3, 4]


def test_rows_read_together_are_the_rows_read_alone(tmp_path):
    rows = [f"A-{n},{name},行政许可,,{contact}\n" for n, (name, contact) in enumerate(
        (("甲", ""), ("乙", ""), ("丙注销", "自己的电话"), ("丁", "另一个电话"), ("戊", "自己的电话")))]
    heads = "code,name,item_type,parent,contact\n"
    together, _ = sheet(tmp_path, heads + "".join(rows), RULED, rules_toml=RULES)
    for number, (row, case) in enumerate(zip(rows, together[1:], strict=True)):
        (tmp_path / str(number)).mkdir()
        _, alone = sheet(tmp_path / str(number), heads + "\n" * number + row, RULED, rules_toml=RULES)[0]

        assert case == alone
        assert case.item.model_dump_json() == alone.item.model_dump_json()
        assert case.item.where.line == alone.item.where.line == number + 2


def test_a_fault_of_a_later_row_is_told_there(tmp_path):
    rows = "T-1,甲,行政许可,,\nT-9,乙,行政许可,,\n../x,丙,行政许可,,\n"
    cases, failed = sheet(tmp_path, "code,name,item_type,parent,contact\n" + rows, RULED, rules_toml=RULES)

    assert codes(cases) == ["T-2", "T-1", "T-9"]
    assert only(failed).where.line == 4


@pytest.mark.parametrize(("cell", "told"), [
    ("身份证明、申请表", True), ('"身份证明，申请表"', True), ("身份证明；申请表", False), ("法人、负责人证明；", False), ("申请表", False)])
def test_materials_that_nothing_divides_are_told(tmp_path, cell, told):
    cases, failed = sheet(tmp_path, HEADINGS.strip() + ",materials\n" + GOOD_ROW.strip() + f",{cell}\n")

    assert not failed
    assert [one.name for one in cases[-1].noticed] == ["undivided-list"] * told
