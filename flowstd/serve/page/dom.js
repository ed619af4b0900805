// Elements without a word of HTML: whatever a name or a message holds stays text.

export function element(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== "") made.setAttribute(name, value);
  }
  made.append(...inside.filter(one => one !== undefined && one !== ""));
  return made;
}

export const byId = id => document.getElementById(id);

export async function asked(path, query = {}) {
  const answer = await fetch(`${path}?${new URLSearchParams(query)}`);
  if (answer.status === 204) return undefined;
  return {ok: answer.ok, ...await answer.json()};
}

export const words = (await asked("/words"));

export const filled = (word, value) => word.replace("{}", value);
