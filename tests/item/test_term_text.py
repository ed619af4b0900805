"""Terms as offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowstd.base.errors import BadElement
from flowstd.base.term import Term, Unit, days, hours, months, workdays, years
from flowstd.item.term_text import term_from


@pytest.mark.parametrize(("text", "term"), [
    ("20工作日", workdays(20)), ("20个工作日", workdays(20)), (" 20 个 工作日 ", workdays(20)),
    ("２０工作日", workdays(20)), ("³工作日", workdays(3)),
    ("5 workdays", workdays(5)), ("1 workday", workdays(1)), ("5 Working Days", workdays(5)), ("0工作日", workdays(0)),
    ("当场", workdays(0)), ("即时办结", workdays(0)), ("on the spot", workdays(0)),
    ("7自然日", days(7)), ("7个自然日", days(7)), ("7 calendar days", days(7)),
    ("4小时", hours(4)), ("4个小时", hours(4)), ("2个月", months(2)), ("2月", months(2)), ("5年", years(5)),
])
def test_a_term_in_words(text: str, term: Term) -> None:
    assert term_from(text) == term


@pytest.mark.parametrize(("text", "said"), [
    ("20", "no unit"), ("20天", "which days"), ("20日", "which days"), ("20 days", "which days"),
    ("", "not a length"), ("五个工作日", "not a length"), ("1.5工作日", "not a length"), ("-5工作日", "not a length"),
    ("5-10工作日", "not a length"), ("20 weeks", "not known"), ("工作日", "not a length"),
    ("9999999工作日", "not a length"), ("x" * 5000, "not a length"),
])
def test_what_is_no_term_is_refused_with_a_remedy(text: str, said: str) -> None:
    with pytest.raises(BadElement) as caught:
        term_from(text)

    assert said in caught.value.what.en and len(caught.value.what.en) < 200
    assert caught.value.fix is not None


@given(st.integers(0, 999_999), st.sampled_from(list(Unit)))
def test_what_a_chart_shows_can_be_read_back(count: int, unit: Unit) -> None:
    term = Term(count=count, unit=unit)

    assert term_from(term.zh) == (term if count else workdays(0))


@given(st.text(max_size=30))
def test_any_text_is_a_term_or_an_author_s_mistake(text: str) -> None:
    try:
        assert isinstance(term_from(text), Term)
    except BadElement as error:
        assert error.fix
