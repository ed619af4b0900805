// What is looked at, and how. It stands in the address, so that a page that is loaded again shows the same.

const LOOKS = {view: ["internal", "external"], direction: ["down", "right"], theme: null};
const SCREENS = ["auto", "light", "dark"];

export const state = {item: "", view: "", direction: "", theme: "", screen: "auto"};

// What the catalogue asks for counts where the address says nothing.
export function begin(asked) {
  for (const name of Object.keys(LOOKS)) state[name] ||= asked[name];
}

export const looks = () => ({view: state.view, direction: state.direction, theme: state.theme});

export function read() {
  const said = new URLSearchParams(location.hash.slice(1));
  state.item = said.get("item") ?? "";
  for (const [name, known] of Object.entries(LOOKS)) {
    const value = said.get(name);
    if (value && (!known || known.includes(value))) state[name] = value;
  }
  const screen = localStorage.getItem("screen");
  if (SCREENS.includes(screen)) state.screen = screen;
}

export function write() {
  const said = Object.entries({item: state.item, ...looks()}).filter(([, value]) => value);
  history.replaceState(null, "", `#${new URLSearchParams(said)}`);
  localStorage.setItem("screen", state.screen);
}

const system = matchMedia("(prefers-color-scheme: dark)");

export const dark = () => state.screen === "auto" ? system.matches : state.screen === "dark";

export const whenScreenChanges = act => system.addEventListener("change", act);
