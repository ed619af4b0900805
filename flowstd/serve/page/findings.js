// What is wrong, and where: beside the chart, and above it where there is no newer one.

import {byId, element, words} from "./dom.js";

export function showFindings(findings, point) {
  const grave = findings.filter(one => one.level !== "info").length;
  for (const id of ["number", "badge"]) byId(id).textContent = findings.length || "";
  byId("badge").dataset.level = findings[0]?.level ?? "";
  byId("badge").hidden = !grave;
  byId("found").replaceChildren(...(findings.length
    ? findings.map(one => element("li", {"data-level": one.level}, ...told(one, point)))
    : [element("li", {class: "none"}, words.no_findings)]));
}

export function showBanner(faults, note) {
  const banner = byId("banner");
  const said = faults.length ? [element("p", {class: "note"}, note),
                                ...faults.slice(0, 5).map(one => element("section", {}, ...told(one)))] : [];
  const now = said.map(one => one.textContent).join("\n");
  if (banner.dataset.said === now) return;         // said once, not at every save
  banner.dataset.said = now;
  banner.replaceChildren(...said);
  banner.hidden = !faults.length;
}

export function place(at) {
  if (!at?.text) return undefined;
  return at.link ? element("a", {class: "place", href: at.link, title: words.open_source}, at.text)
                 : element("span", {class: "place"}, at.text);
}

function* told(one, point) {
  yield element("p", {class: "head"}, element("span", {class: "word"}, one.word),
                element("code", {title: one.name}, one.code), place(one.place) ?? "");
  yield element("p", {}, one.message);
  if (one.place?.excerpt) {
    const [before, meant, after] = one.place.excerpt;
    yield element("pre", {tabindex: "0"}, before, element("mark", {}, meant), after);
  }
  if (one.fix) yield element("p", {class: "fix"}, element("span", {}, words.fix), one.fix);
  if (one.law) yield element("p", {class: "law"}, element("span", {}, words.law), one.law);
  if (point && one.node && point.knows(one.node))
    yield element("button", {type: "button", onclick: () => point.at(one.node)}, words.show_step);
}
