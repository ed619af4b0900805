"""Small habits that no linter keeps: line length in characters, no place of a machine in a file."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import ROOT

LONGEST = 120
FOLDERS = ("flowstd", "tests", "examples", "docs")


def sources(*suffixes: str) -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*"))
            if path.suffix in suffixes and path.is_file() and "node_modules" not in path.parts]


def test_no_line_of_code_is_longer_than_120_characters() -> None:
    long = [f"{path.relative_to(ROOT)}:{number}" for path in sources(".py")
            for number, line in enumerate(path.read_text("utf-8").split("\n"), 1) if len(line) > LONGEST]

    assert long == []


def test_no_file_names_a_place_on_somebody_s_machine() -> None:
    place = re.compile(r"/(home|Users|root)/\w|[A-Z]:\\+Users")
    found = [str(path.relative_to(ROOT))
             for path in sources(".py", ".toml", ".md", ".rst", ".json", ".svg", ".bpmn", ".csv")
             if path != Path(__file__) and path.name != "package-lock.json" and place.search(path.read_text("utf-8"))]

    assert found == []
