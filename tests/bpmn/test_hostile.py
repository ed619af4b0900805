"""Broken files of every kind: read, drawn and laid out, or refused in words; never a crash."""

from __future__ import annotations

from random import Random

import pytest
from lxml import etree

from flowstd.base.errors import FlowstdError
from flowstd.bpmn import BpmnDocument, read
from flowstd.bpmn.to_dsl import all_to_dsl
from tests.bpmn.test_document import suite
from tests.bpmn.test_relayout import MODELS

VALUES = ("", "x", "NaN", "-5", "true", "1e9", "a b")
WORK = {
    "losses": lambda document: document.losses,
    "picture": BpmnDocument.svg,
    "layout": BpmnDocument.relaid,
    "completion": BpmnDocument.completed,
    "python": lambda document: all_to_dsl(document.readings),
    "bytes": BpmnDocument.write,
}


def broken(rng: Random, data: bytes) -> bytes:
    """The file with one to six things removed, doubled, renamed or misspelt."""
    root = etree.fromstring(data)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for _ in range(rng.randint(1, 6)):
        one, other = rng.choice(elements), rng.choice(elements)
        match rng.randint(0, 5):
            case 0 if one.getparent() is not None:
                one.getparent().remove(one)
            case 1 if one.attrib:
                one.set(rng.choice(list(one.attrib)), rng.choice((*VALUES, other.get("id") or "q")))
            case 2 if one.attrib:
                del one.attrib[rng.choice(list(one.attrib))]
            case 3:
                one.append(etree.fromstring(etree.tostring(other, with_tail=False)))
            case 4:
                one.text = rng.choice((None, "zzz", other.get("id")))
            case _:
                one.tag = other.tag
    return etree.tostring(root)


@pytest.mark.parametrize("seed", range(6))
def test_a_broken_file_is_used_or_refused_in_words(seed: int) -> None:
    rng = Random(seed)
    sources = [*MODELS.values(), *(file.read_bytes() for file in suite()[:6])]
    for _ in range(60):
        data = broken(rng, rng.choice(sources))
        try:
            document = read(data)
        except FlowstdError as error:
            assert error.what.zh and error.what.en
            continue
        for work in WORK.values():
            try:
                work(document)
            except FlowstdError as error:
                assert error.what.zh and error.what.en
