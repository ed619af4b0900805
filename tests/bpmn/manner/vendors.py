"""In the manner of modelling tools and engines: prefixes, extensions, and the odd things each of them writes."""

from __future__ import annotations

from tests.bpmn.manner.diagram import PLAIN, Look, Place, diagram
from tests.bpmn.manner.suite import HEAD, flows, whole

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI, DC, DD = (f"http://www.omg.org/spec/{path}" for path in ("BPMN/20100524/DI", "DD/20100524/DC", "DD/20100524/DI"))
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SIMPLE: dict[str, Place] = {"s": (0, 0), "a": (1, 0), "g": (2, 0), "b": (3, -0.6), "c": (3, 0.8), "e": (4.2, 0)}
WAYS = flows("s>a", "a>g", "g>b=yes?${ok}", "g>c=no", "b>e", "c>e")


def head(prefix: str, more: str, look: Look = PLAIN, attributes: str = 'targetNamespace="http://example.org" '
    'id="D"') -> str:
    own = f"xmlns:{prefix}" if prefix else "xmlns"
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<{prefix + ":" if prefix else ""}definitions {own}="{MODEL}" '
            f'xmlns:{look.di}="{DI}" xmlns:{look.dc}="{DC}" xmlns:{look.dd}="{DD}" xmlns:xsi="{XSI}" {more} '
            f'{attributes}>\n')


def written(inside: str, places: dict[str, Place], prefix: str, more: str, look: Look = PLAIN, about: str = "P",
            flags: dict[str, str] | None = None, attributes: str = 'targetNamespace="http://example.org" '
                'id="D"') -> bytes:
    """A model written without prefixes, in a file that has one."""
    text = _prefixed(inside, prefix)
    start, end = head(prefix, more, look, attributes), f"</{prefix + ':' if prefix else ''}definitions>\n"
    return (start + text + diagram(start + text + end, about, places, look, flags) + end).encode()


def _prefixed(text: str, prefix: str) -> str:
    """Every tag without a prefix gets this one; what is CDATA stays."""
    from re import sub

    if not prefix:
        return text
    return "".join(piece if piece.startswith("<![CDATA[") else sub(r"<(/?)([A-Za-z]\w*)(?=[\s/>])",
        rf"<\1{prefix}:\2", piece)
                   for piece in _pieces(text)).replace('xsi:type="t', f'xsi:type="{prefix}:t')


def _pieces(text: str) -> list[str]:
    from re import split

    return split(r"(<!\[CDATA\[.*?\]\]>)", text)


def camunda7() -> bytes:
    inside = (
        '<process id="P" name="Order" isExecutable="true" '
        'camunda:historyTimeToLive="180"><extensionElements><camunda:properties>'
        '<camunda:property name="k" value="v"/></camunda:properties></extensionElements><startEvent id="s" '
        'camunda:initiator="who" camunda:formKey="embedded:app:f.html"/><userTask id="a" name="Check" '
        'camunda:candidateGroups="sales" camunda:dueDate="${now}"><extensionElements><camunda:formData>'
        '<camunda:formField id="ok" '
        'label="Ok?" type="boolean"/></camunda:formData><camunda:taskListener event="create"><camunda:script '
        'scriptFormat="groovy">'
        "<![CDATA[a < b && c > d]]></camunda:script></camunda:taskListener></extensionElements></userTask>"
        '<exclusiveGateway id="g" name="Ok?" default="g-c" camunda:asyncBefore="true"/><serviceTask id="b" name="Book" '
        'camunda:type="external" camunda:topic="book"><extensionElements><camunda:inputOutput><camunda:inputParameter '
        'name="m">'
        '<camunda:map><camunda:entry key="x">1</camunda:entry></camunda:map></camunda:inputParameter>'
        '</camunda:inputOutput>'
        '</extensionElements></serviceTask><callActivity id="c" name="Refuse" calledElement="refuse" '
        'camunda:calledElementBinding="latest"><extensionElements><camunda:in '
        'variables="all"/></extensionElements></callActivity>'
        '<endEvent id="e"/>' + WAYS + "</process>")
    return written(inside, SIMPLE, "bpmn", 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
                   'xmlns:modeler="http://camunda.org/schema/modeler/1.0" exporter="Camunda Modeler" '
                   'exporterVersion="5.20.0" '
                   'modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.20.0"',
                   Look(labels=True),
                   flags={"g": 'isMarkerVisible="true"'})


def camunda8() -> bytes:
    inside = (
        '<process id="P" name="Order" isExecutable="true"><startEvent id="s"/><userTask id="a" '
        'name="Check"><extensionElements>'
        '<zeebe:userTask/><zeebe:formDefinition formId="f"/><zeebe:assignmentDefinition '
        'assignee="=who"/></extensionElements>'
        '</userTask><exclusiveGateway id="g" default="g-c"/><serviceTask id="b" name="Book"><extensionElements>'
        '<zeebe:taskDefinition type="book" retries="3"/><zeebe:ioMapping><zeebe:input source="=a" '
        'target="b"/></zeebe:ioMapping>'
        '</extensionElements><multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics '
        'inputCollection="=l" '
        'inputElement="i"/></extensionElements></multiInstanceLoopCharacteristics></serviceTask><businessRuleTask '
        'id="c" '
        'name="Rules"><extensionElements><zeebe:calledDecision decisionId="d" resultVariable="r"/></extensionElements>'
        '</businessRuleTask><endEvent id="e"/>' + WAYS.replace("${ok}", "=ok = true") + "</process>")
    return written(inside, SIMPLE, "bpmn", 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
                   'xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Cloud" '
                   'modeler:executionPlatformVersion="8.5.0"', flags={"g": 'isMarkerVisible="true"'})


def planes() -> bytes:
    """A collapsed sub-process with a plane of its own, as Camunda Modeler 5 and bpmn-js write it."""
    model = HEAD + (
        '<process id="P"><startEvent id="s"/><subProcess id="sub" name="Details"><startEvent id="is"/><task id="it" '
        'name="Inside"/>'
        '<subProcess id="deep" name="Deeper"><task id="dt" name="Deep"/></subProcess><endEvent id="ie"/>'
        f'{flows("is>it", "it>deep", "deep>ie")}</subProcess><endEvent '
        f'id="e"/>{flows("s>sub", "sub>e")}</process></definitions>\n')
    made = "".join((diagram(model, "P", {"s": (0, 0), "sub": (1, 0), "e": (2, 0)}, flags={"sub": 'isExpanded="false"'}),
                    diagram(model, "sub", {"is": (0, 0), "it": (1, 0), "deep": (2, 0), "ie": (3, 0)}),
                    diagram(model, "deep", {"dt": (0, 0)})))
    return model.replace("</definitions>", made + "</definitions>").encode()


def signavio() -> bytes:
    inside = (
        '<collaboration id="C"><extensionElements><signavio:signavioDiagramMetaData metaKey="revisionid" '
        'metaValue="1"/>'
        '</extensionElements><participant id="p" name="Company" '
        'processRef="P"><extensionElements><signavio:signavioMetaData '
        'metaKey="bgcolor" metaValue="#ffffff"/><signavio:signavioLabel align="center" ref="text_name" '
        'valign="middle"/>'
        '</extensionElements></participant></collaboration><process id="P" isClosed="false" isExecutable="false" '
        'name="Company" '
        'processType="None"><laneSet id="ls"><lane id="l1" '
        'name="Front"><extensionElements/><flowNodeRef>s</flowNodeRef><flowNodeRef>'
        'a</flowNodeRef><flowNodeRef>g</flowNodeRef></lane><lane id="l2" '
        'name="Back"><flowNodeRef>b</flowNodeRef><flowNodeRef>c'
        '</flowNodeRef><flowNodeRef>e</flowNodeRef></lane></laneSet><startEvent id="s" isInterrupting="true" '
        'name=""><outgoing>s-a'
        '</outgoing></startEvent><task completionQuantity="1" id="a" isForCompensation="false" name="Do &amp; tell" '
        'startQuantity="1"><incoming>s-a</incoming><outgoing>a-g</outgoing></task><exclusiveGateway '
        'gatewayDirection="Diverging" '
        'id="g" name="&#10;"/><sendTask id="b" name="Send" implementation="##WebService"/><manualTask id="c" '
        'name="Do"/><endEvent '
        'id="e" name=""/>' + WAYS.replace("?", "?") + "</process>")
    places: dict[str, Place] = {"p": (40, 20, 900, 300), "l1": (70, 20, 870, 150), "l2": (70, 170, 870, 150), "s":
        (0, -0.2),
                                "a": (1, -0.2), "g": (2, -0.2), "b": (3, 1), "c": (4, 1), "e": (5, 1)}
    flags = {"p": 'isHorizontal="true"', "l1": 'isHorizontal="true"', "l2": 'isHorizontal="true"', "a":
        'isHorizontal="false"'}
    return written(inside, places, "", 'xmlns:signavio="http://www.signavio.com" exporter="Signavio Process Editor" '
                   'exporterVersion="19.9.0" expressionLanguage="http://www.w3.org/TR/XPath" '
                   'typeLanguage="http://www.w3.org/2001/XMLSchema" '
                   'xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL '
                   'http://www.omg.org/spec/BPMN/2.0/20100501/BPMN20.xsd"', Look(fine=True), "C", flags)


def bizagi() -> bytes:
    """Ids that are GUIDs, a boundary timer whose definition has no value, an artifact in the collaboration, no "
    "labels."""
    inside = (
        '<collaboration id="Id_1" name="Diagram 1"><participant id="Id_2" name="Main" '
        'processRef="Id_P"><extensionElements>'
        '<bizagi:BizagiExtensions xmlns:bizagi="http://www.bizagi.com/bpmn20"><bizagi:BizagiProperties>'
        '<bizagi:BizagiProperty '
        'name="bgColor" value="White"/></bizagi:BizagiProperties></bizagi:BizagiExtensions></extensionElements>'
        '</participant>'
        '<textAnnotation id="Id_3" textFormat="text/plain"><text>Note on '
        'nothing</text></textAnnotation></collaboration>'
        '<process id="Id_P" name="Main" isClosed="false"><documentation/><startEvent id="s" name=""/><task id="a" '
        'name="First"/>'
        '<boundaryEvent id="t" attachedToRef="a" cancelActivity="true"><timerEventDefinition id="td"><timeCycle/>'
        '</timerEventDefinition></boundaryEvent><exclusiveGateway id="g" gatewayDirection="Unspecified"/><task id="b" '
        'name="B"/><task '
        'id="c" name="C"/><endEvent id="e"/>' + WAYS + flows("t>c") + "</process>")
    places = {**SIMPLE, "Id_2": (20, 0, 900, 320), "Id_3": (300, 400, 120, 40), "t": (330, 142, 36, 36)}
    return written(inside, places, "", "", about="Id_1", flags={"Id_2": 'isHorizontal="true"'})


def flowable() -> bytes:
    inside = (
        '<process id="P" name="Leave" isExecutable="true"><documentation>Ask &amp; wait</documentation><startEvent '
        'id="s" '
        'flowable:initiator="me" flowable:formFieldValidation="true"/><userTask id="a" name="Ask" '
        'flowable:assignee="$INITIATOR">'
        '<extensionElements><modeler:initiator-can-complete><![CDATA[false]]></modeler:initiator-can-complete>'
        '</extensionElements>'
        '</userTask><exclusiveGateway id="g"/><serviceTask id="b" '
        'flowable:class="org.X"><extensionElements><flowable:field '
        'name="f"><flowable:expression><![CDATA[${a < 1}]]></flowable:expression></flowable:field></extensionElements>'
        '</serviceTask><serviceTask id="c" name="Mail" flowable:type="mail"/><endEvent id="e"/>'
        + WAYS.replace("${ok}", "<![CDATA[${days < 10 && ok}]]>") + "</process>")
    return written(inside, SIMPLE, "", 'xmlns:flowable="http://flowable.org/bpmn" '
        'xmlns:modeler="http://flowable.org/modeler" '
                   'xmlns:xsd="http://www.w3.org/2001/XMLSchema" typeLanguage="http://www.w3.org/2001/XMLSchema" '
                   'expressionLanguage="http://www.w3.org/1999/XPath"', Look(dc="omgdc", dd="omgdi", fine=True),
                   attributes='targetNamespace="http://www.flowable.org/processdef"')


def activiti() -> bytes:
    """An old file: comments, an instruction, spaces, an annotation in another format, a default that is a text."""
    text = flowable().decode().replace("flowable", "activiti")
    return text.replace('?>\n', '?>\n<?eclipse version="3"?>\n<!-- made by hand -->\n', 1).replace(
        "<endEvent", "<!-- the end\n  of it --><endEvent").encode() + b"<!-- after all -->\n"


def jbpm() -> bytes:
    """Data of each task by ioSpecification and assignments, properties, item definitions, simulation data."""
    task = (
        '<userTask id="a" name="Review"><extensionElements><drools:metaData '
        'name="elementname"><drools:metaValue><![CDATA[Review]]>'
        '</drools:metaValue></drools:metaData></extensionElements><ioSpecification><dataInput id="a_i" '
        'drools:dtype="Object" '
        'itemSubjectRef="_aItem" name="TaskName"/><dataOutput id="a_o" '
        'name="out"/><inputSet><dataInputRefs>a_i</dataInputRefs>'
        '</inputSet><outputSet><dataOutputRefs>a_o</dataOutputRefs></outputSet></ioSpecification>'
        '<dataInputAssociation><targetRef>'
        'a_i</targetRef><assignment><from xsi:type="tFormalExpression"><![CDATA[Review]]></from><to '
        'xsi:type="tFormalExpression"><![CDATA[a_i]]></to></assignment></dataInputAssociation><dataOutputAssociation>'
        '<sourceRef>a_o'
        '</sourceRef><targetRef>v</targetRef></dataOutputAssociation><potentialOwner '
        'id="po"><resourceAssignmentExpression id="ra">'
        "<formalExpression>krisv</formalExpression></resourceAssignmentExpression></potentialOwner></userTask>")
    inside = (
        '<itemDefinition id="_vItem" structureRef="String"/><itemDefinition id="_aItem" structureRef="String"/>'
        '<process id="P" drools:packageName="org" drools:version="1.0" name="Eval" isExecutable="true" '
        'processType="Public">'
        '<property id="v" itemSubjectRef="_vItem" name="v"/><startEvent id="s"/>' + task +
        '<exclusiveGateway id="g" gatewayDirection="Diverging" default="g-c"/><adHocSubProcess id="b" name="Free work" '
        'ordering="Parallel" cancelRemainingInstances="false"><task id="free" name="Any time"/><task id="free2" '
        'name="Or this"/>'
        '<completionCondition xsi:type="tFormalExpression" language="http://www.jboss.org/drools/rule">autocomplete'
        '</completionCondition></adHocSubProcess><scriptTask id="c" name="Log" '
        'scriptFormat="http://www.java.com/java"><script>'
        '<![CDATA[System.out.println("<x>");]]></script></scriptTask><endEvent '
        'id="e"><terminateEventDefinition/></endEvent>'
        + WAYS.replace('xsi:type="tFormalExpression">${ok}', 'xsi:type="tFormalExpression" '
                       'language="http://www.java.com/java"><![CDATA[return ok == "1";]]>') + "</process>")
    after = (
        '<relationship type="BPSimData"><extensionElements><bpsim:BPSimData><bpsim:Scenario id="default" '
        'name="S"/></bpsim:BPSimData>'
        "</extensionElements><source>P</source><target>P</target></relationship>")
    places: dict[str, Place] = {**SIMPLE, "b": (560, -60, 300, 140), "free": (580, -30, 100, 80), "free2": (730, -30,
        100, 80),
                                "c": (3, 1.4), "e": (6, 0.4)}
    text = written(inside, places, "bpmn2", 'xmlns:drools="http://www.jboss.org/drools" '
        'xmlns:bpsim="http://www.bpsim.org/schemas/1.0" '
                   'xmlns="http://www.jboss.org/drools" '
                   'xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL BPMN20.xsd" '
                   'expressionLanguage="http://www.mvel.org/2.0"', flags={"b": 'isExpanded="true"'}).decode()
    return text.replace("</bpmn2:definitions>", _prefixed(after, "bpmn2") + "</bpmn2:definitions>").encode()


def trisotech() -> bytes:
    """References and shapes name things with a prefix; label styles; a font; marks of the tool in the diagram."""
    look = Look(labels=True, fine=True, shape='trisobpmn:uuid="7"')
    text = written('<process id="P"><startEvent id="s" name="Go"/><task id="a" name="A"/><exclusiveGateway id="g" '
        'name="Ok?"/>'
                   '<task id="b" name="B"/><subProcess id="c" name="C"/><endEvent id="e" name="Done"/>' + WAYS +
                   "</process>",
                   SIMPLE, "semantic", 'xmlns:tns="http://example.org" '
                       'xmlns:trisobpmn="http://www.trisotech.com/2014/triso/bpmn" '
                   'exporter="Trisotech" exporterVersion="12"', look, flags={"c": 'isExpanded="false"'}).decode()
    for key in ("s", "a", "g", "b", "c", "e"):
        text = text.replace(f'bpmnElement="{key}"', f'bpmnElement="tns:{key}"')
    style = '<bpmndi:BPMNLabelStyle id="LS"><dc:Font isBold="false" name="arial" size="11"/></bpmndi:BPMNLabelStyle>'
    text = text.replace("<bpmndi:BPMNLabel>", '<bpmndi:BPMNLabel labelStyle="LS">')
    return text.replace("</bpmndi:BPMNDiagram>", f"{style}</bpmndi:BPMNDiagram>").encode()


def oryx() -> bytes:
    """Nested lanes, a pool of several, messages with envelopes, a black pool, data objects tied by data "
    "associations."""
    inside = (
        '<message id="m" name="Order"/><collaboration id="C"><participant id="p" name="Shop" '
        'processRef="P"/><participant id="q" '
        'name="Customers"><participantMultiplicity minimum="2" maximum="9"/></participant><messageFlow id="mf" '
        'name="order" '
        'sourceRef="q" targetRef="s" messageRef="m"/></collaboration><process id="P"><laneSet id="ls"><lane id="l1" '
        'name="Sales">'
        '<childLaneSet id="cs"><lane id="l11" '
        'name="Desk"><flowNodeRef>s</flowNodeRef><flowNodeRef>a</flowNodeRef></lane><lane id="l12" '
        'name="Field"><flowNodeRef>b</flowNodeRef></lane></childLaneSet></lane><lane id="l2" '
        'name="Store"><flowNodeRef>e</flowNodeRef>'
        '</lane></laneSet><startEvent id="s"><messageEventDefinition id="sd" messageRef="m"/></startEvent><task '
        'id="a" name="A">'
        '<dataOutputAssociation id="doa"><targetRef>dor</targetRef></dataOutputAssociation></task><task id="b" '
        'name="B"><property '
        'id="bp" name="__targetRef_placeholder"/><dataInputAssociation '
        'id="dia"><sourceRef>dor</sourceRef><targetRef>bp</targetRef>'
        '</dataInputAssociation></task><endEvent id="e"/><dataObject id="dob"/><dataObjectReference id="dor" '
        'name="Bill" '
        'dataObjectRef="dob"/>' + flows("s>a", "a>b", "b>e") + "</process>")
    places: dict[str, Place] = {
        "q": (40, 0, 700, 60), "p": (40, 120, 700, 420), "l1": (70, 120, 670, 280), "l11": (100, 120, 640, 140),
        "l12": (100, 260, 640, 140), "l2": (70, 400, 670, 140), "s": (160, 172, 36, 36), "a": (250, 150, 100, 80),
        "b": (450, 290, 100, 80), "e": (620, 452, 36, 36), "dor": (382, 300, 36, 50)}
    flags = dict.fromkeys(("p", "q", "l1", "l11", "l12", "l2"), 'isHorizontal="true"')
    return written(inside, places, "", "", about="C", flags=flags)


def choreography() -> bytes:
    inside = (
        '<message id="m1" name="Offer"/><choreography id="H"><participant id="x" name="Buyer"/><participant id="y" '
        'name="Seller"/>'
        '<messageFlow id="mf" sourceRef="x" targetRef="y" messageRef="m1"/><startEvent id="s"/><choreographyTask '
        'id="ct" name="Offer" '
        'initiatingParticipantRef="x"><participantRef>x</participantRef><participantRef>y</participantRef>'
        '<messageFlowRef>mf'
        '</messageFlowRef></choreographyTask><endEvent id="e"/>' + flows("s>ct", "ct>e") + "</choreography>")
    places: dict[str, Place] = {"s": (0, 0), "ct": (250, 70, 100, 100), "e": (3, 0)}
    text = written(inside, places, "", "", about="H").decode()
    bands = "".join(f'<bpmndi:BPMNShape id="{key}_b" bpmnElement="{key}" participantBandKind="{kind}" '
        f'choreographyActivityShape="ct_H_di">'
                    f'<dc:Bounds x="250" y="{y}" width="100" height="20"/></bpmndi:BPMNShape>'
                    for key, kind, y in (("x", "top_initiating", 70), ("y", "bottom_non_initiating", 150)))
    return text.replace("</bpmndi:BPMNPlane>", f"{bands}</bpmndi:BPMNPlane>").encode()


def conversation() -> bytes:
    inside = (
        '<globalConversation id="G"/><collaboration id="C"><participant id="x" name="Buyer"/><participant id="y" '
        'name="Seller"/>'
        '<messageFlow id="mf" sourceRef="x" targetRef="y"/><callConversation id="k" name="Deal" '
        'calledCollaborationRef="G">'
        '<participantRef>x</participantRef><participantRef>y</participantRef></callConversation><conversation id="k2" '
        'name="Talk">'
        '<participantRef>x</participantRef><participantRef>y</participantRef></conversation><conversationLink '
        'id="cl1" sourceRef="x" '
        'targetRef="k"/><conversationLink id="cl2" sourceRef="k" targetRef="y"/></collaboration>')
    places: dict[str, Place] = {"x": (20, 20, 120, 300), "y": (500, 20, 120, 300), "k": (280, 60, 60, 50), "k2":
        (280, 200, 60, 50)}
    return written(inside, places, "", "", about="C")


def adhoc() -> bytes:
    inside = (
        '<process id="P"><startEvent id="s"/><transaction id="t" name="Pay" '
        'method="http://www.oasis-open.org/x"><startEvent id="ts"/>'
        '<task id="tt" name="Charge"/><endEvent id="te"><cancelEventDefinition id="ted"/></endEvent>' +
        flows("ts>tt", "tt>te")
        + '</transaction><boundaryEvent id="c" attachedToRef="t"><cancelEventDefinition '
        'id="cd"/></boundaryEvent><adHocSubProcess '
        'id="f" name="Gather" ordering="Sequential"><task id="f1" name="One"/><task id="f2" name="Two"/><task id="f3" '
        'name="Three"/>'
        + flows("f1>f2") + '<completionCondition '
        'xsi:type="tFormalExpression">all</completionCondition></adHocSubProcess>'
        '<endEvent id="e"/><endEvent id="x"/>' + flows("s>t", "t>f", "f>e", "c>x")
        + '<textAnnotation id="ta" textFormat="text/html"><text>&lt;b&gt;Careful&lt;/b&gt; with '
        'money</text></textAnnotation>'
        '<association id="as" sourceRef="f" targetRef="ta"/></process>')
    places: dict[str, Place] = {
        "s": (0, 0), "t": (240, 40, 360, 160), "ts": (260, 102, 36, 36), "tt": (350, 80, 100, 80), "te": (520, 102,
        36, 36),
        "c": (400, 182, 36, 36), "f": (660, 40, 420, 160), "f1": (680, 80, 100, 80), "f2": (820, 80, 100, 80),
        "f3": (960, 80, 100, 80), "e": (7, 0), "x": (3, 2), "ta": (800, 260, 160, 40)}
    return written(inside, places, "bpmn", "", flags={"t": 'isExpanded="true"', "f": 'isExpanded="true"'})


def several() -> bytes:
    """Four diagrams of one collaboration and its parts; a thing that is shown twice; a process without a diagram."""
    model = HEAD + (
        '<import importType="http://www.w3.org/2001/XMLSchema" location="x.xsd" namespace="urn:x"/><collaboration '
        'id="C"><participant '
        'id="p" name="A" processRef="P"/><participant id="q" name="B" processRef="Q"/></collaboration><process '
        'id="P"><startEvent '
        f'id="s"/><callActivity id="k" name="Call" calledElement="R"/><endEvent '
        f'id="e"/>{flows("s>k", "k>e")}</process><process id="Q">'
        '<task id="q1" name="Alone"/></process><process id="R"><task id="r1" name="Called"/></process><process '
        'id="N"><task id="n1"/>'
        '</process><globalUserTask id="gu" name="Global"/></definitions>\n')
    made = "".join((
        diagram(model, "C", {"p": (20, 20, 600, 200), "q": (20, 260, 600, 160), "s": (0, 0), "k": (1, 0), "e": (2, 0),
                             "q1": (200, 300, 100, 80)}, key="C1"),
        diagram(model, "C", {"p": (0, 0, 500, 200), "k": (1, 0)}, key="C2"), diagram(model, "R", {"r1": (0, 0)}),
        diagram(model, "Q", {})))
    return model.replace("</definitions>", made + "</definitions>").encode()


def bare() -> bytes:
    """No diagram at all, as engines keep it; a sequence flow before its ends; no names; ids of digits and points."""
    return (HEAD + '<process id="_1.2"><sequenceFlow id="_f" sourceRef="_a" targetRef="_b"/><task '
        'id="_b"/><startEvent id="_a"/>'
            '<sequenceFlow id="_g" sourceRef="_b" targetRef="_c"/><endEvent id="_c"/></process></definitions>').encode()


def loose() -> bytes:
    """Visio and others: shapes without ids or labels, edges with ends of their own, one pool round all, steps "
    "without flows."""
    text = whole('<collaboration id="C"><participant id="p" processRef="P"/></collaboration><process '
        'id="P"><startEvent id="s"/><task '
                 'id="a" name="  Two  spaces "/><task id="b"/><intermediateThrowEvent id="n" '
                 'name="Nothing"/><endEvent id="e"/>'
                 + flows("s>a", "a>e") + "</process>",
                 {"p": (0, 0, 800, 300), "s": (0, 0), "a": (1, 0), "b": (2, 1), "n": (3, 1), "e": (3, 0)}, "C").decode()
    return text.replace('bpmnElement="a-e"', 'bpmnElement="a-e" sourceElement="a_C_di" targetElement="e_C_di"').replace(
        ' id="b_C_di"', "").encode()


def gbk() -> bytes:
    return written('<process id="P" name="行政许可"><startEvent id="s" name="申请"/><userTask id="a" '
        'name="受理"/><exclusiveGateway '
                   'id="g" name="准予？"/><task id="b" name="制证"/><task id="c" name="告知"/><endEvent id="e" name="办结"/>'
                   + WAYS.replace('"yes"', '"是"').replace('"no"', '"否"') + "</process>", SIMPLE, "",
                   "").decode().replace(
        'encoding="UTF-8"', 'encoding="GBK"').encode("gbk")


def utf16() -> bytes:
    return camunda7().decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def rules() -> bytes:
    """What engines declare beside processes: interfaces, operations, correlation, resources, end points, a lane for "
    "a part."""
    inside = (
        '<itemDefinition id="it"/><message id="m" name="M" itemRef="it"/><error id="er" structureRef="it"/><interface '
        'id="if" name="I" '
        'implementationRef="X"><operation id="op" '
        'name="O"><inMessageRef>m</inMessageRef><errorRef>er</errorRef></operation></interface>'
        '<resource id="re" name="R"><resourceParameter id="rp" name="P" isRequired="true"/></resource><endPoint '
        'id="ep"/>'
        '<correlationProperty id="cp" name="K" type="it"><correlationPropertyRetrievalExpression id="ce" '
        'messageRef="m"><messagePath '
        'id="mp">x</messagePath></correlationPropertyRetrievalExpression></correlationProperty><process '
        'id="P"><startEvent id="s">'
        '<dataOutput id="sdo"/><dataOutputAssociation '
        'id="sda"><sourceRef>sdo</sourceRef><targetRef>do</targetRef></dataOutputAssociation>'
        '<outputSet id="sos"><dataOutputRefs>sdo</dataOutputRefs></outputSet><messageEventDefinition id="sd" '
        'messageRef="m"><operationRef>'
        'op</operationRef></messageEventDefinition></startEvent><serviceTask id="a" name="Ask" operationRef="op" '
        'implementation="##WebService"><performer id="pf"><resourceRef>re</resourceRef><resourceParameterBinding '
        'id="rb" '
        'parameterRef="rp"><formalExpression '
        'id="fe">1</formalExpression></resourceParameterBinding></performer></serviceTask>'
        '<exclusiveGateway id="g"/><receiveTask id="b" operationRef="op" messageRef="m"/><task id="c"/><endEvent '
        'id="e"/>'
        '<dataObject id="do" itemSubjectRef="it"/>' + WAYS + "</process>")
    return written(inside, SIMPLE, "ns0", "")


VENDORS = {make.__name__: make() for make in (
    camunda7, camunda8, planes, signavio, bizagi, flowable, activiti, jbpm, trisotech, oryx, choreography,
        conversation, adhoc,
    several, bare, loose, gbk, utf16, rules)}
