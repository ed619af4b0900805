"""TOML keys have lines."""

from __future__ import annotations

import pytest

from flowstd.base.errors import BadSource
from flowstd.catalog.toml_text import read_toml

TEXT = '''# a comment
title = "x"
items = [
    "a = b",        # ] no end
    "[c]",
]
long = """
fake = 1
[fake]
"""

[defaults]   # comment
"咨询方式" = "电话"
a.b = 1

[[rule]]
words = ["甲"]
[rule.with]
limit = "5"

[[rule]]
words = ["乙"]
with = { limit = "6" }
'''


@pytest.mark.parametrize(("path", "line"), [
    (("title",), 2), (("items",), 3), (("long",), 7), (("defaults",), 12), (("defaults", "咨询方式"), 13),
    (("defaults", "a", "b"), 14), (("rule", 0, "words"), 17), (("rule", 0, "with", "limit"), 19),
    (("rule", 1, "words"), 22), (("rule", 1, "with", "limit"), 23), (("unheard-of",), 0),
])
def test_each_key_has_its_line(path, line):
    assert read_toml(TEXT, "a.toml").where(*path).line == line


def test_what_is_inside_a_text_or_list_is_no_key():
    marks = read_toml(TEXT, "a.toml").marks

    assert not any("fake" in path for path in marks)


@pytest.mark.parametrize("text", ["a = ", "a = 1\na = 2", "[a]\n[a]", "title = “x”", "title＝1", "a = \x00", "[" * 5000])
def test_broken_toml_is_told(text):
    with pytest.raises(BadSource) as caught:
        read_toml(text, "a.toml")

    assert caught.value.where.file == "a.toml"
