"""A BPMN file kept whole: its tree as it came, the flows in it, and what those do not say."""

from __future__ import annotations

from codecs import BOM_UTF8
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flowstd.base.errors import BadSource
from flowstd.base.text import Text
from flowstd.base.where import Where

from .element import line_of, local, one_line, parts_of, plain_id, remove
from .parse import bytes_of, tree_of
from .problems import check_amount, index_of, kept_as_drawn, problems_of, unusable
from .table import BPMN
from .told import Loss, Told

if TYPE_CHECKING:
    from lxml import etree

    from flowstd.base.finding import Finding
    from flowstd.ir.model import Flow
    from flowstd.item import Item

    from .to_ir import Reading

    Element = etree._Element


def read(source: str | Path | bytes) -> BpmnDocument:
    """The BPMN 2.0 model in a file, or in the bytes of one; of any vendor, in any common encoding.

    Nothing else is read: no schema, no import, no entity, no address.

    Raises: BadSource: not BPMN, or a file that would make a reader fetch or expand more than it was given.

    >>> read(b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>').flows
    ()
    """
    if isinstance(source, bytes):
        return BpmnDocument(source)
    path = Path(source)
    return BpmnDocument(bytes_of(path), str(path))


class BpmnDocument:
    """One BPMN file. Elements, attributes, vendor extensions and diagrams stay as they are.

    *problems* tells what is wrong with it, with the lines. *ids* has every BPMN element.
    """

    def __init__(self, data: bytes, file: str = "") -> None:
        self.file = file
        self.root = tree_of(data, file)
        self._data = data
        if self.root.tag != f"{{{BPMN}}}definitions":
            name = local(self.root)
            raise BadSource(Text(f"不是 BPMN 2.0 文件：根元素是“{name}”", f'not BPMN 2.0: the root element is "{name}"'),
                            where=Where(file or "BPMN", line_of(self.root)))

        self.ids = index_of(self.root, file)
        self._left_out = unusable(self.root)
        self.problems: tuple[Finding, ...] = problems_of(self.root, self.ids, self._left_out, file)
        self._changed = bool(self._left_out)
        for shape in self._left_out:
            remove(shape)

    # ---- the flows in it

    @cached_property
    def _read(self) -> tuple[tuple[Reading, ...], Told]:
        from .graph import FLOW_NODES
        from .to_ir import read_process

        check_amount(self.ids, self.file)
        told = Told()
        told.tell(self.root, "targetNamespace", "exporter")
        pools = {plain_id(pool.get("processRef")): pool
                 for holder in parts_of(self.root, "collaboration") for pool in parts_of(holder, "participant")}
        readings = []
        for process in parts_of(self.root, "process"):
            if not any(local(child) in FLOW_NODES for child in parts_of(process)):
                continue
            pool = pools.get(process.get("id", ""))
            name = one_line(pool.get("name")) if pool is not None else ""
            reading = read_process(process, told, name, self.file)
            if reading is None:
                continue
            readings.append(reading)
            if pool is not None and name in (reading.flow.title, process.get("name")):
                told.tell(pool.getparent())
                told.tell(pool, "name", "processRef")
        return tuple(readings), told

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every process that has steps, as a flow."""
        return self._read[0]

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The flow of every process that has steps, in the order of the file."""
        return tuple(reading.flow for reading in self.readings)

    @property
    def main(self) -> Reading:
        """The process with the most steps. Raises BadSource: no process has any."""
        if not self.readings:
            raise BadSource(Text("文件里没有带步骤的流程", "no process in the file has a step"), where=Where(self.file or "BPMN"))
        return max(self.readings, key=lambda reading: len(reading.flow.nodes))

    @property
    def flow(self) -> Flow:
        """The flow of the process with the most steps. Raises BadSource: no process has any."""
        return self.main.flow

    @property
    def item(self) -> Item | None:
        """The service item the file was written for, if it is one of ours."""
        return self.main.item

    @property
    def scenario(self) -> str:
        """The scenario of that item."""
        return self.main.scenario

    @property
    def losses(self) -> tuple[Loss, ...]:
        """What the flows do not say: lost when they are used without this document."""
        told = self._read[1]
        return tuple(loss for child in parts_of(self.root) for loss in told.losses(child))

    # ---- other places

    def relaid(self) -> BpmnDocument:
        """The same model with all diagrams laid out anew: lanes as rows, flow to the right, nothing upon anything.

        Raises: BadSource: more steps, or longer names, than can be drawn.
        """
        from .interchange import laid_anew
        from .limits import check_layout

        check_layout(self.ids, self.file)
        return self._with(laid_anew(self.root), kept_as_drawn(self.root, self.ids, self.file))

    def completed(self) -> BpmnDocument:
        """The same model with a place for everything that had none; whatever has a place keeps it.

        Raises: BadSource: more steps, or longer names, than can be drawn.
        """
        from .limits import check_layout, check_missing
        from .missing import completed

        check_layout(self.ids, self.file)
        check_missing(self.root, self.ids, self.file)
        return self._with(completed(self.root), kept_as_drawn(self.root, self.ids, self.file))

    def _with(self, root: Element, told: tuple[Finding, ...]) -> BpmnDocument:
        from lxml import etree

        made = BpmnDocument(etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True), self.file)
        made.problems = (*made.problems, *told)
        return made

    # ---- the picture

    def svg(self) -> str:
        """All diagrams of the file in BPMN notation, one below the other, as one SVG.

        Raises: BadSource: the file has no diagram, or more in it than can be drawn.
        """
        from .picture import pictures_of
        from .to_svg import to_svg

        check_amount(self.ids, self.file)
        pictures = pictures_of(self.root, self.ids)
        if not pictures:
            raise BadSource(
                Text("文件里没有图形，只有模型", "the file has a model, but no diagram"),
                where=Where(self.file or "BPMN"),
                fix=Text("加 --relayout 由 flowstd 画", "let flowstd draw it: --relayout"),
            )
        return to_svg(pictures, one_line(self.root.get("name")) or pictures[0].name or Path(self.file).stem or "BPMN")

    # ---- writing

    def write(self) -> bytes:
        """The file, in UTF-8; what came in UTF-8 comes back byte for byte."""
        from lxml import etree

        data = self._data.removeprefix(BOM_UTF8)
        if not self._changed and _is_utf8(self._data) and not data[:1].isspace():
            return data
        return etree.tostring(self.root.getroottree(), encoding="UTF-8", xml_declaration=True)

    def save(self, path: str | Path) -> Path:
        """Write the file to *path*, whole or not at all. Raises BadEnvironment."""
        from flowstd.base.files import write_whole

        path = Path(path)
        write_whole(path, self.write())
        return path


def _is_utf8(data: bytes) -> bool:
    """Whether a file says, and is, UTF-8."""
    from .parse import encoding_of

    return encoding_of(data) == "utf-8"
