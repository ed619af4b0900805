"""Markdown by small words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; what would end a cell is escaped."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def ask(word: str, argument: str = "", content: str = "", **options: str) -> str:
    """A directive of ours."""
    lines = [f"```{{flowstd:{word}}} {argument}".rstrip(), *_options(options)]
    return "\n".join([*lines, *(["", content] if content else []), "```"]) + "\n"


def fenced(text: str, language: str = "") -> str:
    """Text as it is."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def toctree(names: Iterable[str], **options: str) -> str:
    """The pages below a page."""
    return "\n".join(["```{toctree}", *_options(options), *names, "```"]) + "\n"


def _options(options: Mapping[str, str]) -> list[str]:
    return [f":{name}: {value}".rstrip() for name, value in options.items()]


def page(title: str, *parts: str) -> str:
    """A whole page."""
    return "\n\n".join([f"# {title}", *(part.strip("\n") for part in parts if part)]) + "\n"


def code(value: object) -> str:
    """A value in a cell."""
    return f"`{value}`" if str(value) else ""


def both(zh: str, en: str) -> str:
    """A sentence in both languages, one below the other."""
    return f"{zh}\n\n{en}"


def named(rows: Mapping[str, str]) -> str:
    """A list of names and what they mean."""
    return "\n".join(f"- **{name}**: {what}" for name, what in rows.items()) + "\n"
