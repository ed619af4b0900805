"""In the manner of files of the public interchange suite: what each of them is there to test."""

from __future__ import annotations

from tests.bpmn.manner.diagram import PLAIN, SPACES, Look, Place, diagram

HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n' \
       f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {SPACES} ' \
       'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="http://example.org/suite" id="D">\n'


def flows(*specs: str) -> str:
    """Sequence flows told as ``a>b`` or ``a>b=name`` or ``a>b=name?condition``."""
    found = []
    for spec in specs:
        ends, _, words = spec.partition("=")
        source, target = ends.split(">")
        name, _, condition = words.partition("?")
        said = ('<conditionExpression xsi:type="tFormalExpression">'
                f'{condition}</conditionExpression>') if condition else ""
        label = f' name="{name}"' if name else ""
        found.append(f'<sequenceFlow id="{source}-{target}"{label} sourceRef="{source}" targetRef="{target}">{said}'
                     "</sequenceFlow>")
    return "\n".join(found) + "\n"


def event(tag: str, key: str, name: str, kind: str = "", **more: str) -> str:
    """An event, with a definition of that kind."""
    held = f'<{kind}EventDefinition id="{key}_d"{DEFINED.get(kind, "/>")}' if kind else ""
    told = "".join(f' {name}="{value}"' for name, value in more.items())
    return f'<{tag} id="{key}" name="{name}"{told}>{held}</{tag}>\n'


DEFINED = {
    "timer": '><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition>',
    "conditional": '><condition xsi:type="tFormalExpression">ready</condition></conditionalEventDefinition>',
    "message": ' messageRef="msg"/>', "signal": ' signalRef="sig"/>', "error": ' errorRef="err"/>',
    "escalation": ' escalationRef="esc"/>', "link": ' name="on"/>',
}
ROOTS = '<message id="msg" name="Message"/><signal id="sig" name="Signal"/>' \
        '<error id="err" name="Error" errorCode="E"/>' \
        '<escalation id="esc" name="Escalation" escalationCode="X"/>\n'


def whole(inside: str, places: dict[str, Place], about: str, look: Look = PLAIN, flags: dict[str, str] | None = None,
          head: str = HEAD) -> bytes:
    """A model with one diagram."""
    model = f"{head}{inside}</definitions>\n"
    return (model.removesuffix("</definitions>\n") + diagram(model, about, places, look, flags) +
        "</definitions>\n").encode()


def vertical() -> bytes:
    """A.4.1: two pools and three lanes that stand upright, open sub-processes, messages."""
    inner = '<startEvent id="{0}s"/><task id="{0}t" name="Task {0}"/><endEvent id="{0}e"/>' + flows("{0}s>{0}t",
        "{0}t>{0}e")
    model = (
        '<collaboration id="C"><participant id="p1" name="Pool 1" processRef="P1"/>'
        '<participant id="p2" name="Pool 2" processRef="P2"/><messageFlow id="m1" name="order" sourceRef="t1" '
        'targetRef="u1"/>'
        '<messageFlow id="m2" sourceRef="u2" targetRef="t2"/></collaboration>\n'
        '<process id="P1"><laneSet id="ls"><lane id="l1" name="Lane 1"><flowNodeRef>s1</flowNodeRef><flowNodeRef>t1'
        '</flowNodeRef><flowNodeRef>sub1</flowNodeRef></lane><lane id="l2" name="Lane 2"><flowNodeRef>t2</flowNodeRef>'
        '<flowNodeRef>e1</flowNodeRef></lane></laneSet><startEvent id="s1" name="Start"/><task id="t1" name="Task 1"/>'
        f'<subProcess id="sub1" name="Expanded">{inner.format("a")}</subProcess><task id="t2" name="Task 2"/>'
        f'<endEvent id="e1" name="End"/>{flows("s1>t1", "t1>sub1", "sub1>t2", "t2>e1")}</process>\n'
        '<process id="P2"><laneSet id="ls2"><lane id="l3" name="Lane 3"><flowNodeRef>s2</flowNodeRef><flowNodeRef>u1'
        '</flowNodeRef><flowNodeRef>u2</flowNodeRef><flowNodeRef>e2</flowNodeRef></lane></laneSet>'
        '<startEvent id="s2"/><task id="u1" name="Task 3"/><task id="u2" name="Task 4"/><endEvent id="e2"/>'
        f'{flows("s2>u1", "u1>u2", "u2>e2")}</process>\n')
    places: dict[str, Place] = {
        "p1": (20, 20, 500, 800), "p2": (560, 20, 220, 800), "l1": (20, 50, 260, 770), "l2": (280, 50, 240, 770),
        "l3": (560, 50, 220, 770), "s1": (132, 80, 36, 36), "t1": (100, 150, 100, 80), "sub1": (60, 280, 180, 400),
        "as": (132, 310, 36, 36), "at": (100, 400, 100, 80), "ae": (132, 600, 36, 36), "t2": (350, 560, 100, 80),
        "e1": (382, 740, 36, 36), "s2": (652, 80, 36, 36), "u1": (620, 150, 100, 80), "u2": (620, 560, 100, 80),
        "e2": (652, 740, 36, 36)}
    flags = dict.fromkeys(("p1", "p2", "l1", "l2", "l3"), 'isHorizontal="false"') | {"sub1": 'isExpanded="true"'}
    return whole(model, places, "C", Look(labels=True), flags)


def analytic() -> bytes:
    """B.2.0: every event and gateway of the analytic class, loops, a link, groups, remarks, data."""
    kinds = ("message", "timer", "conditional", "signal", "error", "escalation", "compensate", "cancel")
    hosts = "".join(f'<transaction id="h{n}" name="Host {kind}"/>' if kind == "cancel" else
                    f'<userTask id="h{n}" name="Host {kind}"/>' for n, kind in enumerate(kinds))
    borders = "".join(event("boundaryEvent", f"b{n}", kind, kind, attachedToRef=f"h{n}") for n, kind in
        enumerate(kinds))
    gentle = "".join(event("boundaryEvent", f"g{n}", f"{kind} too", kind, attachedToRef=f"h{n}", cancelActivity="false")
                     for n, kind in enumerate(kinds[:3]))
    handled = [f"b{n}>end{n % 2}" for n in range(8) if kinds[n] != "compensate"] + [f"g{n}>end1" for n in range(3)]
    model = (
        ROOTS + '<category id="cat"><categoryValue id="cv" value="Group"/></category>\n<process id="P">'
        '<ioSpecification id="io"><dataInput id="di" name="Input"/><dataOutput id="do" name="Output"/><inputSet '
        'id="is">'
        '<dataInputRefs>di</dataInputRefs></inputSet><outputSet id="os"><dataOutputRefs>do</dataOutputRefs></outputSet>'
        "</ioSpecification>"
        + event("startEvent", "s0", "Message", "message") + event("startEvent", "s1", "Timer", "timer")
        + event("startEvent", "s2", "Condition", "conditional") + event("startEvent", "s3", "Signal", "signal")
        + '<startEvent id="s4" name="Multiple"><messageEventDefinition id="s4m"/><timerEventDefinition '
        'id="s4t"/></startEvent>'
        '<startEvent id="s5" name="All" parallelMultiple="true"><messageEventDefinition '
        'id="s5m"/><signalEventDefinition '
        'id="s5t"/></startEvent>'
        '<inclusiveGateway id="i1" name="Any of"/><inclusiveGateway id="i2"/><parallelGateway '
        'id="p1"/><parallelGateway '
        'id="p2"/><complexGateway id="c1" name="Complex"/><eventBasedGateway id="eb" name="What first?"/>'
        + event("intermediateCatchEvent", "w1", "Came", "message") + event("intermediateCatchEvent", "w2", "Late",
        "timer")
        + event("intermediateCatchEvent", "w3", "True", "conditional") + '<receiveTask id="w4" name="Receive"/>'
        + event("intermediateThrowEvent", "x1", "Told", "message") + event("intermediateThrowEvent", "x2", "Up",
        "escalation")
        + event("intermediateThrowEvent", "x3", "Undo", "compensate") + event("intermediateThrowEvent", "l1", "On",
        "link")
        + event("intermediateCatchEvent", "l2", "On", "link")
        + '<task id="k1" name="Loop"><standardLoopCharacteristics id="k1l" testBefore="true"/></task>'
        '<task id="k2" name="All at once"><multiInstanceLoopCharacteristics id="k2l"/></task>'
        '<task id="k3" name="One by one"><multiInstanceLoopCharacteristics id="k3l" isSequential="true"/></task>'
        '<task id="undo" name="Undo it" isForCompensation="true"/><scriptTask id="sc" name="Script" '
        'scriptFormat="python">'
        "<script>x = 1 &lt; 2</script></scriptTask>"
        + hosts + borders + gentle
        + event("endEvent", "end0", "Message end", "message") + event("endEvent", "end1", "Error end", "error")
        + event("endEvent", "end2", "All over", "terminate")
        + '<dataObject id="dob" isCollection="true"/><dataObjectReference id="dor" name="Papers" dataObjectRef="dob">'
        '<dataState id="dst" name="signed"/></dataObjectReference><dataStoreReference id="dsr" name="Store"/>'
        + flows("s0>i1", "s1>i1", "s2>i1", "s3>i1", "s4>i1", "s5>i1", "i1>k1=one?a", "i1>k2=two?b", "k1>i2", "k2>i2",
                "i2>p1", "p1>k3", "p1>sc", "k3>p2", "sc>p2", "p2>eb", "eb>w1", "eb>w2", "eb>w3", "eb>w4", "w1>h0",
                "w2>h1",
                "w3>h2", "w4>h3", "h0>x1", "x1>c1", "h1>x2", "x2>c1", "h2>x3", "x3>c1", "h3>l1", "l2>h4", "h4>h5",
                "h5>h6",
                "h6>h7", "h7>end2", "c1>end2", *handled)
        + '<textAnnotation id="ta" textFormat="text/plain"><text>A remark</text></textAnnotation>'
        '<association id="as1" sourceRef="ta" targetRef="k1"/><association id="as2" associationDirection="One" '
        'sourceRef="b6" targetRef="undo"/><association id="as3" sourceRef="k3" targetRef="dor"/>'
        '<association id="as4" sourceRef="dsr" targetRef="sc"/><group id="gr" categoryValueRef="cv"/></process>\n')
    places: dict[str, Place] = {
        **{f"s{n}": (0, n) for n in range(6)}, "i1": (1, 2), "k1": (2, 1), "k2": (2, 3), "i2": (3, 2), "p1": (4, 2),
        "k3": (5, 1), "sc": (5, 3), "p2": (6, 2), "eb": (7, 2), "w1": (8, 0), "w2": (8, 1), "w3": (8, 2), "w4": (8, 3),
        "h0": (9, 0), "h1": (9, 1.5), "h2": (9, 3), "h3": (9, 4.5), "x1": (10, 0), "x2": (10, 1.5), "x3": (10, 3),
        "l1": (10, 4.5), "c1": (11, 2), "l2": (0, 7), "h4": (1.5, 7), "h5": (3, 7), "h6": (4.5, 7), "h7": (6, 7),
        "end2": (13, 2), "end0": (12, 6), "end1": (12, 8), "undo": (5, 9), "dor": (5, -0.5), "dsr": (5, 4.4),
        "ta": (2, -0.5), "di": (0, -1), "do": (13, -1), "gr": (60, 900, 900, 160)}
    bounds = {f"h{n}": places[f"h{n}"] for n in range(8)}
    for n, (column, row, *_) in enumerate(bounds.values()):
        x, y = 160 + column * 150, 120 + row * 120
        places[f"b{n}"] = (x + 20, y + 22, 36, 36)
        if n < 3:
            places[f"g{n}"] = (x - 40, y + 22, 36, 36)
    return whole(model, places, "P", Look(labels=True), {"h7": 'isExpanded="false"'})


def invoice() -> bytes:
    """C.1.1: four lanes, a message from outside, a timer, conditions, vendor extensions."""
    head = HEAD.replace(" targetNamespace", ' xmlns:v="http://activiti.org/bpmn" exporter="X" exporterVersion="1" '
        'targetNamespace')
    lanes = (("l1", "Team Assistant", "s scan"), ("l2", "Approver", "rev again clar"), ("l3", "Accountant", "bank e"),
             ("l4", "Archive", "arch e2"))
    model = (
        '<message id="msg" name="invoice"/><collaboration id="C"><participant id="inv" name="Process Engine" '
        'processRef="P"/>'
        '<participant id="out" name="Supplier"/><messageFlow id="mf" sourceRef="out" targetRef="s"/></collaboration>'
        '<process id="P" name="Invoice" isExecutable="true" v:versionTag="1.0"><laneSet id="ls">'
        + "".join(f'<lane id="{key}" name="{name}">' + "".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in
        held.split())
                  + "</lane>" for key, name, held in lanes)
        + "</laneSet>" + event("startEvent", "s", "Invoice received", "message")
        + '<userTask id="scan" name="Scan Invoice" v:assignee="demo"><extensionElements><v:formProperty id="x" '
        'name="y"/>'
        '</extensionElements><potentialOwner id="po"><resourceAssignmentExpression id="ra"><formalExpression '
        'id="fe">demo'
        "</formalExpression></resourceAssignmentExpression></potentialOwner></userTask>"
        '<userTask id="rev" name="Review"/><exclusiveGateway id="again" name="Approved?" default="again-clar"/>'
        '<userTask id="clar" name="Clarify"/><serviceTask id="bank" name="Prepare Bank Transfer" v:class="org.X"/>'
        '<scriptTask id="arch" name="Archive" scriptFormat="groovy"><script><![CDATA[if (a < b && c) { x }]]></script>'
        "</scriptTask>" + event("boundaryEvent", "late", "7 days", "timer", attachedToRef="rev", cancelActivity="false")
        + event("endEvent", "e", "Invoice paid") + event("endEvent", "e2", "Reminded", "terminate")
        + flows("s>scan", "scan>rev", "rev>again", "again>bank=yes?${approved}", "again>clar=no", "clar>rev", "bank>e",
                "late>arch", "arch>e2") + "</process>\n")
    places: dict[str, Place] = {
        "inv": (40, 140, 1100, 520), **{f"l{n + 1}": (70, 140 + 130 * n, 1070, 130) for n in range(4)},
        "out": (40, 20, 1100, 60), "s": (0, 0.7), "scan": (1, 0.7), "rev": (2, 1.8), "again": (3.2, 1.8), "clar":
        (4.5, 1.8),
        "bank": (5, 2.9), "e": (6.3, 2.9), "arch": (3, 4), "e2": (5, 4), "late": (470, 355, 36, 36)}
    return whole(model, places, "C", Look(labels=True, fine=True), head=head)


def shop() -> bytes:
    """C.2.0: four pools, five messages, an error at a border."""
    model = (
        ROOTS + '<collaboration id="C" isClosed="true"><participant id="a" name="Customer" processRef="PA"/>'
        '<participant id="b" name="Shop" processRef="PB"><participantMultiplicity minimum="1" '
        'maximum="3"/></participant>'
        '<participant id="c" name="Bank"/><participant id="d" name="Carrier" processRef="PD"/>'
        '<messageFlow id="m1" name="order" sourceRef="a1" targetRef="bs" messageRef="msg"/>'
        '<messageFlow id="m2" name="bill" sourceRef="b1" targetRef="a2"/><messageFlow id="m3" sourceRef="a2" '
        'targetRef="c"/>'
        '<messageFlow id="m4" sourceRef="c" targetRef="b2"/><messageFlow id="m5" sourceRef="b3" '
        'targetRef="ds"/></collaboration>'
        '<process id="PA" isExecutable="false"><startEvent id="as"/><sendTask id="a1" name="Order"/><userTask id="a2" '
        'name="Pay"/><endEvent id="ae"/>' + event("boundaryEvent", "no", "No money", "error", attachedToRef="a2")
        + event("endEvent", "an", "Given up", "error") + flows("as>a1", "a1>a2", "a2>ae", "no>an") + "</process>"
        '<process id="PB">' + event("startEvent", "bs", "Order came", "message")
        + '<task id="b1" name="Send bill"/><receiveTask id="b2" name="Wait for money" instantiate="false"/><sendTask '
        'id="b3" '
        'name="Ship"/><endEvent id="be"/>' + flows("bs>b1", "b1>b2", "b2>b3", "b3>be") + '</process><process id="PD">'
        + event("startEvent", "ds", "Parcel", "message") + '<task id="d1" name="Deliver"/><endEvent id="de"/>'
        + flows("ds>d1", "d1>de") + "</process>\n")
    places: dict[str, Place] = {
        "a": (40, 40, 900, 180), "b": (40, 260, 900, 160), "c": (40, 460, 900, 60), "d": (40, 560, 900, 160),
        "as": (0, 0), "a1": (1, 0), "a2": (3, 0), "ae": (4.7, -0.3), "no": (650, 142, 36, 36), "an": (4.7, 0.4),
        "bs": (0, 1.8), "b1": (1, 1.8), "b2": (3, 1.8), "b3": (4, 1.8), "be": (5, 1.8), "ds": (0, 4.3), "d1": (1.5,
        4.3),
        "de": (3, 4.3)}
    return whole(model, places, "C")


def travel() -> bytes:
    """C.6.0: compensation, an event-based gateway, an event sub-process, a transaction."""
    def booking(key: str, name: str) -> str:
        return (f'<serviceTask id="{key}" name="Book {name}"/><serviceTask id="u{key}" name="Cancel {name}" '
                f'isForCompensation="true"/>' + event("boundaryEvent", f"c{key}", "", "compensate", attachedToRef=key))

    model = (
        ROOTS + '<process id="P" name="Travel" isExecutable="true"><startEvent id="s" name="Request"/>'
        '<userTask id="offer" name="Make offer"/><eventBasedGateway id="eb"/>'
        + event("intermediateCatchEvent", "yes", "Accepted", "message") + event("intermediateCatchEvent", "no", "24 "
        "h", "timer")
        + '<transaction id="tx" name="Bookings" method="##Compensate"><startEvent id="ts"/><parallelGateway id="f"/>'
        + booking("h", "hotel") + booking("l", "flight") + '<parallelGateway id="j"/><endEvent id="te"/>'
        + flows("ts>f", "f>h", "f>l", "h>j", "l>j", "j>te")
        + "".join(f'<association id="as{key}" associationDirection="One" sourceRef="c{key}" targetRef="u{key}"/>' for
        key in "hl")
        + '</transaction><subProcess id="ev" name="Something wrong" triggeredByEvent="true">'
        + event("startEvent", "es", "Error", "error", isInterrupting="true")
        + event("intermediateThrowEvent", "et", "Undo all", "compensate") + event("endEvent", "ee", "Told", "message")
        + flows("es>et", "et>ee") + "</subProcess>" + event("boundaryEvent", "tc", "Cancelled", "cancel",
        attachedToRef="tx")
        + event("endEvent", "e", "Booked") + event("endEvent", "e2", "Not booked", "terminate")
        + flows("s>offer", "offer>eb", "eb>yes", "eb>no", "yes>tx", "no>e2", "tx>e", "tc>e2") + "</process>\n")
    places: dict[str, Place] = {
        "s": (0, 1), "offer": (1, 1), "eb": (2, 1), "yes": (3, 1), "no": (3, 2.5), "tx": (660, 60, 560, 420),
        "ts": (700, 250, 36, 36), "f": (760, 243, 50, 50), "h": (850, 100, 100, 80), "uh": (1000, 160, 100, 80),
        "ch": (900, 162, 36, 36), "l": (850, 300, 100, 80), "ul": (1000, 380, 100, 80), "cl": (900, 362, 36, 36),
        "j": (1110, 243, 50, 50), "te": (1175, 250, 36, 36), "tc": (900, 462, 36, 36), "e": (9, 1), "e2": (1300, 540,
        36, 36),
        "ev": (160, 560, 420, 180), "es": (190, 630, 36, 36), "et": (320, 630, 36, 36), "ee": (480, 630, 36, 36)}
    return whole(model, places, "P", Look(labels=True), {"tx": 'isExpanded="true"', "ev": 'isExpanded="true"'})


def job() -> bytes:
    """C.7.0: data inputs and outputs of a process and of its steps, a business rule, parallel ways."""
    model = (
        '<itemDefinition id="it" itemKind="Information" structureRef="xsi:string"/><process id="P" name="Job '
        'ad"><documentation>'
        "Two\nlines</documentation>"
        '<ioSpecification id="io"><dataInput id="in" name="Vacancy" itemSubjectRef="it"/><dataOutput id="out" '
        'name="Ad"/>'
        '<inputSet id="is"><dataInputRefs>in</dataInputRefs></inputSet><outputSet '
        'id="os"><dataOutputRefs>out</dataOutputRefs>'
        '</outputSet></ioSpecification><laneSet id="ls"><lane id="l1" '
        'name="Department"><flowNodeRef>s</flowNodeRef><flowNodeRef>'
        'rep</flowNodeRef></lane><lane id="l2" '
        'name="HR"><flowNodeRef>rule</flowNodeRef><flowNodeRef>f</flowNodeRef><flowNodeRef>'
        "w</flowNodeRef><flowNodeRef>p</flowNodeRef><flowNodeRef>j</flowNodeRef><flowNodeRef>e</flowNodeRef></lane>"
        "</laneSet>"
        '<startEvent id="s" name="Vacancy"/><userTask id="rep" name="Report"><ioSpecification id="rio"><dataInput '
        'id="ri"/>'
        '<inputSet id="ris"><dataInputRefs>ri</dataInputRefs></inputSet><outputSet id="ros"/></ioSpecification>'
        '<dataInputAssociation id="dia"><sourceRef>in</sourceRef><targetRef>ri</targetRef></dataInputAssociation>'
        '</userTask>'
        '<businessRuleTask id="rule" name="Check rules" implementation="##unspecified"/><parallelGateway id="f" '
        'gatewayDirection="Diverging"/><userTask id="w" name="Write"/><manualTask id="p" '
        'name="Print"/><parallelGateway id="j" '
        'gatewayDirection="Converging"/><endEvent id="e" name="Published"/>'
        '<dataObject id="dob"/><dataObjectReference id="dr" name="Draft" dataObjectRef="dob"/><dataStoreReference '
        'id="st" '
        'name="Archive"/>'
        + flows("s>rep", "rep>rule", "rule>f", "f>w", "f>p", "w>j", "p>j", "j>e")
        + '<association id="a1" sourceRef="w" targetRef="dr"/><association id="a2" sourceRef="dr" '
        'targetRef="p"/><association '
        'id="a3" sourceRef="e" targetRef="out"/><association id="a4" sourceRef="p" targetRef="st"/></process>\n')
    places: dict[str, Place] = {
        "l1": (40, 40, 1200, 180), "l2": (40, 220, 1200, 400), "s": (0, 0), "rep": (1, 0), "in": (2.5, 0), "rule":
        (1.5, 2.2),
        "f": (2.5, 2.2), "w": (3.5, 1.6), "p": (3.5, 3.2), "j": (5, 2.2), "e": (6, 2.2), "dr": (4.4, 2.4), "out":
        (6.7, 1.5),
        "st": (4.6, 3.6)}
    return whole(model, places, "P", Look(labels=True))


def vacation() -> bytes:
    """C.8.1: colours of two kinds, names in other languages, automation extensions, a language attribute."""
    head = HEAD.replace(" targetNamespace", ' xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" '
                        'xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0" xmlns:i18n="urn:i18n" '
                        'targetNamespace')
    model = (
        '<process id="P" name="Urlaubsantrag für Größen" isExecutable="true"><extensionElements><i18n:translation '
        'xml:lang="fr" '
        'target="@name">Demande de congé</i18n:translation></extensionElements><startEvent id="s" name="Заявка"/>'
        '<userTask id="a" name="Antrag prüfen"><documentation '
        'textFormat="text/html">&lt;b&gt;wichtig&lt;/b&gt;</documentation>'
        '</userTask><exclusiveGateway id="g" name="承認?"/><sendTask id="y" name="שלח"/><sendTask id="n" '
        'name="Ablehnen"/>'
        '<endEvent id="e" name="Fin"/>' + flows("s>a", "a>g", "g>y=oui?${ok == true}", "g>n=non?${ok != true}",
        "y>e", "n>e")
        + "</process>\n")
    places: dict[str, Place] = {"s": (0, 1), "a": (1, 1), "g": (2, 1), "y": (3, 0.5), "n": (3, 1.7), "e": (4.5, 1)}
    flags = {"a": 'bioc:stroke="#1e88e5" bioc:fill="#bbdefb"', "g": 'color:background-color="#ffe0b2" '
        'color:border-color="#fb8c00" '
             'isMarkerVisible="true"', "y": 'bioc:stroke="green"'}
    return whole(model, places, "P", Look(labels=True, fine=True), flags, head)


def insurance() -> bytes:
    """C.9.x: event sub-processes, a call, multi-instance, timers at borders, one event that does not interrupt."""
    model = (
        ROOTS + '<process id="P" name="Application" isExecutable="true">' + event("startEvent", "s", "Application",
            "message")
        + '<subProcess id="ev" triggeredByEvent="true" name="Customer calls">'
        + event("startEvent", "es", "Call", "message", isInterrupting="false") + '<task id="et" name="Note '
        'it"/><endEvent id="ee"/>'
        + flows("es>et", "et>ee") + '</subProcess><callActivity id="call" name="Check risk" calledElement="Q"/>'
        '<subProcess id="many" name="Ask each doctor"><multiInstanceLoopCharacteristics id="mi" isSequential="false">'
        '<loopCardinality xsi:type="tFormalExpression">3</loopCardinality><completionCondition '
        'xsi:type="tFormalExpression">'
        'done</completionCondition></multiInstanceLoopCharacteristics><startEvent id="ms"/><userTask id="mt" '
        'name="Ask"/>'
        + event("boundaryEvent", "mb", "2 days", "timer", attachedToRef="mt") + '<userTask id="mr" name="Remind"/>'
        '<endEvent id="me"/>' + flows("ms>mt", "mt>me", "mb>mr", "mr>me") + "</subProcess>"
        + event("boundaryEvent", "t1", "14 days", "timer", attachedToRef="many", cancelActivity="false")
        + event("boundaryEvent", "t2", "30 days", "timer", attachedToRef="many") + '<userTask id="hurry" name="Hurry"/>'
        '<endEvent id="he"/>' + event("endEvent", "e", "Decided", "message") + event("endEvent", "x", "Too late",
        "terminate")
        + flows("s>call", "call>many", "many>e", "t1>hurry", "hurry>he", "t2>x")
        + '</process><process id="Q" name="Risk" isExecutable="true"><startEvent id="qs"/><businessRuleTask id="q" '
        'name="Rules"/>'
        '<endEvent id="qe"/>' + flows("qs>q", "q>qe") + "</process>\n")
    places: dict[str, Place] = {
        "s": (0, 1), "call": (1, 1), "many": (480, 60, 500, 300), "ms": (510, 150, 36, 36), "mt": (600, 128, 100, 80),
        "mb": (650, 190, 36, 36), "mr": (700, 260, 100, 80), "me": (900, 150, 36, 36), "t1": (560, 342, 36, 36),
        "t2": (860, 342, 36, 36), "hurry": (3.5, 3.4), "he": (4.7, 3.4), "e": (7, 1), "x": (6.5, 3), "ev": (60, 560,
        380, 180),
        "es": (90, 630, 36, 36), "et": (200, 608, 100, 80), "ee": (370, 630, 36, 36)}
    model_text = f"{HEAD}{model}</definitions>\n"
    first = diagram(model_text, "P", places, Look(labels=True), {"many": 'isExpanded="true"', "ev":
        'isExpanded="true"'})
    second = diagram(model_text, "Q", {"qs": (0, 0), "q": (1, 0), "qe": (2, 0)})
    return model_text.replace("</definitions>", f"{first}{second}</definitions>").encode()


SUITE = {"A.4.1 vertical": vertical(), "B.2.0 analytic": analytic(), "C.1.1 invoice": invoice(), "C.2.0 shop": shop(),
         "C.6.0 travel": travel(), "C.7.0 job": job(), "C.8.1 vacation": vacation(), "C.9 insurance": insurance()}
