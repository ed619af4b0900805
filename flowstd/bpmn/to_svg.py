"""Pictures of BPMN files in BPMN notation, without a browser: one SVG for all diagrams of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .picture import Edge, Picture, Shape
from .strokes import INK, INSIDE, OUTSIDE, PAPER, set_text, short
from .svg_lines import edge_as_svg, middle
from .svg_shapes import ACTIVITIES, holds, shape_as_svg
from .xml import content

MARGIN = 12                # px round everything
GAP = 40                   # px between two diagrams
FONTS = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', Arial, sans-serif"


def to_svg(pictures: tuple[Picture, ...], title: str) -> str:
    """All diagrams of a file, one below the other; equal files give equal bytes."""
    frames = [picture.frame for picture in pictures]
    width = max([frame.w for frame in frames], default=0) + 2 * MARGIN
    head = 24 if len(pictures) > 1 else 0
    height = sum(frame.h + head for frame in frames) + GAP * max(0, len(pictures) - 1) + 2 * MARGIN
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{short(width)}" height="{short(height)}" '
        f'viewBox="0 0 {short(width)} {short(height)}" font-family="{FONTS}" font-size="{INSIDE}" role="img" '
        f'aria-labelledby="title desc">\n<title id="title">{content(title)}</title>\n'
        f'<desc id="desc">{content(_described(pictures))}</desc>\n'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>\n']
    top: float = MARGIN
    for picture, frame in zip(_numbered(pictures), frames, strict=True):
        if head:
            out.append(f'<text x="{MARGIN}" y="{short(top + 14)}" font-weight="bold">{content(picture.name)}</text>\n')
            top += head
        out.append(f'<g transform="translate({short(MARGIN - frame.x)} {short(top - frame.y)})">\n')
        out += _drawn(picture)
        out.append("</g>\n")
        top += frame.h + GAP
    return "".join(out) + "</svg>\n"


def _numbered(pictures: tuple[Picture, ...]) -> Iterator[Picture]:
    """The same with an id for each thing, also for one that is drawn several times."""
    count: Counter[str] = Counter()

    def own(key: str) -> str:
        count[key] += 1
        return key if count[key] == 1 else f"{key}_{count[key]}"

    for picture in pictures:
        yield Picture(picture.name, tuple(shape._replace(id=own(shape.id)) for shape in picture.shapes),
                      tuple(edge._replace(id=own(edge.id)) for edge in picture.edges))


def _described(pictures: tuple[Picture, ...]) -> str:
    shapes = sum(len(picture.shapes) for picture in pictures)
    edges = sum(len(picture.edges) for picture in pictures)
    return f"BPMN: {len(pictures)} diagrams, {shapes} shapes, {edges} lines"


def _drawn(picture: Picture) -> Iterator[str]:
    """Holders first, then what stands in them, then lines, then the names beside things."""
    yield from (shape_as_svg(shape) for shape in picture.shapes if holds(shape))
    yield from (shape_as_svg(shape) for shape in picture.shapes if not holds(shape))
    yield from map(edge_as_svg, picture.edges)
    yield from map(_name_beside, picture.shapes)
    yield from map(_name_beside, picture.edges)


def _name_beside(thing: Shape | Edge) -> str:
    """The name of an event, gateway, data object or line, where the file puts it or where it is usual."""
    if not thing.name or thing.tag in ACTIVITIES or thing.tag in ("participant", "lane", "textAnnotation"):
        return ""
    ink = thing.ink or thing.stroke or INK
    if thing.label is not None:
        box = thing.label
        room = max(box.w * 1.2, 24)              # the reader's font may be wider
        text = set_text(thing.name, box.x + (box.w - room) / 2, box.y - 2, room, OUTSIDE, ink)
    elif isinstance(thing, Shape):
        text = set_text(thing.name, thing.box.x + thing.box.w / 2 - 60, thing.box.bottom + 2, 120, OUTSIDE, ink)
    else:
        x, y = middle(thing.points)
        text = set_text(thing.name, x - 45, y - 18, 90, OUTSIDE, ink)
    return f'<g class="name">{text}</g>\n'
