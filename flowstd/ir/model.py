"""Flow: the steps of one scenario as one graph, checked when it is built."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import Field

from flowstd.base.frozen import Placed
from flowstd.base.late import late
from flowstd.base.legal import LegalSource
from flowstd.base.term import Term

from .kinds import DocumentKind, Kind, Outcome, Role, StepKind

if TYPE_CHECKING:
    import networkx as nx

    from flowstd.pipeline import Chart


class Lane(Placed):
    """Who acts: one band of the chart. Order in the flow is order on the sheet."""

    id: str
    name: str
    role: Role = Role.ORGAN


class Document(Placed):
    """A material that a step takes in, or a paper that it issues."""

    id: str
    name: str
    kind: DocumentKind = DocumentKind.MATERIAL


class Node(Placed):
    """One symbol of the chart: a step, a decision, a split or join, a start or an end."""

    id: str                                    # grown from lane and label, never random
    kind: Kind
    label: str
    lane: str
    step: StepKind | None = None               # tasks and decisions only
    within: Term | None = None                 # the step's own limit
    excluded_by: LegalSource | None = None     # set: its time does not count towards the limit
    takes: tuple[str, ...] = ()                # document ids
    issues: tuple[str, ...] = ()               # document ids
    bases: tuple[LegalSource, ...] = ()
    criteria: str = ""                         # what is looked at (internal view)
    post: str = ""                             # who in the office (internal view)
    onsite: bool = False                       # the applicant must come in person
    outcome: Outcome | None = None             # ends only
    calls: str = ""                            # call nodes: the item code or file of the other chart
    group: str = ""                            # the fragment it belongs to, for collapsing
    note: str = ""                             # a remark that is drawn beside the step


class Link(Placed):
    """One line of flow."""

    id: str
    source: str
    target: str
    label: str = ""                            # of a decision's exit: the answer; of a split's: taken only if it holds
    back: bool = False                         # returns to an earlier step
    default: bool = False                      # the exit taken when no other condition holds


class Flow(Placed):
    """The steps of one scenario, frozen; every list is in declaration order.

    Raises: AmbiguousStep, UnknownStep, BadFlow: when the parts do not make one graph.

    >>> from flowstd import applicant, end, flow_of
    >>> flow = flow_of(applicant.submit("提交申请") >> end.done)
    >>> [link.id for link in flow.exits["start"]], Flow.from_json(flow.to_json()) == flow
    (['start→申请人/提交申请'], True)
    """

    title: str = ""
    lanes: tuple[Lane, ...] = Field(min_length=1)
    nodes: tuple[Node, ...] = Field(min_length=1)
    links: tuple[Link, ...] = ()
    documents: tuple[Document, ...] = ()

    def model_post_init(self, context: Any) -> None:
        """Once, when it is built: a validator would be asked again by every case that holds the flow."""
        from .invariants import check_built

        check_built(self)

    @cached_property
    def node_by_id(self) -> dict[str, Node]:
        """Every node by its id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def exits(self) -> dict[str, tuple[Link, ...]]:
        """The links that leave each node, in declaration order."""
        return self._ends("source")

    @cached_property
    def entries(self) -> dict[str, tuple[Link, ...]]:
        """The links that enter each node, in declaration order."""
        return self._ends("target")

    @cached_property
    def document_by_id(self) -> dict[str, Document]:
        """Every document by its id."""
        return {document.id: document for document in self.documents}

    @property
    def body(self) -> tuple[object, ...]:
        """All but the title and the place: flows that share it look alike."""
        return (self.lanes, self.nodes, self.links, self.documents)

    def _ends(self, end: str) -> dict[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {node.id: [] for node in self.nodes}
        for link in self.links:
            found[getattr(link, end)].append(link)
        return {node: tuple(links) for node, links in found.items()}

    def _content(self) -> dict[str, Any]:
        return {name: self.__dict__[name] for name in ("title", "lanes", "nodes", "links", "documents")}

    # ---- verbs of later stages, found when they are called

    def to_json(self) -> str:
        """Canonical JSON: equal flows give equal text."""
        return str(late("flowstd.ir.text:to_json")(self))

    @classmethod
    def from_json(cls, text: str | bytes, *, file: str = "") -> Flow:
        """The flow that ``to_json`` wrote. Raises BadSource, BadFlow."""
        flow: Flow = late("flowstd.ir.read:from_json")(text, file=file)
        return flow

    def as_networkx(self) -> nx.MultiDiGraph[str]:
        """This flow as a networkx graph, for analyses of your own.

        Nodes have their id, and label, kind and lane; links their id as key, and label and back.

        >>> import networkx as nx
        >>> from flowstd import applicant, end, flow_of, window
        >>> graph = flow_of(applicant.submit("提交申请") >> window.accept("受理") >> end.done).as_networkx()
        >>> nx.dag_longest_path_length(graph), graph.nodes["窗口/受理"]["label"]
        (3, '受理')
        """
        graph: nx.MultiDiGraph[str] = late("flowstd.ir.graph:as_networkx")(self)
        return graph

    def compile(self, **options: Any) -> Chart:
        """Check and lay out this flow: see :func:`flowstd.pipeline.compile_flow`."""
        chart: Chart = late("flowstd.pipeline:compile_flow")(self, **options)
        return chart

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        compiled = self.compile()
        return {"image/svg+xml": compiled.svg(), "text/plain": compiled.summary()}
