"""Figures of any engine's positions: slanted lines and fractions of a px are allowed, unlike in our own drawings.

Reads the geometry that ``flowstd draw --format geometry`` writes. Tolerances are
those a reader has: half a px for boxes, one for lines in boxes, six for line
ends (an arrow head fills that much).
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import Any

Point = tuple[float, float]
Segment = tuple[Point, Point]
Box = dict[str, Any]


def figures(chart: dict[str, Any]) -> dict[str, Any]:
    """The figures of one chart, by name; ``clean`` says that nothing lies on anything else."""
    down = chart.get("direction", "TB") == "TB"
    nodes: dict[str, Box] = chart["nodes"]
    boxes = list(nodes.values())
    lines = [corners(edge["points"]) for edge in chart["edges"]]
    segments = [list(pairwise(line)) for line in lines]
    labels = [(number, edge["label"]) for number, edge in enumerate(chart["edges"]) if edge.get("label")]
    drawn = [(box["x"], box["y"], box["x"] + box["w"], box["y"] + box["h"])
             for box in [*boxes, *chart.get("lanes", {}).values(), *(box for _, box in labels)]]
    drawn += [(x, y, x, y) for line in lines for x, y in line]
    width = (max(r[2] for r in drawn) - min(r[0] for r in drawn)) * 9 / chart["font_pt"] * 25.4 / 96
    height = (max(r[3] for r in drawn) - min(r[1] for r in drawn)) * 9 / chart["font_pt"] * 25.4 / 96
    parts = [segment for line in segments for segment in line]
    crossings, shared = _meetings(chart["edges"], lines, segments)
    found: dict[str, Any] = {
        "nodes": len(nodes),
        "boxes overlap": sum(_overlap(a, b, 0.5) for n, a in enumerate(boxes) for b in boxes[:n]),
        "through boxes": sum(_through(edge, line, nodes) for edge, line in zip(chart["edges"], segments, strict=True)),
        "detached": sum(_detached(end, nodes[edge[name]]) for edge, line in zip(chart["edges"], lines, strict=True)
                        for end, name in ((line[0], "src"), (line[-1], "dst"))),
        "crossings": crossings, "shared": shared,
        "bends": None if chart.get("curved") else sum(len(line) - 2 for line in lines) / max(1, len(lines)),
        "length": sum(hypot(bx - ax, by - ay) for (ax, ay), (bx, by) in parts) / len(nodes),
        "ortho": None if chart.get("curved") else _share([_upright(part) for part in parts]),
        "labels hit": _labels_hit(chart["edges"], segments, labels, boxes),
        "labels missing": sum(bool(edge.get("text")) and not edge.get("label") for edge in chart["edges"]),
        "lane out": (sum(not _within(box, chart["lanes"].get(box.get("lane"))) for box in boxes)
                     if chart["lanes"] else None),
        "bands": _bands(list(chart["lanes"].values()), down) if chart["lanes"] else None,
        "forward": _share([_middle(nodes[e["dst"]], down) >= _middle(nodes[e["src"]], down) - 1
                           for e in chart["edges"] if not e.get("loop")]),
        "area": width * height / len(nodes) / 480, "a4": width <= 190 and height <= 277, "aspect": width / height,
    }
    found["clean"] = not any(found[name] for name in ("boxes overlap", "through boxes", "shared", "labels hit",
                                                      "labels missing", "lane out"))
    return found


def corners(points: list[list[float]]) -> list[Point]:
    """A line without the points that do not turn it."""
    found: list[Point] = []
    for x, y in points:
        if found and hypot(x - found[-1][0], y - found[-1][1]) < 0.01:
            continue
        if len(found) > 1:
            (ax, ay), (bx, by) = found[-2], found[-1]
            turn = abs((bx - ax) * (y - by) - (by - ay) * (x - bx))
            ahead = (bx - ax) * (x - bx) + (by - ay) * (y - by) > 0
            if ahead and turn <= 0.05 * max(1.0, hypot(bx - ax, by - ay), hypot(x - bx, y - by)):
                found.pop()
        found.append((float(x), float(y)))
    return found


# ---------------------------------------------------------------- lines and lines

def _meetings(edges: list[Any], lines: list[list[Point]], segments: list[list[Segment]]) -> tuple[int, int]:
    """Crossings of all pairs of lines, and the pairs of strangers that run on one another."""
    crossings = shared = 0
    around = [(min(x for x, _ in line) - 1, min(y for _, y in line) - 1, max(x for x, _ in line) + 1,
               max(y for _, y in line) + 1) for line in lines]
    for n, first in enumerate(segments):
        for m in range(n):
            a_box, b_box = around[n], around[m]
            if a_box[2] < b_box[0] or b_box[2] < a_box[0] or a_box[3] < b_box[1] or b_box[3] < a_box[1]:
                continue
            strangers = edges[n]["src"] != edges[m]["src"] and edges[n]["dst"] != edges[m]["dst"]
            ends = (lines[n][0], lines[n][-1], lines[m][0], lines[m][-1])
            run = 0.0
            for a in first:
                for b in segments[m]:
                    at = _crossing(a, b)
                    if at and all(hypot(at[0] - x, at[1] - y) > 2 for x, y in ends):
                        crossings += 1
                    if strangers:
                        run += _along(a, b)
            shared += run > 2
    return crossings, shared


def _side(a: Point, b: Point, p: Point) -> float:
    """How far *p* lies to one side of the line through a and b, in px."""
    return ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])) / (hypot(b[0] - a[0], b[1] - a[1]) or 1.0)


def _crossing(first: Segment, second: Segment) -> Point | None:
    """Where the insides of two segments meet; touching and lying on one another is no crossing."""
    (a, b), (c, d) = first, second
    sc, sd = _side(a, b, c), _side(a, b, d)
    if not min(sc, sd) < -0.01 < 0.01 < max(sc, sd):
        return None
    sa, sb = _side(c, d, a), _side(c, d, b)
    if not min(sa, sb) < -0.01 < 0.01 < max(sa, sb):
        return None
    t = sc / (sc - sd)
    return c[0] + t * (d[0] - c[0]), c[1] + t * (d[1] - c[1])


def _along(first: Segment, second: Segment) -> float:
    """How far one segment runs on another, within a px."""
    (a, b), (c, d) = first, second
    long = hypot(b[0] - a[0], b[1] - a[1])
    if long < 0.01 or abs(_side(a, b, c)) >= 1 or abs(_side(a, b, d)) >= 1:
        return 0.0
    at = [((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / long for p in (c, d)]
    return max(0.0, min(long, max(at)) - max(0.0, min(at)))


def _upright(segment: Segment) -> bool:
    (ax, ay), (bx, by) = segment
    return abs(ax - bx) <= 0.5 or abs(ay - by) <= 0.5


# ---------------------------------------------------------------- lines and boxes

def _through(edge: Any, line: list[Segment], nodes: dict[str, Box]) -> int:
    low_x, high_x = min(x for part in line for x, _ in part), max(x for part in line for x, _ in part)
    low_y, high_y = min(y for part in line for _, y in part), max(y for part in line for _, y in part)
    return sum(sum(_inside(part, box, 1.0) for part in line) > 0.5 for name, box in nodes.items()
               if name not in (edge["src"], edge["dst"]) and box["x"] < high_x and box["x"] + box["w"] > low_x
               and box["y"] < high_y and box["y"] + box["h"] > low_y)


def _inside(segment: Segment, box: Box, margin: float) -> float:
    """The length of a segment inside a box or diamond that is smaller by *margin* all round."""
    half_w, half_h = box["w"] / 2, box["h"] / 2
    cx, cy = box["x"] + half_w, box["y"] + half_h
    if box.get("shape") == "diamond":           # in the frame u = x + y, v = x - y (scaled) a diamond is a square
        size = max(0.05, 1 - margin * hypot(half_w, half_h) / (half_w * half_h))
        ends = [((x - cx) / half_w, (y - cy) / half_h) for x, y in segment]
        share = _clipped([(x + y, x - y) for x, y in ends], size, size)
    else:
        share = _clipped([(x - cx, y - cy) for x, y in segment], max(0.01, half_w - margin), max(0.01, half_h - margin))
    return share * hypot(segment[1][0] - segment[0][0], segment[1][1] - segment[0][1])


def _clipped(ends: list[Point], half_w: float, half_h: float) -> float:
    """The share of a segment within a box around the origin."""
    (ax, ay), (bx, by) = ends
    enter, leave = 0.0, 1.0
    for at, step, half in ((ax, bx - ax, half_w), (ay, by - ay, half_h)):
        if abs(step) < 1e-9:
            if abs(at) >= half:
                return 0.0
            continue
        first, second = sorted(((-half - at) / step, (half - at) / step))
        enter, leave = max(enter, first), min(leave, second)
    return max(0.0, leave - enter)


def _detached(end: Point, box: Box) -> bool:
    """Whether a line's end hangs in the air: more than six px off its box, or off the outline of its diamond."""
    x, y = end
    half_w, half_h = box["w"] / 2, box["h"] / 2
    cx, cy = box["x"] + half_w, box["y"] + half_h
    off = hypot(max(abs(x - cx) - half_w, 0), max(abs(y - cy) - half_h, 0))
    if off > 6 or box.get("shape") != "diamond":
        return off > 6
    tips = [(cx, cy - half_h), (cx + half_w, cy), (cx, cy + half_h), (cx - half_w, cy)]
    return min(_distance(end, tips[n], tips[n - 1]) for n in range(4)) > 6


def _distance(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = min(1.0, max(0.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / ((dx * dx + dy * dy) or 1.0)))
    return hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


# ---------------------------------------------------------------- boxes, labels, lanes

def _overlap(a: Box, b: Box, least: float) -> bool:
    wide = min(a["x"] + a["w"], b["x"] + b["w"]) - max(a["x"], b["x"])
    high = min(a["y"] + a["h"], b["y"] + b["h"]) - max(a["y"], b["y"])
    return bool(wide > least and high > least)


def _labels_hit(edges: list[Any], segments: list[list[Segment]], labels: list[tuple[int, Box]],
                boxes: list[Box]) -> int:
    """Labels on labels, on nodes, and on lines that are not their own."""
    found = sum(_overlap(a, b, 1.0) for n, (_, a) in enumerate(labels) for _, b in labels[:n])
    found += sum(_overlap(label, box, 1.0) for _, label in labels for box in boxes)
    return found + sum(sum(_inside(part, label, 1.5) for part in line) > 1
                       for own, label in labels for number, line in enumerate(segments) if number != own)


def _within(box: Box, lane: Box | None) -> bool:
    return lane is not None and all(box[at] >= lane[at] - 1 and box[at] + box[size] <= lane[at] + lane[size] + 1
                                    for at, size in (("x", "w"), ("y", "h")))


def _bands(lanes: list[Box], down: bool) -> bool:
    """Whether lanes are strips side by side, all as long as the chart."""
    at, size, start, long = ("x", "w", "y", "h") if down else ("y", "h", "x", "w")
    lanes = sorted(lanes, key=lambda lane: float(lane[at]))
    apart = all(a[at] + a[size] <= b[at] + 1 for a, b in pairwise(lanes))
    return apart and all(abs(a[start] - b[start]) <= 2 and abs(a[start] + a[long] - b[start] - b[long]) <= 2
                         for a, b in pairwise(lanes))


def _middle(box: Box, down: bool) -> float:
    return float(box["y"] + box["h"] / 2 if down else box["x"] + box["w"] / 2)


def _share(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 1.0
