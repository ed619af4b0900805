"""Lines of BPMN as SVG: flows, messages, ties, with what stands at their ends."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, degrees, hypot

from .element import local, parts_of
from .picture import Edge
from .strokes import INK, PAPER, short
from .xml import attribute, content


def edge_as_svg(edge: Edge) -> str:
    stroke = edge.stroke or INK
    way = "M" + "L".join(f"{short(x)} {short(y)}" for x, y in edge.points)
    look, ends = _line(edge, stroke)
    if edge.element.get("messageRef"):
        ends += _envelope(middle(edge.points))
    title = f"<title>{content(f'{edge.name} ({edge.tag})' if edge.name else edge.tag)}</title>"
    return (f'<g id="{attribute(edge.id)}" class="{edge.tag}" stroke="{stroke}" fill="none" stroke-width="1.5">{title}'
            f'<path d="{way}" stroke-linejoin="round" {look}/>{ends}</g>\n')


def _envelope(at: tuple[float, float]) -> str:
    """The message that a flow carries."""
    x, y = at[0] - 10, at[1] - 7
    return f'<path d="M{short(x)} {short(y)}h20v14h-20zl10 8 10-8" fill="{PAPER}" stroke-width="1"/>'


def middle(points: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    """The middle of a line by its length."""
    left = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)) / 2
    for a, b in pairwise(points):
        length = hypot(b[0] - a[0], b[1] - a[1])
        if left <= length and length:
            share = left / length
            return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        left -= length
    return points[-1]


def _line(edge: Edge, stroke: str) -> tuple[str, str]:
    """How a line is drawn, and what stands at its ends."""
    first, second, last, before = edge.points[0], edge.points[1], edge.points[-1], edge.points[-2]
    if edge.tag == "sequenceFlow":
        return "", _arrow(before, last, stroke, stroke) + _tail(edge, first, second, stroke)
    if edge.tag == "messageFlow":
        circle = f'<circle cx="{short(first[0])}" cy="{short(first[1])}" r="3.5" fill="{PAPER}"/>'
        return 'stroke-dasharray="10 6"', circle + _arrow(before, last, stroke, PAPER)
    if edge.tag in ("conversationLink",):
        return 'stroke-width="4"', ""
    ends = ""
    direction = edge.element.get("associationDirection", "None")
    if edge.tag in ("dataInputAssociation", "dataOutputAssociation") or direction in ("One", "Both"):
        ends = _open(before, last)
    if direction == "Both":
        ends += _open(second, first)
    return 'stroke-dasharray="1 4" stroke-linecap="round"', ends


def _tail(edge: Edge, first: tuple[float, float], second: tuple[float, float], stroke: str) -> str:
    """A slash for the default flow of a node, a diamond for a condition on an activity's flow."""
    parent, source = edge.element.getparent(), edge.element.get("sourceRef")
    node = next((one for one in parts_of(parent) if one.get("id") == source), None) if parent is not None else None
    if node is None:
        return ""
    turn = _turn(first, second)
    if node.get("default") == edge.element.get("id"):
        return f'<path d="M8 -5L14 5" transform="{turn}"/>'
    conditional = any(local(child) == "conditionExpression" for child in parts_of(edge.element))
    if conditional and not local(node).endswith("Gateway"):
        return f'<path d="M0 0L8 -5 16 0 8 5z" fill="{PAPER}" transform="{turn}"/>'
    return ""


def _arrow(before: tuple[float, float], last: tuple[float, float], stroke: str, fill: str) -> str:
    return f'<path d="M0 0L-11 -4.5V4.5z" fill="{fill}" transform="{_turn(last, _beyond(before, last))}"/>'


def _open(before: tuple[float, float], last: tuple[float, float]) -> str:
    return f'<path d="M-9 -5L0 0-9 5" transform="{_turn(last, _beyond(before, last))}"/>'


def _beyond(before: tuple[float, float], last: tuple[float, float]) -> tuple[float, float]:
    return 2 * last[0] - before[0], 2 * last[1] - before[1]


def _turn(at: tuple[float, float], towards: tuple[float, float]) -> str:
    angle = degrees(atan2(towards[1] - at[1], towards[0] - at[0]))
    return f"translate({short(at[0])} {short(at[1])}) rotate({short(angle)})"
