"""Random flows, sound and unsound, from a seeded generator: blocks first, then a few cuts and rewirings."""

from __future__ import annotations

from random import Random

from flowstd.ir.model import Flow, Lane, Link, Node

LANE = (Lane(id="科室", name="科室"),)


def random_flow(rng: Random, size: int = 8) -> Flow:
    """One flow: structured, then rewired zero to three times; sometimes without any structure."""
    draft = _Draft(rng)
    if rng.random() < 0.15:
        draft.scatter(rng.randint(3, size + 2))
    else:
        draft.block_flow(rng.randint(1, size))
        for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
            draft.damage()
    return draft.flow()


class _Draft:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.kinds: list[str] = []
        self.links: list[tuple[int, int]] = []

    def node(self, kind: str) -> int:
        self.kinds.append(kind)
        return len(self.kinds) - 1

    def block_flow(self, budget: int) -> None:
        start = self.node("start")
        first, last = self.block(budget)
        self.links.append((start, first))
        if last is not None:
            self.links.append((last, self.node("end")))

    def block(self, budget: int) -> tuple[int, int | None]:
        """A block's first node and its last; None when every branch has ended."""
        choice = self.rng.random()
        if budget <= 1 or choice < 0.2:
            at = self.node("task")
            return at, at
        if choice < 0.5:
            first, middle = self.block(budget // 2)
            if middle is None:
                return first, None
            second, last = self.block(budget - budget // 2)
            self.links.append((middle, second))
            return first, last
        if choice < 0.72:
            return self.branches(budget)
        if choice < 0.92:
            split, join = self.node("split"), self.node("join")
            for _ in range(self.rng.randint(2, 3)):
                first, last = self.block(budget // 2)
                self.links.append((split, first))
                if last is not None:
                    self.links.append((last, join))
            return split, join
        first, last = self.block(budget // 2)
        if last is None:
            return first, None
        again = self.node("decision")
        self.links += [(last, again), (again, first)]
        return first, again

    def branches(self, budget: int) -> tuple[int, int | None]:
        decision = self.node("decision")
        merge = self.node("task")
        open_ = 0
        for _ in range(self.rng.randint(2, 3)):
            first, last = self.block(budget // 2)
            self.links.append((decision, first))
            if last is not None and self.rng.random() < 0.15:
                self.links.append((last, self.node("end")))
            elif last is not None:
                self.links.append((last, merge))
                open_ += 1
        if not open_:
            self.links.append((decision, merge))
        return decision, merge

    def damage(self) -> None:
        rng = self.rng
        what = rng.randrange(5)
        at = rng.randrange(len(self.links))
        source, target = self.links[at]
        anywhere = rng.randrange(1, len(self.kinds))
        if what == 0:
            self.links[at] = (source, anywhere)
        elif what == 1 and self.kinds[source] != "start":
            self.links.pop(at)
        elif what == 2 and self.kinds[anywhere] != "end":
            self.links.append((anywhere, rng.randrange(1, len(self.kinds))))
        elif what == 3 and self.kinds[anywhere] != "end":
            self.kinds[anywhere] = rng.choice(("task", "decision", "split", "join"))
        else:
            self.links.append((source, target))

    def scatter(self, size: int) -> None:
        self.kinds = ["start", *(self.rng.choice(("task", "decision", "split", "join")) for _ in range(size)), "end"]
        for at in range(len(self.kinds) - 1):
            self.links.append((at, self.rng.randrange(max(1, at - 1), len(self.kinds))))
        for _ in range(self.rng.randint(0, size)):
            self.links.append((self.rng.randrange(len(self.kinds) - 1), self.rng.randrange(1, len(self.kinds))))

    def flow(self) -> Flow:
        nodes = tuple(Node(id=f"n{at}", kind=kind, label=f"第{at}步", lane="科室",
                           outcome="done" if kind == "end" else None)
                      for at, kind in enumerate(self.kinds))
        ended = {at for at, kind in enumerate(self.kinds) if kind == "end"}
        links = tuple(Link(id=f"l{number:03}", source=f"n{a}", target=f"n{b}", label=f"答{number}")
                      for number, (a, b) in enumerate(self.links) if a not in ended and b != 0)
        return Flow(lanes=LANE, nodes=nodes, links=links)
