"""A second opinion on soundness, written on purpose in another way: tokens in a bag, rules tried one by one.

It shares nothing with flowstd.check: no bits, no reduction, no search order. It reads the graph as the BPMN standard
reads it and keeps every marking as a sorted tuple of link ids, with repetition. And it leaves out parallel branches
whose condition does not hold, which the check itself need not try.
"""

from __future__ import annotations

import networkx as nx

from flowstd.ir.model import Flow

END = "~ended"


class TooMany(Exception):
    """More markings than the game has patience for."""


def judge(flow: Flow, patience: int = 30_000) -> dict[str, object]:
    """What playing every possible game shows: unsafe, deadlocked, ended and idle nodes."""
    starts = [node for node in flow.nodes if node.kind == "start"]
    if len(starts) != 1:
        return {"sound": False, "unsafe": False, "blocked": False, "idle": ()}
    first = tuple(sorted(link.id for link in flow.links if link.source == starts[0].id))
    known = {first}
    todo = [first]
    moves: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    happened = {starts[0].id}
    skips = spared(flow)
    while todo:
        bag = todo.pop()
        moves[bag] = []
        for node in flow.nodes:
            for result in _play(flow, node, bag):
                happened.add(node.id)
                moves[bag].append(result)
                if len(set(result)) < len(result):
                    return {"sound": False, "unsafe": True, "blocked": None, "idle": None}
        moves[bag] += [_change(bag, [begin], [end]) for begin, end in skips.items() if begin in bag]
        for result in moves[bag]:
            if len(set(result)) < len(result):
                return {"sound": False, "unsafe": True, "blocked": None, "idle": None}
            if result not in known:
                known.add(result)
                todo.append(result)
        if len(known) > patience:
            raise TooMany
    winning = _winning(moves)
    blocked = len(winning) < len(known)
    idle = tuple(node.id for node in flow.nodes if node.id not in happened)
    return {"sound": not blocked and not idle, "unsafe": False, "blocked": blocked, "idle": idle}


def spared(flow):
    """Branches that may not be needed: a token on the first link may turn up on the last. Found by taking joins out."""
    found = {}
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(node.id for node in flow.nodes)
    graph.add_edges_from((link.source, link.target, link.id) for link in flow.links)
    for split in (node.id for node in flow.nodes if node.kind == "split"):
        for join in (node.id for node in flow.nodes if node.kind == "join"):
            ends = [_last(graph, edge, join) for edge in graph.out_edges(split, keys=True)]
            if None not in ends and set(ends) == {key for _, _, key in graph.in_edges(join, keys=True)} \
                    and len(set(ends)) == len(ends):
                begins = [key for _, _, key in graph.out_edges(split, keys=True)]
                labels = {link.id: link.label for link in flow.links}
                found |= {begin: end for begin, end in zip(begins, ends, strict=True) if labels[begin]}
    return found


def _last(graph, edge, join):
    """The link by which the branch that *edge* begins arrives at *join*, if it is a world of its own."""
    _, first, key = edge
    if first == join:
        return key
    rest = graph.copy()
    rest.remove_node(join)
    branch = {first} | nx.descendants(rest, first)
    into = [k for source, _, k in graph.in_edges(branch, keys=True) if source not in branch]
    out = [k for _, target, k in graph.out_edges(branch, keys=True) if target == join]
    stuck = [node for node in branch if not graph.out_degree(node)]
    return out[0] if into == [key] and len(out) == 1 and not stuck else None


def _play(flow, node, bag):
    into = [link.id for link in flow.links if link.target == node.id]
    out = [link.id for link in flow.links if link.source == node.id]
    if node.kind == "start":
        return
    if node.kind == "end":
        for link in into:
            if link in bag:
                yield _change(bag, [link], [END])
    elif node.kind == "join":
        if out and into and all(link in bag for link in into):
            yield _change(bag, into, out)
    elif node.kind == "decision":
        for link in into:
            for way in out:
                if link in bag:
                    yield _change(bag, [link], [way])
    elif out:
        for link in into:
            if link in bag:
                yield _change(bag, [link], out)


def _change(bag, minus, plus):
    rest = list(bag)
    for link in minus:
        rest.remove(link)
    return tuple(sorted(rest + plus))


def _winning(moves):
    """Fixpoint from the proper end: the slow, plain way."""
    good = {(END,)} & set(moves)
    while True:
        more = {bag for bag, results in moves.items() if bag not in good and any(r in good for r in results)}
        if not more:
            return good
        good |= more
