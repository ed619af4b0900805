"""One edition is whole, typed, and says where it comes from."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from flowstd.base.errors import UnknownName
from flowstd.base.legal import Evidence
from flowstd.layout.frames import FORMS
from flowstd.layout.model import Rect
from flowstd.render.svg.symbols import HUNG, SYMBOLS
from flowstd.standard import edition
from flowstd.standard.edition import Inks, load


def test_an_edition_is_read_once() -> None:
    assert load("2026") is load("2026") is load()


def test_an_unknown_edition_offers_the_nearest() -> None:
    with pytest.raises(UnknownName) as raised:
        load("2062")

    assert raised.value.fix is not None
    assert "2026" in raised.value.fix.en


def test_an_unknown_theme_offers_the_nearest() -> None:
    with pytest.raises(UnknownName) as raised:
        load().theme("oficial")

    assert raised.value.fix is not None
    assert "official" in raised.value.fix.en


def test_a_name_with_a_path_in_it_is_no_edition() -> None:
    with pytest.raises(UnknownName):
        load("2026/../2026")


def test_the_symbols_say_what_they_are_modelled_on() -> None:
    source = load().symbols.source

    assert (source.number, source.evidence) == ("GB/T 1526-1989", Evidence.MODELLED)


@pytest.mark.parametrize("part", ["symbols", "words", "sheet", "palette"])
def test_every_file_says_when_it_was_checked(part: str) -> None:
    assert getattr(load(), part).source.checked_on.year >= 2026


def test_every_symbol_that_can_be_drawn_has_a_name_and_a_meaning() -> None:
    named = {form.id: form for form in load().symbols.form}

    assert set(named) == set(SYMBOLS)
    assert set(FORMS.values()) <= set(named)
    assert all(form.name and form.meaning for form in named.values())


@pytest.mark.parametrize("inks", load().palette.themes.values(), ids=load().palette.themes)
def test_nothing_is_told_by_colour_alone(inks: Inks) -> None:
    outlines = [{f(Rect(0, 0, 120, 40), load().symbols) for f in (outline, HUNG.get(form, outline))}
                for form, outline in SYMBOLS.items()]

    assert all(one.isdisjoint(other) for one, other in combinations(outlines, 2))
    assert set(inks.fills) <= set(SYMBOLS)                # a colour belongs to a form: what has one has the other


def test_the_first_paper_is_a4_portrait() -> None:
    assert (load().sheet.paper[0].width, load().sheet.paper[0].height) == (794, 1123)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours written #rrggbb."""
    def luminance(colour: str) -> float:
        parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


THEMES: dict[str, Inks] = {**load().palette.themes,
                           **{f"{name}-dark": t.dark for name, t in load().palette.themes.items() if t.dark}}


@pytest.mark.parametrize("inks", THEMES.values(), ids=THEMES)
def test_every_theme_can_be_read(inks: Inks) -> None:
    grounds = (inks.paper, inks.head, inks.fill, *inks.fills.values())

    assert all(contrast(ink, ground) >= 4.5 for ink in (inks.ink, inks.soft) for ground in grounds)
    assert all(contrast(line, ground) >= 3 for line in (inks.line, inks.hair) for ground in grounds)


def test_the_official_theme_is_black_on_white() -> None:
    inks = load().theme("official")
    greys = {inks.paper, inks.ink, inks.line, inks.soft, inks.hair, inks.head, inks.fill}

    assert all(grey[1:3] == grey[3:5] == grey[5:7] for grey in greys)
    assert not inks.fills


def test_nothing_else_opens_the_files_of_an_edition() -> None:
    package = Path(edition.__file__).parents[1]
    opens = re.compile(r"e2026|(symbols|palette|sheet|words)\.toml")
    found = [path.name for path in package.rglob("*.py")
             if path.name != "edition.py" and opens.search(path.read_text("utf-8"))]

    assert found == []
