// The list of items: sought by the server, so that a city is no slower than a bureau.

import {asked, byId, element, filled, words} from "./dom.js";

let lines = [], chosen = "", choose = () => {};

export const whenChosen = act => { choose = act; };

export async function refresh() {
  const query = {q: byId("search").value};
  if (byId("faulty").checked) query.faulty = "";
  const told = await asked("/items", query);
  if (JSON.stringify(lines) !== JSON.stringify(told.lines) || !byId("items").children.length) {
    lines = told.lines;
    write();
  }
  const rest = told.found - lines.length;
  const number = told.found === told.total ? told.total : `${told.found} / ${told.total}`;
  byId("counts").replaceChildren(
    filled(words.counts, number), told.failed ? ` · ${filled(words.counts_failed, told.failed)}` : "",
    rest > 0 ? element("span", {}, filled(words.more, rest)) : "");
  mark(chosen);
  return told;
}

// Whoever goes through the list by keyboard stays where he is.
function write() {
  const at = document.activeElement.dataset?.id;
  byId("items").replaceChildren(...(lines.length ? lines.map(line) : [element("li", {class: "none"}, words.empty)]));
  if (at) [...byId("items").querySelectorAll("button")].find(button => button.dataset.id === at)?.focus();
}

export function mark(id) {
  chosen = id;
  for (const button of byId("items").querySelectorAll("button"))
    button.toggleAttribute("aria-current", button.dataset.id === id);
}

export const reveal = () =>
  byId("items").querySelector("[aria-current]")?.scrollIntoView({block: "nearest"});

function line(one) {
  const name = element("span", {class: "title"}, one.title);
  if (one.scenario) name.append(element("span", {class: "scenario"}, one.scenario));
  const place = one.file + (one.line ? `:${one.line}` : "");
  const more = element("span", {class: "more"}, [place, one.code].filter(Boolean).join(" · "));
  return element("li", {}, element("button", {type: "button", "data-id": one.id, onclick: () => choose(one.id)},
                                   name, ...marks(one), more));
}

function marks(one) {
  if (one.failed) return [element("span", {class: "mark error"}, words.failed)];
  return [["error", one.errors], ["warning", one.warnings]].filter(([, number]) => number).map(([level, number]) => {
    const said = `${number} ${words[level]}`;
    return element("span", {class: `mark ${level}`, title: said, "aria-label": said}, String(number));
  });
}

byId("items").addEventListener("keydown", event => {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...byId("items").querySelectorAll("button")], at = all.indexOf(document.activeElement);
  all[at + step]?.focus();
});
byId("search").addEventListener("keydown", event => {
  if (event.key === "ArrowDown") { event.preventDefault(); byId("items").querySelector("button")?.focus(); }
  if (event.key === "Enter") byId("items").querySelector("button")?.click();
});
byId("search").addEventListener("input", () => refresh());
byId("faulty").addEventListener("change", () => refresh());
