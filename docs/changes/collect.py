"""Move the change notes of this folder into CHANGELOG.md: ``python docs/changes/collect.py VERSION DATE``."""

from __future__ import annotations

import sys
from pathlib import Path

KINDS = {"new": "New", "change": "Changed", "fix": "Mended", "rule": "Rules", "removed": "Removed"}
HERE = Path(__file__).resolve().parent


def collect(version: str, date: str, folder: Path = HERE, changelog: Path = HERE.parent.parent / "CHANGELOG.md") -> str:
    """Write the notes of *folder* into *changelog* under *version*, remove them, and give the new section."""
    lines = [f"## {version} ({date})", ""]
    notes = sorted(folder.glob("*.*.md"))
    strangers = [note.name for note in notes if note.name.split(".")[-2] not in KINDS]
    if strangers:
        raise SystemExit(f"not a kind of change: {', '.join(strangers)}; kinds are {', '.join(KINDS)}")
    for kind, title in KINDS.items():
        texts = [" ".join(note.read_text("utf-8").split()) for note in notes if note.name.split(".")[-2] == kind]
        if texts:
            lines += [f"### {title}", "", *(f"- {text}" for text in texts), ""]
    section = "\n".join(lines)
    head, mark, older = changelog.read_text("utf-8").partition("\n## ")
    changelog.write_text(f"{head.rstrip()}\n\n{section}{mark}{older}", encoding="utf-8")
    for note in notes:
        note.unlink()
    return section


if __name__ == "__main__":
    print(collect(*sys.argv[1:3]))
