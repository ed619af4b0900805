"""What files are called: readable, legal on every disk, and never as another file is called."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from flowstd.batch import index, manifest
from flowstd.batch.plan import stem_of
from flowstd.dsl import applicant, end
from flowstd.ir.case import Case
from flowstd.item import Item
from flowstd.pipeline import FORMATS

FLOW = applicant.submit("提交申请") >> end.done
CODES = ("T-1", "t-1", "T-1.page2", "T-1.geometry", "T-1.GEOMETRY", "index", "INDEX", "flowstd-manifest",
         "T-1.page2-0", "")
SCENARIOS = ("", "page2", "Page2", "page10", "geometry", "新办", "新办.page2", "长" * 200, "nul", "新 办", "index")


def case(code: str, scenario: str) -> Case:
    """The case of an item with this code in this scenario; a code that could be no name is refused long before."""
    return Item(name="户外广告" * 40, item_type="行政许可", code=code).scenario(scenario, FLOW)


def files(stem: str) -> list[str]:
    """All that may be written for a chart of a few pages, as a disk that ignores case sees it."""
    names = [stem + form.suffix for form in FORMATS.values()]
    names += [f"{stem}.page{number}{form.suffix}" for form in FORMATS.values() if form.paged for number in (2, 10)]
    return [unicodedata.normalize("NFC", name).casefold() for name in names]


def test_no_file_of_one_case_is_called_as_one_of_another() -> None:
    stems = {stem_of(case(code, scenario)) for code, scenario in itertools.product(CODES, SCENARIOS)}
    told = {unicodedata.normalize("NFC", stem).casefold() for stem in stems}
    taken = [name for stem in sorted(told) for name in files(stem)]

    assert len(taken) == len(set(taken))
    assert not {index.NAME, manifest.NAME, manifest.PART} & set(taken)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_name_is_legal_on_every_disk(code: str, scenario: str) -> None:
    for name in files(stem_of(case(code, scenario))):
        assert len(name.encode()) <= 255
        assert not set(name) & set('<>:"/\\|?*\n\t ') and not name.endswith(".")
        assert name.partition(".")[0] not in ("con", "prn", "aux", "nul", "com1", "lpt1")


def test_what_cannot_clash_keeps_its_name() -> None:
    assert stem_of(case("T-1", "新办")) == "T-1.新办"
    assert stem_of(case("T-1", "pages")) == "T-1.pages"
