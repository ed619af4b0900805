// Lays out many charts with one engine: node layout.mjs ENGINE < charts.json > positions.json
// In: [{id, nodes: {id: {w, h, shape, lane}}, edges: [{src, dst, label: {w, h}?, loop}], lanes: [id], bpmn}]
// Out: {ms: CPU of a second pass a chart, charts: [geometry | null]}
import { readFileSync } from "node:fs";

const engines = { "elk-flat": elk(false), "elk-lanes": elk(true), "dagre-flat": dagre(false), "dagre-lanes": dagre(true), "bpmn-auto-layout": bpmn };

const charts = JSON.parse(readFileSync(0, "utf8"));
const layout = await engines[process.argv[2]]();
const found = [];
for (const chart of charts) found.push(await attempt(chart));
const before = process.cpuUsage();
for (const chart of charts) await attempt(chart);
const used = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ ms: (used.user + used.system) / 1000 / charts.length, charts: found }));

async function attempt(chart) {
  try { return await layout(chart); } catch { return null; }
}

function elk(lanes) {
  return async () => {
    const { default: ELK } = await import("elkjs/lib/elk.bundled.js");
    const engine = new ELK();
    const options = {
      "elk.algorithm": "layered", "elk.direction": "DOWN", "elk.edgeRouting": "ORTHOGONAL",
      "elk.layered.cycleBreaking.strategy": "MODEL_ORDER", "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
      "elk.hierarchyHandling": "INCLUDE_CHILDREN", "elk.json.shapeCoords": "ROOT", "elk.json.edgeCoords": "ROOT",
    };
    return async (chart) => {
      const nodes = Object.entries(chart.nodes).map(([id, n]) => ({ id, width: n.w, height: n.h, lane: n.lane }));
      const children = lanes
        ? chart.lanes.map((lane) => ({ id: "lane:" + lane, layoutOptions: { "elk.padding": "[top=30,left=10,bottom=10,right=10]" },
                                       children: nodes.filter((n) => n.lane === lane) })).filter((l) => l.children.length)
        : nodes;
      const edges = chart.edges.map((e, i) => ({ id: "e" + i, sources: [e.src], targets: [e.dst],
        labels: e.label ? [{ text: "x", width: e.label.w, height: e.label.h }] : [] }));
      const done = await engine.layout({ id: "root", layoutOptions: options, children, edges });
      const boxes = {}, bands = {}, routed = {};
      const visit = (part) => {
        for (const child of part.children ?? []) {
          const box = { x: child.x, y: child.y, w: child.width, h: child.height };
          if (child.id.startsWith("lane:")) bands[child.id.slice(5)] = box;
          else boxes[child.id] = { ...chart.nodes[child.id], ...box };
          visit(child);
        }
        for (const edge of part.edges ?? []) routed[edge.id] = edge;
      };
      visit(done);
      return geometry(chart, boxes, bands, chart.edges.map((e, i) => {
        const [section] = routed["e" + i].sections;
        const label = routed["e" + i].labels?.[0];
        return { points: [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map((p) => [p.x, p.y]),
                 label: label && { x: label.x, y: label.y, w: label.width, h: label.height } };
      }));
    };
  };
}

function dagre(lanes) {
  return async () => {
    const { Graph, layout } = await import("@dagrejs/dagre").then((m) => ({ Graph: (m.graphlib ?? m.default.graphlib).Graph, layout: m.layout ?? m.default.layout }));
    return (chart) => {
      const graph = new Graph({ compound: true, multigraph: true });
      graph.setGraph({ rankdir: "TB" }).setDefaultEdgeLabel(() => ({}));
      if (lanes) for (const lane of chart.lanes) graph.setNode("lane:" + lane, {});
      for (const [id, n] of Object.entries(chart.nodes)) {
        graph.setNode(id, { width: n.w, height: n.h });
        if (lanes) graph.setParent(id, "lane:" + n.lane);
      }
      chart.edges.forEach((e, i) => graph.setEdge(e.src, e.dst, e.label ? { width: e.label.w, height: e.label.h, labelpos: "r" } : {}, "e" + i));
      layout(graph);
      const corner = (n) => ({ x: n.x - n.width / 2, y: n.y - n.height / 2, w: n.width, h: n.height });
      const boxes = {}, bands = {};
      for (const id of Object.keys(chart.nodes)) boxes[id] = { ...chart.nodes[id], ...corner(graph.node(id)) };
      if (lanes) for (const lane of chart.lanes) if (graph.children("lane:" + lane).length) bands[lane] = corner(graph.node("lane:" + lane));
      return geometry(chart, boxes, bands, chart.edges.map((e, i) => {
        const edge = graph.edge({ v: e.src, w: e.dst, name: "e" + i });
        return { points: edge.points.map((p) => [p.x, p.y]), label: e.label && corner(edge) };
      }));
    };
  };
}

async function bpmn() {
  const { layoutProcess } = await import("bpmn-auto-layout");
  return async (chart) => {
    const xml = await layoutProcess(chart.bpmn);
    const boxes = {}, lines = {};
    for (const [, id, body] of xml.matchAll(/<bpmndi:BPMNShape[^>]*bpmnElement="([^"]+)"[^>]*>([\s\S]*?)<\/bpmndi:BPMNShape>/g)) {
      const [, x, y, w, h] = body.match(/<dc:Bounds x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)"/).map(Number);
      boxes[id] = { x, y, w, h };
    }
    for (const [, id, body] of xml.matchAll(/<bpmndi:BPMNEdge[^>]*bpmnElement="([^"]+)"[^>]*>([\s\S]*?)<\/bpmndi:BPMNEdge>/g))
      lines[id] = [...body.matchAll(/<di:waypoint x="([-\d.]+)" y="([-\d.]+)"/g)].map((m) => [Number(m[1]), Number(m[2])]);
    const ids = Object.keys(chart.nodes);
    const nodes = Object.fromEntries(ids.map((id, i) => [id, { ...chart.nodes[id], ...boxes["n" + i] }]));
    const placed = geometry(chart, nodes, {}, chart.edges.map((e, i) => ({ points: lines["e" + i] })));
    return { ...placed, direction: "LR" };
  };
}

function geometry(chart, nodes, lanes, lines) {
  return { id: chart.id, direction: "TB", font_pt: chart.font_pt, nodes, lanes,
           edges: chart.edges.map((e, i) => ({ src: e.src, dst: e.dst, loop: e.loop, ...(e.label ? { text: "x" } : {}),
                                               points: lines[i].points, ...(lines[i].label ? { label: lines[i].label } : {}) })) };
}
