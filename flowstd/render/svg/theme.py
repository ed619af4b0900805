"""The dark inks of a theme as a style sheet: they hold on a dark screen, and never on paper.

The light inks stand in presentation attributes, which every program
understands; a style sheet overrides those where it is understood. Its rules
name the theme, so that charts in other themes on the same page stay as they are.
"""

from __future__ import annotations

from flowstd.standard.edition import Theme


def style(name: str, theme: Theme) -> str:
    """The style element of the theme called *name*; nothing for a theme without dark inks."""
    inks = theme.dark
    if inks is None:
        return ""
    rules = (
        (".paper", f"fill:{inks.paper}"),
        (".head,.cells", f"fill:{inks.head}"),
        (".rules", f"stroke:{inks.hair}"),
        (".frame,.wires", f"stroke:{inks.line}"),
        (".tip", f"fill:{inks.line}"),
        (".steps,.papers,.legend", f"stroke:{inks.line};fill:{inks.fill}"),
        *((f".{form}", f"fill:{fill}") for form, fill in inks.fills.items()),
        (".hung", f"stroke:{inks.soft}"),
        ("text", f"fill:{inks.ink}"),
    )
    written = "".join(f"{_scoped(name, selectors)}{{{inked}}}" for selectors, inked in rules)
    return f"<style>@media screen and (prefers-color-scheme:dark){{{written}}}</style>\n"


def _scoped(name: str, selectors: str) -> str:
    return ",".join(f".flowstd-{name} {selector}" for selector in selectors.split(","))
