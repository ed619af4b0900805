"""New places into an old file: bounds, way-points and labels are set, and nothing else is touched.

Shapes keep their ids, colours and vendor attributes; what had no shape gets one;
the shape of what is no longer drawn goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING

from flowstd.layout.model import Rect

from .breaking import OUTSIDE, broken, height
from .element import local, parts_of, plain_id, remove
from .gather import scope_of
from .geometry import Geometry, Points, around, meet, round_all
from .late import draw_late, field_of
from .names import set_names
from .old import Old
from .picture import name_of
from .problems import LAID, index_of, is_laid_out
from .relayout import geometry_of
from .table import BPMNDI, DC, DI

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

MARGIN = 20                # px round everything
GROUP = 12                 # px between a group and what is in it
_UPRIGHT = frozenset({"participant", "lane"})


def laid_anew(root: Element) -> Element:
    """A copy of the file with every diagram laid out anew; what has none gets one."""
    root = deepcopy(root)
    ids = index_of(root, "")
    for plane, about in planes_of(root, ids):
        lay(plane, about, ids)
    return root


def planes_of(root: Element, ids: dict[str, Element]) -> Iterator[tuple[Element, Element]]:
    """Every diagram that our engine draws, and what it is of; an empty one only if its things are on no other."""
    things = root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")
    drawn = {plain_id(thing.get("bpmnElement")) for thing in things}
    for plane in (*root.iter(f"{{{BPMNDI}}}BPMNPlane"), *new_planes(root)):
        about = ids.get(plain_id(plane.get("bpmnElement")))
        if about is not None and is_laid_out(about) and (len(plane) or not _is_drawn(about, drawn)):
            yield plane, about


def lay(plane: Element, about: Element, ids: dict[str, Element]) -> None:
    """Lay out what one diagram shows."""
    old = Old(plane)
    scope = scope_of(about, ids, old)
    geometry = geometry_of(scope).moved(MARGIN, MARGIN)
    if scope.down:
        set_names(list(geometry.shapes), geometry, field_of(geometry, ids), ids)
    draw_late(scope, geometry, ids)
    for group in scope.groups:
        rect = _round_members(group, old, geometry)
        if rect is not None:
            geometry.shapes[group.get("id", "")] = rect
            _name_group(group, rect, geometry, ids)
    write(plane, geometry, ids)


def new_planes(root: Element) -> list[Element]:
    """A diagram for each collaboration, and each process outside of them, of which nothing is drawn."""
    drawn = {plain_id(thing.get("bpmnElement")) for thing in root.iter(f"{{{BPMNDI}}}*")}
    pooled = {plain_id(pool.get("processRef")) for about in parts_of(root, "collaboration")
              for pool in parts_of(about, "participant")}
    abouts = [about for about in parts_of(root, "collaboration") if any(True for _ in parts_of(about, "participant"))]
    abouts += [process for process in parts_of(root, "process") if process.get("id") not in pooled]
    return [_new_plane(root, about) for about in abouts
            if about.get("id") and is_laid_out(about) and not _is_drawn(about, drawn)]


def _is_drawn(about: Element, drawn: set[str]) -> bool:
    """Whether anything of it, or of its pools, is on a diagram, or there is nothing that could be."""
    root, pools = about.getparent(), [plain_id(pool.get("processRef")) for pool in parts_of(about, "participant")]
    processes = parts_of(root, "process") if root is not None else ()
    inside = [process for process in processes if process.get("id") in pools]
    keys = {one.get("id") for holder in (about, *inside) for one in parts_of(holder)}
    return about.get("id") in drawn or bool(keys & drawn) or not keys


def _new_plane(root: Element, about: Element) -> Element:
    used, key = _ids(root), about.get("id", "")
    spaces = {"bpmndi": BPMNDI, "dc": DC, "di": DI}
    diagram = root.makeelement(f"{{{BPMNDI}}}BPMNDiagram", {"id": _unused(f"Diagram_{key}", used)}, spaces)
    plane = diagram.makeelement(f"{{{BPMNDI}}}BPMNPlane", {"id": _unused(f"Plane_{key}", used), "bpmnElement": key})
    diagram.append(plane)
    after = next(parts_of(root, "relationship"), None)           # the schema wants these last
    root.append(diagram) if after is None else after.addprevious(diagram)
    return plane


def _ids(root: Element) -> set[str]:
    """Every id in the file."""
    return {str(one.get("id")) for one in root.iter() if isinstance(one.tag, str) and one.get("id")}


def _unused(wanted: str, used: set[str]) -> str:
    """An id that nothing has; it is taken from now on."""
    found, number = wanted, 1
    while found in used:
        number += 1
        found = f"{wanted}_{number}"
    used.add(found)
    return found


def _round_members(group: Element, old: Old, geometry: Geometry) -> Rect | None:
    """Round what stood in the group before, and its names."""
    frame = old.boxes.get(group.get("id", ""))
    if frame is None:
        return None
    keys = [key for key, box in old.boxes.items()
            if key in geometry.shapes and frame.holds(box) and key != group.get("id")]
    if not keys:
        return Rect(MARGIN, geometry.height + 2 * MARGIN, round(frame.w), round(frame.h))
    named = (geometry.names[key] for key in keys if key in geometry.names)
    return round_all((*(geometry.shapes[key] for key in keys), *named), GROUP)


def _name_group(group: Element, rect: Rect, geometry: Geometry, ids: dict[str, Element]) -> None:
    """The name of a group where nothing else is: above or below its border, else wherever it fits."""
    name = name_of(group, ids)
    if not name:
        return
    lines, width = broken(name, 120, OUTSIDE)
    wide, tall = width + 2, height(lines, OUTSIDE)
    taken = [
        *geometry.names.values(),
        *(around(a, b) for line in geometry.lines.values() for a, b in pairwise(line)),
        *(other for key, other in geometry.shapes.items() if local(ids[key]) not in (*LAID, *_UPRIGHT, "group")),
    ]
    spots = [Rect(x, y, wide, tall) for y in (rect.y - tall - 2, rect.bottom + 2, rect.y + 2, rect.bottom - tall - 2)
             for x in range(rect.x + 6, max(rect.right - wide, rect.x + 7), 20)]
    free = [spot for spot in spots if not any(meet(spot, other, 1) for other in taken)]
    geometry.names[group.get("id", "")] = (free or spots)[0]


# ---- writing

def write(plane: Element, geometry: Geometry, ids: dict[str, Element], *, keep: bool = False) -> None:
    """Put *geometry* into a diagram; what it does not name goes, or stays as it is with *keep*."""
    had: set[str] = set()
    for thing in list(plane):
        if local(thing) not in ("BPMNShape", "BPMNEdge"):
            continue
        key = plain_id(thing.get("bpmnElement"))
        places: dict[str, Rect] | dict[str, Points] = geometry.shapes if local(thing) == "BPMNShape" else geometry.lines
        if key not in places or key in had:
            if not keep:
                remove(thing)
            continue
        had.add(key)
        thing.set("bpmnElement", key)                # without the prefix that only some tools understand
        _set(thing, key, geometry, ids)
    used = _ids(plane.getroottree().getroot())
    for key in (*geometry.shapes, *geometry.lines):
        if key not in had and key in ids:
            tag, prefix = ("BPMNShape", "Shape_") if key in geometry.shapes else ("BPMNEdge", "Edge_")
            thing = plane.makeelement(f"{{{BPMNDI}}}{tag}", {"id": _unused(f"{prefix}{key}", used), "bpmnElement": key})
            plane.append(thing)
            _set(thing, key, geometry, ids)
    diagram = plane.getparent()
    if diagram is not None and not keep:
        _indent(diagram)


def _indent(diagram: Element) -> None:
    """One shape a line, as people and comparing tools want it."""
    from lxml import etree

    etree.indent(diagram, "  ", level=1)
    before = diagram.getprevious()
    if before is not None and not (before.tail or "").strip():
        before.tail = "\n  "
    if diagram.getnext() is None:
        diagram.tail = "\n"


def _set(thing: Element, key: str, geometry: Geometry, ids: dict[str, Element]) -> None:
    """Bounds or way-points, flags and label of one shape or edge."""
    for child in list(thing):
        if local(child) in ("Bounds", "waypoint"):
            remove(child)
    if local(thing) == "BPMNShape":
        places = [_bounds(thing, geometry.shapes[key])]
        if local(ids[key]) in _UPRIGHT:
            thing.set("isHorizontal", "false" if key in geometry.upright else "true")
        if key in geometry.opened:
            thing.set("isExpanded", "true")
    else:
        places = [thing.makeelement(f"{{{DI}}}waypoint", {"x": str(x), "y": str(y)}) for x, y in geometry.lines[key]]
    first = 1 if len(thing) and local(thing[0]) == "extension" else 0
    for number, place in enumerate(places):
        thing.insert(first + number, place)
    _label(thing, geometry.names.get(key))


def _label(thing: Element, rect: Rect | None) -> None:
    label = thing.find(f"{{{BPMNDI}}}BPMNLabel")
    if label is not None:
        for bounds in label.findall(f"{{{DC}}}Bounds"):
            remove(bounds)
    if rect is None:
        return
    if label is None:
        label = thing.makeelement(f"{{{BPMNDI}}}BPMNLabel", {})
        thing.append(label)
    label.insert(0, _bounds(label, rect))


def _bounds(owner: Element, rect: Rect) -> Element:
    return owner.makeelement(
        f"{{{DC}}}Bounds", {"x": str(rect.x), "y": str(rect.y), "width": str(rect.w), "height": str(rect.h)}
    )
