// Runs in a page that has bpmn-js as BpmnJS: draws one file and tells what is wrong with the picture.
async function facts(xml) {
  document.body.innerHTML = '<div id="canvas" style="width:1000px;height:600px"></div>';
  const viewer = new BpmnJS({ container: '#canvas' });
  const found = { warnings: [], faults: [], shapes: 0, flows: 0, labels: 0 };
  try {
    const { warnings } = await viewer.importXML(xml);
    found.warnings = warnings.map(w => w.message);
  } catch (error) {
    found.warnings.push(String(error.message || error), ...(error.warnings || []).map(w => w.message));
    return found;
  }
  for (const diagram of viewer.getDefinitions().diagrams) {
    const { warnings } = await viewer.open(diagram);
    found.warnings.push(...warnings.map(w => w.message));
    const registry = viewer.get('elementRegistry');
    const canvas = viewer.get('canvas');
    for (const root of canvas.getRootElements()) {
      canvas.setRootElement(root);
      measure(inside(root), registry, found);
    }
  }
  viewer.destroy();
  return found;
}

function inside(element) {
  return (element.children || []).flatMap(child => [child, ...inside(child)]);
}

const NAMED_INSIDE = /Task$|CallActivity$|SubProcess$|Transaction$/;
const HOLDERS = /Participant$|Lane$|SubProcess$|Transaction$|Group$/;

function measure(elements, registry, found) {
  const fault = (name, ...who) => found.faults.push([name, ...who].join(' '));
  const seen = elements.filter(e => !e.hidden);
  const shapes = seen.filter(e => !e.waypoints && !e.labelTarget);
  const solid = shapes.filter(e => !(HOLDERS.test(e.type) && (!NAMED_INSIDE.test(e.type) || isOpen(e))));
  const holders = shapes.filter(e => !solid.includes(e) && !/Group$/.test(e.type));
  const flows = seen.filter(e => e.waypoints);
  const labels = seen.filter(e => e.labelTarget).map(e => ({ id: e.id, of: e.labelTarget, ...textBox(e, registry) }));
  found.shapes += shapes.length; found.flows += flows.length; found.labels += labels.length;
  const box = e => [e.x, e.y, e.x + e.width, e.y + e.height];

  pairs(solid, (a, b) => {
    if (a.host === b || b.host === a) return;
    if (meet(box(a), box(b), 0)) fault('shape-on-shape', a.id, b.id);
  });
  for (const e of shapes) {
    const home = e.parent;
    if (home && home.width && !/Group$|DataStoreReference$/.test(e.type) && !e.host && !within(box(e), box(home), 0.5)) fault('outside', e.id, home.id);
  }
  for (const lane of shapes.filter(e => /Lane$/.test(e.type)))
    for (const ref of lane.businessObject.flowNodeRef || []) {
      const e = registry.get(ref.id);
      if (e && !e.host && !(lane.businessObject.childLaneSet || {}).lanes && !within(box(e), box(lane), 0.5)) fault('outside-lane', e.id, lane.id);
    }
  for (const flow of flows) {
    const ends = [flow.source, flow.target];
    for (const e of solid) {
      const own = ends.includes(e);
      if (ends.some(end => end === e.host && own)) continue;
      const border = outline(e, own ? 2 : 1);
      if (flow.waypoints.slice(1).some((p, i) => inOutline(flow.waypoints[i], p, border) > 1)) fault(own ? 'flow-through-own-end' : 'flow-through-shape', flow.id, e.id);
    }
    ends.forEach((end, i) => {
      const p = flow.waypoints[i ? flow.waypoints.length - 1 : 0];
      if (end && end.width && !onBorder(p, end)) fault('not-docked', flow.id, end.id);
    });
    if (/SequenceFlow$|MessageFlow$/.test(flow.type) && flow.waypoints.slice(1).some((p, i) => Math.abs(p.x - flow.waypoints[i].x) > 1 && Math.abs(p.y - flow.waypoints[i].y) > 1))
      fault('slanted', flow.id);
  }
  pairs(flows, (a, b) => {
    const alike = /MessageFlow$/.test(a.type) === /MessageFlow$/.test(b.type);      // a message joins no other line
    const shared = (alike && a.target === b.target) || (isTie(a) && isTie(b) && (a.source === b.source || a.target === b.source || a.source === b.target));
    if (!shared && overlap(a.waypoints, b.waypoints)) fault('flow-on-flow', a.id, b.id);
  });
  pairs(labels, (a, b) => { if (meet(a.box, b.box, 0.5)) fault('label-on-label', a.id, b.id); });
  for (const label of labels) {
    for (const e of solid) if (meet(label.box, box(e), 0.5) && inBox(label.box, outline(e, 0))) fault('label-on-shape', label.id, e.id);
    for (const flow of flows)
      if (flow.waypoints.slice(1).some((p, i) => through(flow.waypoints[i], p, shrunk(label.box, 1)) > 1)) fault('label-on-flow', label.id, flow.id);
    for (const e of holders)
      if (crosses(label.box, box(e)) && label.of.parent === e) fault('label-outside', label.id, e.id);
  }
  for (const e of shapes) {
    if (!NAMED_INSIDE.test(e.type) && !/TextAnnotation$/.test(e.type)) continue;
    for (const text of registry.getGraphics(e).querySelectorAll(':scope > .djs-visual > text')) {
      const t = text.getBBox();
      if (t.width && (t.x < -1 || t.y < -1 || t.x + t.width > e.width + 1 || t.y + t.height > e.height + 1)) fault('text-out', e.id);
    }
  }
  for (const e of solid.filter(s => NAMED_INSIDE.test(s.type)))
    for (const text of registry.getGraphics(e).querySelectorAll(':scope > .djs-visual > text')) {
      const t = text.getBBox(), words = [e.x + t.x, e.y + t.y, e.x + t.x + t.width, e.y + t.y + t.height];
      for (const event of e.attachers || [])
        if (t.width && meet(words, box(event), 1)) fault('event-on-text', event.id, e.id);
    }
  for (const e of shapes.filter(s => /Participant$|Lane$/.test(s.type)))
    for (const text of registry.getGraphics(e).querySelectorAll(':scope > .djs-visual > text')) {
      const t = text.getBBox(), long = (e.di.isHorizontal === false) !== isBlack(e) ? e.width : e.height;
      if (t.width > long + 1 || t.height > 36) fault('text-out', e.id);
    }
}

const isBlack = e => e.type === 'bpmn:Participant' && !e.businessObject.processRef;      // its name runs along its middle
const isOpen = e => e.collapsed === false || e.type === 'bpmn:Participant' || e.type === 'bpmn:Lane' || e.type === 'bpmn:Group';
const isTie = flow => /Association$/.test(flow.type);

function pairs(list, look) {
  for (let i = 0; i < list.length; i++) for (let j = 0; j < i; j++) look(list[j], list[i]);
}

function meet(a, b, slack) {
  return a[0] < b[2] - slack && b[0] < a[2] - slack && a[1] < b[3] - slack && b[1] < a[3] - slack;
}

function within(a, b, slack) {
  return a[0] >= b[0] - slack && a[1] >= b[1] - slack && a[2] <= b[2] + slack && a[3] <= b[3] + slack;
}

function crosses(a, b) {
  return meet(a, b, 0.5) && !within(a, b, 0.5);
}

function shrunk(b, by) {
  return [b[0] + by, b[1] + by, b[2] - by, b[3] - by];
}

function textBox(label, registry) {
  const text = registry.getGraphics(label).querySelector('text');
  const t = text ? text.getBBox() : { x: 0, y: 0, width: label.width, height: label.height };
  return { box: [label.x + t.x, label.y + t.y, label.x + t.x + t.width, label.y + t.y + t.height] };
}

function outline(e, by) {
  const [x0, y0, x1, y1] = shrunk([e.x, e.y, e.x + e.width, e.y + e.height], by);
  if (/Gateway$/.test(e.type)) return { corners: [[(x0 + x1) / 2, y0], [x1, (y0 + y1) / 2], [(x0 + x1) / 2, y1], [x0, (y0 + y1) / 2]] };
  if (/Event$/.test(e.type)) {
    const cx = (x0 + x1) / 2, cy = (y0 + y1) / 2, r = (x1 - x0) / 2;
    return { corners: Array.from({ length: 24 }, (_, i) => [cx + r * Math.cos(i * Math.PI / 12), cy + r * Math.sin(i * Math.PI / 12)]) };
  }
  return { corners: [[x0, y0], [x1, y0], [x1, y1], [x0, y1]] };
}

// length of the segment p-q within a convex polygon given clockwise
function inOutline(p, q, { corners }) {
  let t0 = 0, t1 = 1;
  const dx = q.x - p.x, dy = q.y - p.y;
  for (let i = 0; i < corners.length; i++) {
    const [ax, ay] = corners[i], [bx, by] = corners[(i + 1) % corners.length];
    const nx = by - ay, ny = ax - bx;                       // outward normal
    const d = nx * dx + ny * dy, s = nx * (ax - p.x) + ny * (ay - p.y);
    if (Math.abs(d) < 1e-9) { if (s < 0) return 0; continue; }
    const t = s / d;
    if (d > 0) t1 = Math.min(t1, t); else t0 = Math.max(t0, t);
    if (t0 >= t1) return 0;
  }
  return (t1 - t0) * Math.hypot(dx, dy);
}

function through(p, q, b) {
  return inOutline(p, q, { corners: [[b[0], b[1]], [b[2], b[1]], [b[2], b[3]], [b[0], b[3]]] });
}

function inBox(b, border) {
  const steps = [0, 0.25, 0.5, 0.75, 1];
  return steps.some(t => {
    const y = b[1] + 0.5 + (b[3] - b[1] - 1) * t;
    return inOutline({ x: b[0] + 0.5, y }, { x: b[2] - 0.5, y }, border) > 1;
  });
}

function onBorder(p, e) {
  if (!(p.x >= e.x - 1 && p.y >= e.y - 1 && p.x <= e.x + e.width + 1 && p.y <= e.y + e.height + 1)) return false;
  const deep = outline(e, 3).corners;
  return !isInside(p, deep) && isInside(p, outline(e, -2).corners);
}

function isInside(p, corners) {
  return corners.every(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length];
    return (by - ay) * (p.x - ax) + (ax - bx) * (p.y - ay) <= 1e-9;
  });
}

function overlap(a, b) {
  return a.slice(1).some((a1, i) => b.slice(1).some((b1, j) => {
    const a0 = a[i], b0 = b[j];
    if (a0.x === a1.x && b0.x === b1.x && Math.abs(a0.x - b0.x) < 1) return common(a0.y, a1.y, b0.y, b1.y) > 2;
    if (a0.y === a1.y && b0.y === b1.y && Math.abs(a0.y - b0.y) < 1) return common(a0.x, a1.x, b0.x, b1.x) > 2;
    return false;
  }));
}

function common(a, b, c, d) {
  return Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d));
}
