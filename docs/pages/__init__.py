"""The pages of the reference that are made from the code, each time the documentation is built."""

from __future__ import annotations

from pathlib import Path

from . import api, bpmn, commands, directives, elements, gallery, geometry, rules, schemas, templates, words

MADE_BY = (rules, templates, words, elements, commands, api, directives, schemas, bpmn, geometry, gallery)


def write(folder: Path) -> None:
    """Write every page into *folder*; what has not changed is left alone, what is made no more is removed."""
    made: dict[str, str] = {}
    for maker in MADE_BY:
        made.update(maker.pages())
    for old in folder.rglob("*"):
        if old.is_file() and old.relative_to(folder).as_posix() not in made:
            old.unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")
