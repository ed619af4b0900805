"""Chosen charts as one picture, straight from Shape and Arrangement: for looking while the engine is tuned.

python -m tests.benchmarks.look --seed 1 --pick 0,5,17 -o out.png [--direction right] [--columns 4]
python -m tests.benchmarks.look --worst 8 -o out.png        # most faults, then most crossings
python -m tests.benchmarks.look --shapes 12 -o out.png      # what the property tests draw
python -m tests.benchmarks.look flow.json shape.txt -o out.png   # files: canonical flows, or the repr of a Shape
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from flowstd.ir.model import Flow
from flowstd.layout.engine import arrange
from flowstd.layout.faults import faults_of_arrangement
from flowstd.layout.quality import measure_arrangement
from flowstd.layout.shape import Arrangement, EdgeShape, NodeShape, Shape

from .corpus import corpus
from .plain import plain_shape

Chart = tuple[str, Shape, Arrangement, bool]
_LANES = ("#f4f6f9", "#e9edf3")
_LINES = ("#1f4e9c", "#2a7a3b", "#8a3ea8", "#b5651d", "#0f7c82", "#7a5c00", "#5b5b8c", "#3d6b00")


def picture(charts: Sequence[Chart], columns: int) -> str:
    """All *charts* on one sheet, as SVG text."""
    cells = [(*_size(arrangement, right), chart) for chart in charts for _, _, arrangement, right in (chart,)]
    parts, x, y, row, width = [], 10, 10, 0, 0
    for number, (wide, high, chart) in enumerate(cells):
        if number and number % columns == 0:
            x, y, row = 10, y + row + 40, 0
        parts.append(f'<g transform="translate({x},{y})">{_chart(chart)}</g>')
        x, row = x + max(wide, 260) + 30, max(row, high)
        width = max(width, x)
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y + row + 40}" '
            'font-family="Noto Sans CJK SC" font-size="11">')
    marker = ('<defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
              '<path d="M0,0L8,4L0,8z"/></marker></defs>')
    return head + marker + '<rect width="100%" height="100%" fill="#fff"/>' + "".join(parts) + "</svg>"


def png(svg: str, path: Path) -> None:
    """Write *svg* as a picture."""
    from resvg_py import svg_to_bytes

    path.write_bytes(bytes(svg_to_bytes(svg_string=svg)))


def _size(arrangement: Arrangement, right: bool) -> tuple[int, int]:
    size = (arrangement.across, arrangement.along + 28)
    return (size[1] - 28, size[0] + 28) if right else size


def _chart(chart: Chart) -> str:
    name, shape, arrangement, right = chart
    bad = faults_of_arrangement(shape, arrangement)
    figures = measure_arrangement(shape, arrangement)
    told = (f"{name}  x{figures.crossings} b{figures.bends_per_line:.2f} l{figures.length_per_node:.0f} "
            f"a{figures.area:.1f} s{figures.straightness:.2f}")
    names = ", ".join(f"{name} {sum(f.name == name for f in bad)}" for name in sorted({f.name for f in bad}))
    parts = [f'<text y="10" font-size="12">{escape(told)}</text>',
             f'<text y="22" font-size="9" fill="red">{escape(names)}</text>', '<g transform="translate(0,28)">']

    def rect(x: int, y: int, w: int, h: int, style: str) -> str:
        x, y, w, h = (y, x, h, w) if right else (x, y, w, h)
        return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" {style}/>'

    for lane, (low, high) in enumerate(arrangement.lanes):
        parts.append(rect(low, 0, high - low, arrangement.along, f'fill="{_LANES[lane % 2]}" stroke="#aab"'))
    for index, (node, (x, y)) in enumerate(zip(shape.nodes, arrangement.nodes, strict=True)):
        parts += _node(index, node, (x, y), arrangement.aside_high[index], right, rect)
    for index, (edge, path) in enumerate(zip(shape.edges, arrangement.edges, strict=True)):
        colour = "#c0392b" if path.back else _LINES[index % len(_LINES)]
        points = " ".join(f"{y},{x}" if right else f"{x},{y}" for x, y in path.points)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.3" '
                     'marker-end="url(#a)"/>')
        if path.label:
            parts.append(rect(*path.label, edge.label_across, edge.label_along,
                              f'fill="{colour}" fill-opacity=".25" stroke="{colour}" stroke-width=".5"'))
    for fault in bad:
        x, y = fault.at[::-1] if right else fault.at
        parts.append(f'<circle cx="{x}" cy="{y}" r="6" fill="none" stroke="red" stroke-width="2"/>')
    return "".join(parts) + "</g>"


def _node(index: int, node: NodeShape, at: tuple[int, int], high: bool, right: bool, rect: object) -> Iterable[str]:
    assert callable(rect)
    x, y = at
    colour = {"start": "#cfe8cf", "end": "#f5d0a9" if not node.favoured else "#9fd6a0",
              "decision": "#fdf3c0"}.get(node.duty, "#fff")
    style = f'fill="{colour}" stroke="#333"'
    if node.aside:
        long = max(node.along, node.reach)
        left = x + node.across + node.high if high else x - node.low - node.aside
        yield rect(left, y + (node.along - long) // 2, node.aside, long,
                   'fill="#eef" stroke="#88a" stroke-dasharray="3"')
    for left, wide in ((x - node.low, node.low), (x + node.across, node.high)):
        if wide:
            yield rect(left, y, wide, node.along, 'fill="#ffe" stroke="#ba8" stroke-dasharray="2"')
    if node.outline == "diamond":
        corners = ((x + node.across / 2, y), (x + node.across, y + node.along / 2),
                   (x + node.across / 2, y + node.along), (x, y + node.along / 2))
        yield f'<polygon points="{" ".join(f"{b},{a}" if right else f"{a},{b}" for a, b in corners)}" {style}/>'
    else:
        yield rect(x, y, node.across, node.along,
                   'fill="#333"' if node.outline == "bar"
                   else style + (' rx="14"' if node.duty in ("start", "end") else ""))
    cx, cy = x + node.across / 2, y + node.along / 2
    cx, cy = (cy, cx) if right else (cx, cy)
    ink = "#fff" if node.outline == "bar" else "#000"
    yield f'<text x="{cx}" y="{cy + 4}" text-anchor="middle" fill="{ink}">{index}</text>'


def charts_of(names: Iterable[str], flows: Sequence[Flow], right: bool) -> list[Chart]:
    """Charts by corpus number, or from files: canonical flows (.json), or the repr of a Shape."""
    found = []
    for name in names:
        if name.isdigit():
            shape = plain_shape(flows[int(name)], "right" if right else "down")
        elif name.endswith(".json"):
            shape = plain_shape(Flow.from_json(Path(name).read_text(encoding="utf-8"), file=name),
                                "right" if right else "down")
        else:
            words = {"Shape": Shape, "NodeShape": NodeShape, "EdgeShape": EdgeShape, "__builtins__": {}}
            shape = eval(Path(name).read_text(encoding="utf-8"), words)
        found.append((name, shape, arrange(shape), right))
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="flows as canonical JSON, or the repr of a Shape")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pick", default="", help="numbers in the corpus: 0,5,17 or 0-9")
    parser.add_argument("--worst", type=int, default=0, help="the so many worst of the corpus")
    parser.add_argument("--shapes", type=int, default=0, help="so many of what the property tests draw")
    parser.add_argument("--direction", choices=("down", "right"), default="down")
    parser.add_argument("--columns", type=int, default=0, help="charts side by side: 4 downward, 1 to the right")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    flows, right = corpus(seed=options.seed), options.direction == "right"
    names = list(options.files)
    for word in filter(None, options.pick.split(",")):
        first, _, last = word.partition("-")
        names += [str(n) for n in range(int(first), int(last or first) + 1)]
    charts = charts_of(names, flows, right)
    if options.worst:
        every = charts_of(map(str, range(len(flows))), flows, right)
        every.sort(key=lambda c: (-len(faults_of_arrangement(c[1], c[2])), -measure_arrangement(c[1], c[2]).crossings))
        charts += every[:options.worst]
    if options.shapes:
        from tests.shapes import examples

        charts += [(f"shape {n}", shape, arrange(shape), right)
                   for n, shape in enumerate(examples(options.shapes, options.seed))]
    svg = picture(charts, options.columns or (1 if right else 4))
    if options.output.suffix == ".svg":
        options.output.write_text(svg, encoding="utf-8")
    else:
        png(svg, options.output)


if __name__ == "__main__":
    main()
