// The page: asks for what has changed, one question at a time, and keeps the last good chart.

import * as chart from "./chart.js";
import {asked, byId, element, filled, words} from "./dom.js";
import {place, showBanner, showFindings} from "./findings.js";
import * as list from "./list.js";
import {begin, dark, looks, read, state, whenScreenChanges, write} from "./state.js";

let shown = {id: "", stamp: "", looks: ""};      // what is on the screen
let steps = [];
let asking = false, again = false;
let known = false;                               // whether the list was ever told

async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    do {
      again = false;
      const drawing = known ? draw() : undefined;
      const folder = await list.refresh();
      settle(folder);
      await (drawing ?? draw());
      tell("live");
    } while (again);
  } catch {
    tell("cut_off");                             // the stream of events tells when there is somebody to ask again
  } finally {
    asking = false;
  }
}

// What only the folder knows: its name, its themes, where to begin.
function settle(folder) {
  byId("about").textContent = folder.title || folder.folder;
  if (!state.item && folder.lines.length) state.item = folder.lines[0].id;
  if (!known && folder.themes.length) {
    known = true;
    begin(folder.looks);
    byId("themes").append(...folder.themes.map(name => element("label", {},
      element("input", {type: "radio", name: "theme", value: name}), words[name] ?? name)));
    setRadios();
  }
  exports_ = folder.exports;
  if (!state.item) {
    tellChart(folder.faults, words.no_chart, []);
    byId("title").textContent = folder.title || folder.folder;
  }
}

async function draw() {
  if (!state.item) return;
  const wanted = JSON.stringify([state.item, looks()]);
  const same = shown.looks === wanted;
  const told = await asked("/chart", {item: state.item, ...looks(), have: same ? shown.stamp : ""});
  if (!told || JSON.stringify([state.item, looks()]) !== wanted) { again ||= Boolean(told); return; }
  if (!told.ok) {
    tellChart([{word: "", code: "", message: words.gone}], shown.id ? words.kept : words.no_chart, []);
    return;
  }
  state.item = told.entry.id;
  take(told);
  write();
}

function take({entry, stamp, chart: drawn, faults}) {
  const other = shown.id !== entry.id;
  byId("title").textContent = entry.title + (entry.scenario ? `（${entry.scenario}）` : "");
  document.title = `${entry.title} · ${words.preview}`;
  list.mark(entry.id);
  if (other) list.reveal();
  if (drawn) {
    steps = drawn.steps;
    chart.show(drawn.pages);
  } else if (other) {
    steps = [];
    chart.clear();
  }
  shown = {id: entry.id, stamp, looks: JSON.stringify([entry.id, looks()])};
  tellChart(faults, drawn ? words.kept : words.no_chart, drawn?.findings ?? []);
  offer(stamp ? drawn.pages.length : 0);
  byId("pointed").hidden = true;
}

function tellChart(faults, note, findings) {
  showBanner(faults, note);
  const step = node => steps.find(one => one.node === node);
  showFindings(findings, {knows: node => Boolean(step(node)), at: node => pointAt(step(node))});
  byId("stage").classList.toggle("stale", faults.length > 0);
}

function tell(now) {
  const stale = now === "live" && byId("stage").classList.contains("stale");
  byId("state").dataset.state = stale ? "stale" : now;
  byId("state").textContent = words[stale ? "stale" : now];
}

// ---- steps

function pointAt(step, scroll = true) {
  if (!step) return;
  chart.point(step.ids, {scroll});
  byId("pointed").replaceChildren(
    element("span", {}, words.step), element("strong", {}, step.label), place(step.place) ?? "");
  byId("pointed").hidden = false;
  if (scroll) pane("chart");
}

chart.whenPointed(id => pointAt(steps.find(step => step.ids.includes(id)), false));

// ---- looks, export, zoom

let exports_ = [];

function offer(pages) {
  byId("exports").replaceChildren(...exports_.flatMap(({format, paged, missing}) =>
    Array.from({length: paged ? Math.max(1, pages) : 1}, (_, at) => {
      const name = format.toUpperCase() + (paged && pages > 1 ? ` ${filled(words.page, at + 1)}` : "");
      const query = new URLSearchParams({item: state.item, ...looks(), format, page: at + 1});
      return element("li", {}, missing || !pages
        ? element("span", {class: "off", title: missing, "aria-disabled": "true"}, name)
        : element("button", {type: "button", onclick: () => keep(`/export?${query}`)}, name));
    })));
}

// A file that cannot be made is told on the page, not handed over as one.
async function keep(path) {
  const answer = await fetch(path);
  const made = await answer.blob();
  if (!answer.ok) {
    showBanner(JSON.parse(await made.text()), words.no_file);
    return;
  }
  const name = decodeURIComponent(answer.headers.get("content-disposition").split("''")[1]);
  const address = URL.createObjectURL(made);
  element("a", {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function setRadios() {
  for (const radio of document.querySelectorAll("fieldset input")) radio.checked = state[radio.name] === radio.value;
}

byId("settings").addEventListener("change", event => {
  state[event.target.name] = event.target.value;
  write();
  if (event.target.name === "screen") screen();
  else refresh();
});

function screen() {
  document.documentElement.dataset.screen = dark() ? "dark" : "light";
  chart.paint();
}

byId("zoom").addEventListener("click", event => event.target.dataset.zoom && chart.zoom(event.target.dataset.zoom));

function pane(name) {
  document.body.dataset.pane = name;
  for (const button of byId("tabs").children) button.setAttribute("aria-pressed", button.dataset.pane === name);
}
byId("tabs").addEventListener("click", event => {
  const button = event.target.closest("button");
  if (button) pane(button.dataset.pane);
});

list.whenChosen(id => { state.item = id; write(); pane("chart"); refresh(); });

const KEYS = {
  "/": () => { pane("list"); byId("search").select(); },
  "+": () => chart.zoom("in"),
  "=": () => chart.zoom("in"),
  "-": () => chart.zoom("out"),
  "0": () => chart.zoom("full"),
};
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") { byId("settings").open = false; return; }
  if (event.target.matches("input:not([type=checkbox], [type=radio])")) return;
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
});
document.addEventListener("pointerdown", event => {
  if (!byId("settings").contains(event.target)) byId("settings").open = false;
});

// ---- begin

read();
screen();
setRadios();
pane("chart");
whenScreenChanges(screen);
addEventListener("hashchange", () => { read(); setRadios(); refresh(); });
const news = new EventSource("/events");
news.onmessage = () => refresh();
news.onerror = () => tell("cut_off");
