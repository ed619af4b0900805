// The chart: in a tree of its own, moved by scrolling, zoomed about the point that is meant.

import {byId, element} from "./dom.js";
import {dark} from "./state.js";

const LEAST = 0.1, MOST = 8, STEP = 1.25;
const stage = byId("stage"), paper = stage.appendChild(element("div", {id: "paper"}));
const tree = paper.attachShadow({mode: "open"});
const own = new CSSStyleSheet();
own.replaceSync(`
  svg { display: block; box-shadow: 0 1px 8px rgb(0 0 0 / .18); border-radius: 2px; }
  svg + svg { margin-top: 16px; }
  g[role=img] { cursor: pointer; }
  g[role=img]:hover { filter: drop-shadow(0 0 3px #0b57a4); }
  g.pointed { filter: drop-shadow(0 0 2px #d9480f) drop-shadow(0 0 5px #d9480f); }
  a { text-decoration: none; }
`);

let scale = 1, fit = "width", sizes = [], inks = [];

export function show(pages) {
  const drawn = pages.map(text => parsed(text.replace(STYLE, "")));
  inks = pages.map(ink);
  sizes = drawn.map(svg => ({width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height}));
  for (const link of drawn.flatMap(svg => [...svg.querySelectorAll("a")])) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer");
  }
  tree.adoptedStyleSheets = [own, ...inks];
  tree.replaceChildren(...drawn);
  paint();
  resize();
}

export const clear = () => { sizes = []; tree.replaceChildren(); };

// The style sheet of a chart turns dark with the system; here it does so with the page.
export function paint() {
  for (const sheet of inks)
    for (const rule of sheet.cssRules)
      if (rule.media) rule.media.mediaText = dark() ? "all" : "not all";
}

export function point(ids, {scroll = true} = {}) {
  for (const old of tree.querySelectorAll(".pointed")) old.classList.remove("pointed");
  const steps = ids.map(id => tree.getElementById(id)).filter(Boolean);
  for (const step of steps) step.classList.add("pointed");
  if (scroll && steps.length) steps[0].scrollIntoView({block: "center", inline: "center", behavior: "smooth"});
}

export const whenPointed = act => tree.addEventListener("click", event => {
  const step = event.target.closest("g[role=img]");
  if (step && !event.target.closest("a")) act(step.id);
});

export function zoom(how) {
  if (how === "in") setScale(scale * STEP);
  else if (how === "out") setScale(scale / STEP);
  else if (how === "full") setScale(1);
  else { fit = how; resize(); }
}

const STYLE = /<style>(.*?)<\/style>/s;           // ours alone: what an author writes is escaped

const parsed = text => new DOMParser().parseFromString(text, "image/svg+xml").documentElement;

// The page's policy forbids a style sheet inside the chart; one beside it is the page's own.
function ink(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text.match(STYLE)?.[1] ?? "");
  return sheet;
}

function resize() {
  if (!sizes.length) return;
  if (fit) {
    const edge = parseFloat(getComputedStyle(stage).paddingLeft);
    const room = {width: stage.clientWidth - 2 * edge, height: stage.clientHeight - 2 * edge};
    const widest = Math.max(...sizes.map(size => size.width)), tallest = Math.max(...sizes.map(size => size.height));
    scale = bounded(fit === "width" ? Math.min(room.width / widest, 1.5)
                                    : Math.min(room.width / widest, room.height / tallest));
  }
  [...tree.children].forEach((svg, page) => {
    svg.style.width = `${sizes[page].width * scale}px`;
    svg.style.height = `${sizes[page].height * scale}px`;
  });
  byId("scale").value = `${Math.round(scale * 100)}%`;
}

const bounded = value => Math.min(MOST, Math.max(LEAST, value));

// The point of the chart at (x, y) of the screen, or in the middle of the stage, stays where it is.
function setScale(to, x, y) {
  const box = stage.getBoundingClientRect(), before = paper.getBoundingClientRect();
  x ??= box.left + box.width / 2;
  y ??= box.top + box.height / 2;
  const across = (x - before.left) / before.width, along = (y - before.top) / before.height;
  fit = "";
  scale = bounded(to);
  resize();
  const after = paper.getBoundingClientRect();
  stage.scrollLeft += after.left + across * after.width - x;
  stage.scrollTop += after.top + along * after.height - y;
}

new ResizeObserver(() => fit && resize()).observe(stage);

stage.addEventListener("wheel", event => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  setScale(scale * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
}, {passive: false});

// A mouse drags the paper; fingers scroll by themselves, and two of them zoom.
let dragged = null;
stage.addEventListener("pointerdown", event => {
  if (event.pointerType !== "mouse" || event.button) return;
  dragged = {x: event.clientX, y: event.clientY, left: stage.scrollLeft, top: stage.scrollTop};
});
addEventListener("pointermove", event => {
  if (!dragged) return;
  stage.scrollLeft = dragged.left + dragged.x - event.clientX;
  stage.scrollTop = dragged.top + dragged.y - event.clientY;
  stage.classList.toggle("dragged", Math.hypot(dragged.x - event.clientX, dragged.y - event.clientY) > 3);
});
addEventListener("pointerup", () => { dragged = null; stage.classList.remove("dragged"); });

const between = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
let pinched = null;
stage.addEventListener("touchstart", event => {
  pinched = event.touches.length === 2 ? {apart: between(event.touches), scale} : null;
}, {passive: true});
stage.addEventListener("touchmove", event => {
  if (!pinched || event.touches.length !== 2) return;
  event.preventDefault();
  const [a, b] = event.touches;
  setScale(pinched.scale * between([a, b]) / pinched.apart, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
}, {passive: false});
