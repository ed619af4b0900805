"""Change notes: one file a change, collected at a release."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPT = ROOT / "docs" / "changes" / "collect.py"
spec = importlib.util.spec_from_file_location("collect", SCRIPT)
assert spec and spec.loader
collect = importlib.util.module_from_spec(spec)
spec.loader.exec_module(collect)


def test_every_note_of_the_project_has_a_kind_and_words() -> None:
    notes = sorted(SCRIPT.parent.glob("*.md"))

    assert notes
    for note in notes:
        assert note.name.split(".")[-2] in collect.KINDS, note.name
        assert note.read_text("utf-8").strip(), note.name


def test_notes_become_a_section_above_the_older_ones(tmp_path: Path) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changelog\n\nWords.\n\n## 0.1.0 (2026-12-01)\n\n- old\n", "utf-8")
    (tmp_path / "b.fix.md").write_text("Mended\nb.\n", "utf-8")
    (tmp_path / "a.new.md").write_text("New a.\n", "utf-8")

    collect.collect("0.2.0", "2027-01-31", tmp_path, changelog)

    assert changelog.read_text("utf-8") == (
        "# Changelog\n\nWords.\n\n## 0.2.0 (2027-01-31)\n\n### New\n\n- New a.\n\n### Mended\n\n- Mended b.\n"
        "\n## 0.1.0 (2026-12-01)\n\n- old\n")
    assert not list(tmp_path.glob("*.*.md"))


def test_an_unknown_kind_is_refused_before_anything_is_moved(tmp_path: Path) -> None:
    (tmp_path / "a.newx.md").write_text("New a.\n", "utf-8")

    with pytest.raises(SystemExit, match="newx"):
        collect.collect("0.2.0", "2027-01-31", tmp_path, tmp_path / "CHANGELOG.md")
    assert (tmp_path / "a.newx.md").exists()
