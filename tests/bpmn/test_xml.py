"""Escaping: whatever a label holds, the file stays well-formed and the label comes back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from flowstd.bpmn.xml import attribute, content

anything = st.text(st.characters(), max_size=40)
hostile = st.text("<>&\"']]>\t\n\r\x00\x1f\ud800\ufffe是", max_size=12)
legal = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=40
)


@given(text=anything | hostile)
def test_every_text_is_well_formed(text: str) -> None:
    etree.fromstring(f'<a b="{attribute(text)}">{content(text)}</a>'.encode())


@given(text=legal | st.text("\t\n\r ab", max_size=9))
def test_legal_text_comes_back(text: str) -> None:
    element = etree.fromstring(f'<a b="{attribute(text)}">{content(text)}</a>'.encode())

    assert element.get("b") == text
    assert (element.text or "") == text
