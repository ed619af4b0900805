"""Small questions about an XML element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .table import BPMN

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element


def local(element: Element) -> str:
    """The local name of an element; empty for comments and instructions."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def line_of(element: Element) -> int:
    """The line it stands on; 0: unknown."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def parts_of(element: Element, *tags: str) -> Iterator[Element]:
    """Its BPMN children of these names; all BPMN children if none is given."""
    return element.iterchildren(*(f"{{{BPMN}}}{tag}" for tag in tags or ("*",)))


def child(parent: Element, tag: str, **attributes: str) -> Element:
    """A new BPMN element, the last in *parent*."""
    one = parent.makeelement(f"{{{BPMN}}}{tag}", attributes)
    parent.append(one)
    return one


def made(before: Element, tag: str, **attributes: str) -> Element:
    """A new BPMN element right after *before*."""
    one = before.makeelement(f"{{{BPMN}}}{tag}", attributes)
    before.addnext(one)
    return one


def one_line(text: str | None) -> str:
    """Without line breaks and double spaces."""
    return " ".join((text or "").split())


def plain_id(reference: str | None) -> str:
    """The id that a reference names, with or without a namespace prefix."""
    return (reference or "").strip().rpartition(":")[2]


def remove(element: Element) -> None:
    """Take it out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is None:
        parent.text = (parent.text or "") + element.tail
    elif element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    parent.remove(element)
