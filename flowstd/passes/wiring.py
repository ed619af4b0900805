"""The lines of a flow while its steps are put together or taken out; the order in which they were declared stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowstd.ir.model import Flow


class Wiring:
    """Lines by id, and of each step the ids of those that leave and enter it."""

    def __init__(self, flow: Flow) -> None:
        self.links = {link.id: link for link in flow.links}
        self.exits = {node.id: [link.id for link in flow.exits[node.id]] for node in flow.nodes}
        self.entries = {node.id: [link.id for link in flow.entries[node.id]] for node in flow.nodes}

    def aim(self, link: str, target: str) -> None:
        """Let *link* lead to another step."""
        self.entries[self.links[link].target].remove(link)
        self.entries[target].append(link)
        self.links[link] = self.links[link].model_copy(update={"target": target})

    def start(self, link: str, source: str) -> None:
        """Let *link* come from another step."""
        self.exits[self.links[link].source].remove(link)
        self.exits[source].append(link)
        self.links[link] = self.links[link].model_copy(update={"source": source})

    def cut(self, link: str) -> None:
        """Take *link* away."""
        gone = self.links.pop(link)
        self.exits[gone.source].remove(link)
        self.entries[gone.target].remove(link)

    def forget(self, name: str) -> None:
        """Take away a step that no line meets any more."""
        del self.exits[name], self.entries[name]
