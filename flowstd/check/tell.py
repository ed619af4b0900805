"""How a flow goes wrong, told in the author's own words: which answers lead there, who waits for whom."""

from __future__ import annotations

from flowstd.base.text import Text
from flowstd.ir.kinds import Kind
from flowstd.ir.model import Flow, Link, Node

from .subject import listed, said
from .trouble import Move, Trouble, Wrong

NAMED = 3         # things of a kind that are told by name
MOST = 6          # moments of the way that are told; a longer list is not read


def told(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    """What happens, and how to mend it."""
    return _TELLERS[trouble.kind](flow, trouble)


def _waits(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    join = flow.node_by_id[trouble.node]
    arrived = [link for link in flow.entries[join.id] if link.id not in trouble.missing]
    missing = [_exit(flow, link) for link in flow.entries[join.id] if link.id in trouble.missing]
    after = _after(flow, trouble, arrived)
    name, lacks = said(join), _few(missing)
    return (Text(f"{after.zh}{name.zh}一直等不到{lacks.zh}，事项永远办不结",
                 f"{after.en}{name.en} waits for ever for {lacks.en}: the case can never end"),
            Text("让每个并行分支都走到汇合处：会结束或返回的判断放到并行之前或汇合之后",
                 "let every parallel branch arrive at the join: put a decision that ends or goes back "
                 "before the parallel part or after its join"))


def _few(parts: list[Text]) -> Text:
    """Several things in a row, the first of them by name."""
    named = listed(parts[:NAMED])
    more = len(parts) - NAMED
    return Text(f"{named.zh} 等 {len(parts)} 处", f"{named.en} and {more} more") if more > 0 else named


def _stuck(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    name, after = said(flow.node_by_id[trouble.node]), _after(flow, trouble, [])
    return (Text(f"{after.zh}事项停在{name.zh}，后面没有任何去向",
                 f"{after.en}the case stops at {name.en}, which nothing follows"),
            Text("接上后面的步骤或一个结束", "add what follows, or an end"))


def _loops(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    name, after = said(flow.node_by_id[trouble.node]), _after(flow, trouble, [])
    return (Text(f"{after.zh}事项从{name.zh}起只会反复循环，再也走不到结束",
                 f"{after.en}from {name.en} on the case goes round for ever and can never end"),
            Text("给循环留一个通往结束的出口", "give the loop an exit that leads to an end"))


def _twice(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    node = flow.node_by_id[trouble.node]
    name = said(node)
    meeting = listed(_exit(flow, link) for link in flow.entries[node.id] if not link.back)
    met = (Text(f"{meeting.zh}同时进行后没有汇合就都进入",
                f"{meeting.en} go on at once and both lead, without a join, into ")
           if len(flow.entries[node.id]) > 1 else Text("并行部分里，", "in the parallel part, "))
    return (Text(f"{met.zh}{name.zh}，它会被办两次", f"{met.en}{name.en}, which is then done twice"),
            Text(f"在{name.zh}之前用并行的汇合（parallel(…)）收拢各分支",
                 f"bring the branches together with parallel(…) before {name.en}"))


def _grows(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    name = said(flow.node_by_id[trouble.node])
    return (Text(f"一个并行分支返回到并行之前，{name.zh}每一轮都会再启动一次，越积越多",
                 f"one parallel branch goes back to before the parallel part: every round starts {name.en} once "
                 "more, without end"),
            Text("先汇合各分支，再判断是否返回", "join the branches first, then decide whether to go back"))


def _ends_twice(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    first, second = said(flow.node_by_id[trouble.ended]), said(flow.node_by_id[trouble.node])
    after = _after(flow, trouble, [])
    if trouble.ended == trouble.node:
        return (Text(f"{after.zh}并行的分支没有汇合，各自走到{second.zh}，一件事办结两次",
                     f"{after.en}parallel branches reach {second.en} each on their own, without a join: the case "
                     "ends twice"),
                _JOIN_FIRST)
    return (Text(f"{after.zh}一个并行分支已以{first.zh}结束，另一个仍会走到{second.zh}，一件事办结两次",
                 f"{after.en}one parallel branch has ended at {first.en} and another still comes to {second.en}: the "
                 "case ends twice"),
            _JOIN_FIRST)


_JOIN_FIRST = Text("并行的各分支先汇合，再结束", "join the parallel branches before the case ends")


def _never(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    name = said(flow.node_by_id[trouble.node])
    return (Text(f"无论怎样选择，{name.zh}都不会发生", f"whatever is answered, {name.en} never happens"),
            Text("检查通往它的判断和汇合，或删去它", "check the decisions and joins that lead to it, or take it out"))


def _tangled(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    place = f"，问题在{said(flow.node_by_id[trouble.node]).zh}附近" if trouble.node else ""
    near = f", near {said(flow.node_by_id[trouble.node]).en}" if trouble.node else ""
    return (Text(f"并行与判断交错，有的情形不能正常办结{place}；流程太大，无法列出具体经过",
                 f"parallel parts and decisions are tangled, and some cases cannot end properly{near}; "
                 f"the flow is too large to tell the way"),
            _SPLIT_UP)


def _too_large(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    from .net import STATES

    return (Text(f"流程并行部分过于复杂，{STATES} 种情形之内未能完全验证能否办结；结构检验没有发现问题",
                 f"the parallel parts are too involved to be decided within {STATES} situations; "
                 f"the structural test found nothing wrong, which is no proof"),
            _SPLIT_UP)


_SPLIT_UP = Text("把一部分拆成另一张流程图，用 call(…) 引用", "make a part of it a chart of its own and call(…) it")


def _graph(flow: Flow, trouble: Trouble) -> tuple[Text, Text]:
    raise AssertionError(f"{trouble.kind} is told by STR001 and STR002")


_TELLERS = {
    Wrong.WAITS: _waits, Wrong.STUCK: _stuck, Wrong.LOOPS: _loops, Wrong.TWICE: _twice, Wrong.GROWS: _grows,
    Wrong.ENDS_TWICE: _ends_twice, Wrong.NEVER: _never, Wrong.TANGLED: _tangled, Wrong.TOO_LARGE: _too_large,
    Wrong.NO_START: _graph, Wrong.UNREACHED: _graph, Wrong.NO_END: _graph,
}


# ---- the way there, in few words


def _after(flow: Flow, trouble: Trouble, arrived: list[Link]) -> Text:
    """"After A has ended and B has answered no, ": the answers since the parallel part began, and who has arrived."""
    parts = [_chosen(flow, move) for move in _answers(flow, trouble.way)]
    if trouble.ended and trouble.kind is Wrong.WAITS:
        name = said(flow.node_by_id[trouble.ended])
        ended = Text(f"以{name.zh}结束", f"the branch has ended at {name.en}")
        last = [Text(f"{part.zh}而{ended.zh}", f"{part.en}, so that {ended.en}") for part in parts[-1:]]
        parts = [*parts[:-1], *(last or [ended])]
    sources = [flow.node_by_id[link.source] for link in arrived]
    done = [Text(f"{said(source).zh}完成", f"{said(source).en} is done") for source in sources
            if source.kind in (Kind.TASK, Kind.CALL)]
    parts = [*parts[-MOST:], *(done[:NAMED] if not trouble.ended else [])]
    if not parts:
        return Text("", "")
    whole = listed(dict.fromkeys(parts), Text("、", " and "))
    return Text(f"{whole.zh}之后，", f"when {whole.en}, ")


def _answers(flow: Flow, way: tuple[Move, ...]) -> list[Move]:
    """The answers that matter: those since the first split, or the last one when none came after it."""
    split = next((at for at, move in enumerate(way) if flow.node_by_id[move[0]].kind is Kind.SPLIT), 0)
    answers = [(at, move) for at, move in enumerate(way) if move[1] and len(flow.exits[move[0]]) > 1]
    return [move for at, move in answers if at > split] or [move for _, move in answers[-1:]]


def _chosen(flow: Flow, move: Move) -> Text:
    label = next(link.label for link in flow.exits[move[0]] if link.id == move[1])
    name = said(flow.node_by_id[move[0]])
    return Text(f"{name.zh}选择“{label}”", f'{name.en} has answered "{label}"')


def _exit(flow: Flow, link: Link) -> Text:
    source: Node = flow.node_by_id[link.source]
    name = said(source)
    if source.kind is Kind.DECISION and link.label:
        return Text(f"{name.zh}的“{link.label}”", f'"{link.label}" of {name.en}')
    return name
