"""The workbook that departments get: equal when it comes back, text in every cell, heads that hold."""

from __future__ import annotations

import csv
import io
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowstd.base.legal import Evidence, LegalSource
from flowstd.base.term import Term, Unit
from flowstd.catalog.book.columns import BY_NAME, TABLES
from flowstd.catalog.config import open_catalogue
from flowstd.catalog.from_xlsx import cases_in
from flowstd.catalog.load import load
from flowstd.catalog.to_xlsx import book_of
from flowstd.ir.case import Case
from flowstd.ir.kinds import Kind, Outcome
from flowstd.ir.model import Flow, Lane, Link, Node
from flowstd.item import Allowance, Fee, Item, Material, Result
from flowstd.item.model import LISTS
from flowstd.item.profile import profile
from tests.blocks import flows
from tests.conftest import EXAMPLES, need

TRICKS = ('=HYPERLINK("http://x","y")', "+1", "-1+1", "@SUM(A1)", "\t=1+1", "＝1+1", "=cmd|' /C calc'!A0", "'=1",
          "_x0041_", "0012",
          "1E5", "2026-01-31", "TRUE", "a；b", "a;b", "—", "第一行\n第二行")


def through(cases: list[Case], tmp_path: Path) -> list[Any]:
    book, lost = book_of(cases)
    assert lost == ()
    path = tmp_path / "book.xlsx"
    path.write_bytes(book)
    return list(cases_in(path, {}))


def simple(item: Item, *, label: str = "受理", **about: Any) -> Case:
    lane = Lane(id="窗口", name="窗口", role="window")
    nodes = (Node(id="start", kind=Kind.START, label="开始", lane="窗口"),
             Node(id="a", kind=Kind.TASK, label=label, lane="窗口", step="accept", **about),
             Node(id="z", kind=Kind.END, label="办结", lane="窗口", outcome=Outcome.DONE))
    links = (Link(id="1", source="start", target="a"), Link(id="2", source="a", target="z"))
    return Case(item=item, scenario="新办", flow=Flow(title="", lanes=(lane,), nodes=nodes, links=links))


# ---- round trip


@pytest.fixture(scope="module")
def bureau() -> list[Case]:
    cases = [entry for entry in load(open_catalogue(EXAMPLES / "bureau")) if isinstance(entry, Case)]
    assert len(cases) == 344
    return cases


@pytest.fixture(scope="module")
def bureau_book(bureau: list[Case], tmp_path_factory: pytest.TempPathFactory) -> Path:
    book, lost = book_of(bureau)
    assert lost == ()
    path = tmp_path_factory.mktemp("books") / "bureau.xlsx"
    path.write_bytes(book)
    return path


def test_the_344_items_come_back_equal(bureau: list[Case], bureau_book: Path) -> None:
    back = list(cases_in(bureau_book, {}))

    assert [case.key for case in back] == [case.key for case in bureau]
    assert [case.item for case in back] == [case.item for case in bureau]
    assert [case.flow for case in back] == [case.flow for case in bureau]


def test_an_office_program_reads_it_and_keeps_every_item(bureau: list[Case], bureau_book: Path, tmp_path: Path) -> None:
    """Opened and saved by another program, all styles, texts and sheets written its own way, the items are the same."""
    need(which("soffice") is not None, "LibreOffice")
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to",
                    "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path), str(bureau_book)], check=True,
                   capture_output=True, timeout=300)

    assert list(cases_in(tmp_path / "bureau.xlsx", {})) == bureau


_text = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"),
                              exclude_characters="\ufffe\uffff"),
                min_size=1, max_size=20)
_words = _text | st.sampled_from(TRICKS)
_line = st.just("") | _words.map(lambda text: " ".join(text.split()))
_name = _words.map(lambda text: " ".join(text.split()) or "名")
_term = st.none() | st.builds(Term, count=st.integers(0, 99), unit=st.sampled_from(Unit))
_day = st.none() | st.dates(date(1900, 1, 1), date(2999, 12, 31))
_law = st.builds(LegalSource, title=_name, number=_line, article=_line, in_force_from=_day, checked_on=_day,
                 evidence=st.sampled_from(Evidence))
_lists = {name: st.just("") | st.sampled_from(profile().list(codes).words) for name, codes in LISTS.items()}
_many = {name: st.lists(st.sampled_from(profile().list(codes).words), max_size=3, unique=True).map(tuple) for name,
         codes in LISTS.items()}


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Items with any value in any element."""
    about: dict[str, Any] = {name: draw(_line) for name in (
        "parent", "authority", "entrusted_by", "office", "statutory_note", "promised_note", "onsite_reason", "place",
        "opening_hours",
        "contact", "complaint")}
    about |= {name: draw(st.sampled_from(("", "0012", "1E5", "511A-1"))) for name in (
        "code", "local_code", "catalog_code", "authority_code", "version")}
    about |= {name: draw(_lists[name]) for name in ("state", "authority_kind", "power_source", "case_type", "area")}
    about |= {name: draw(_many[name]) for name in ("levels", "service_targets", "channels", "special_procedures")}
    about |= {"item_type": draw(st.sampled_from(profile().list("item_type").words)), "name": draw(_name),
              "statutory": draw(_term), "promised": draw(_term), "effective_on": draw(_day), "cancelled_on": draw(_day),
              "onsite_visits": draw(st.none() | st.integers(0, 9)),
              "legal_bases": tuple(draw(st.lists(_law, max_size=3))),
              "acceptance_conditions": tuple(draw(st.lists(_name, max_size=3))),
              "illustrative": ("place",) * draw(st.integers(0, 1))}
    if draw(st.booleans()):
        about["fee"] = Fee(charged=draw(st.booleans()), name=draw(_line), standard=draw(_line),
                           basis=draw(st.none() | _law),
                           waivable=draw(st.booleans()), waiver_basis=draw(st.none() | _law))
    about["materials"] = tuple(Material(name=draw(_name), copies=draw(st.none() | st.integers(0, 9)), note=draw(_line),
                                        basis=draw(st.none() | _law)) for _ in range(draw(st.integers(0, 3))))
    about["allow"] = tuple(Allowance(rule="TIM016", reason=draw(_name), basis=draw(st.none() | _law), until=draw(_day),
                                     step=draw(_line),
                                     scenario=draw(_line)) for _ in range(draw(st.integers(0, 2))))
    about["results"] = tuple(Result(name=draw(_name), valid=draw(_term)) for _ in range(draw(st.integers(0, 2))))
    return Item(**about)


@settings(max_examples=60)
@given(item=items(), flow=flows(depth=2, length=3))
def test_any_item_comes_back(item: Item, flow: Flow, tmp_path_factory: pytest.TempPathFactory) -> None:
    case = Case(item=item, scenario="新办", flow=flow)
    book, lost = book_of([case])
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    path.write_bytes(book)

    assert lost == () and list(cases_in(path, {})) == [case]


@pytest.mark.parametrize("trick", TRICKS)
def test_text_stays_text_both_ways(trick: str, tmp_path: Path) -> None:
    item = Item(name="甲 " + trick.strip(), item_type="行政许可", place=trick,
                materials=(Material(name=trick.split("\n")[0].strip(), note=trick),))
    case = simple(item, label=trick.split("\n")[0].strip(), note=trick.strip(), post=trick.strip())

    [back] = through([case], tmp_path)

    assert back == case


def test_nothing_in_the_file_is_a_formula_or_a_link(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    cases = [simple(Item(name=trick.split("\n")[0].strip(), item_type="行政许可", place=trick),
                    label=trick.split("\n")[0].strip()) for trick in TRICKS]
    book = openpyxl.load_workbook(io.BytesIO(book_of(cases)[0]))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert {cell.number_format for cell in cells if cell.row > 1 and cell.parent.title in BY_NAME} == {"@"}


def test_what_a_workbook_cannot_say_is_told() -> None:
    item = Item(name="甲", item_type="行政许可", code="T-1")

    for case, why in ((simple(item, note="字" * 40_000), "more than 32767 characters"),
                      (simple(item, label=" 受理"), 'step " 受理" is read back differently'),
                      (simple(item, note="\ufffe"), "characters that no workbook can")):
        book, [lost] = book_of([case])
        assert (lost.level, lost.item) == ("error", "T-1.新办") and why in lost.message.en
        assert zipfile.ZipFile(io.BytesIO(book)).testzip() is None


# ---- as a thing to fill in


@pytest.fixture(scope="module")
def template() -> Any:
    openpyxl = pytest.importorskip("openpyxl")
    return openpyxl.load_workbook(io.BytesIO(book_of(())[0]))


def test_the_template_has_its_sheets_and_headings(template: Any) -> None:
    assert template.sheetnames == ["说明", *BY_NAME, "代码表"]
    for table in TABLES:
        assert [cell.value for cell in template[table.name][1]] == [column.title for column in table.columns]
    assert template["代码表"].sheet_state == "hidden"


def test_heads_are_protected_and_rows_are_not(template: Any) -> None:
    for table in TABLES:
        sheet = template[table.name]
        assert sheet.protection.sheet and not sheet.protection.insertRows and not sheet.protection.deleteRows
        assert all(cell.protection.locked for cell in sheet[1])
        assert not any(sheet.column_dimensions[letter].protection.locked for letter in ("A", "B", "C"))
        assert sheet.freeze_panes is not None


def test_drop_downs_offer_the_code_lists_of_the_profile(template: Any) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    guangdong = openpyxl.load_workbook(io.BytesIO(book_of((), "guangdong")[0]))

    assert offered(template, "事项", "事项类型") == list(profile().list("item_type").words)
    assert offered(guangdong, "事项", "事项类型") == list(profile("guangdong").list("item_type").words)
    assert offered(template, "步骤", "办结状态")[0] == "准予"


def offered(book: Any, sheet: str, heading: str) -> list[str]:
    column = next(cell.column_letter for cell in book[sheet][1] if cell.value == heading)
    [rule] = [rule for rule in book[sheet].data_validations.dataValidation if f"{column}2:" in str(rule.sqref)]
    assert rule.type == "list" and "步骤" not in rule.formula1
    area = rule.formula1.replace("代码表!", "").replace("$", "")
    return [cell.value for row in book["代码表"][area] for cell in row]


def test_every_column_says_how_to_fill_it_in(template: Any) -> None:
    told = [str(cell.value) for row in template["说明"].iter_rows() for cell in row if cell.value]

    for table in TABLES:
        assert all(column.title in told for column in table.columns)
    assert all(len(column.help) <= 255 and len(column.title) <= 32 for table in TABLES for column in table.columns)


def test_the_empty_template_reads_as_no_items(tmp_path: Path) -> None:
    assert through([], tmp_path) == []


def test_every_element_has_a_column() -> None:
    fields = {column.field for column in BY_NAME["事项"].columns}

    assert set(Item.model_fields) - fields == {"where", "materials", "results", "fee", "allow"}
    assert {f"fee.{name}" for name in Fee.model_fields if name != "where"} <= fields
    for model, sheet in ((Material, "材料"), (Result, "结果")):
        assert {column.field for column in BY_NAME[sheet].columns} - {"of",
                                                                      "scenario"} == set(model.model_fields) - {"where"}
    assert {column.field for column in BY_NAME["允许偏离"].columns} - {"of",
                                                                   "only"} == set(Allowance.model_fields) - {"where"}


def test_the_real_list_names_the_same_items(bureau: list[Case]) -> None:
    with open(EXAMPLES / "bureau" / "items.csv", encoding="utf-8", newline="") as file:
        codes = {row["local_code"] for row in csv.DictReader(file)}

    assert {case.item.code for case in bureau} == codes
