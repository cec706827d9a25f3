// A report as the program writes it comes in as HTML; it is shown beside a panel that holds its findings.
import { make, say } from "./strings.js";

// The only place where markup is read. The program has escaped what is anybody's, and the policy lets no script of it run.
const policy = globalThis.trustedTypes?.createPolicy("report", { createHTML: (html) => html }) ?? { createHTML: (html) => html };
const own = new CSSStyleSheet();
document.adoptedStyleSheets = [own];

export const parse = (html) => {
  const styles = [];
  const bare = html.replace(/<style>([^<]*)<\/style>/g, (whole, style) => { styles.push(style); return ""; });
  const made = new DOMParser().parseFromString(policy.createHTML(bare), "text/html");
  for (const one of made.querySelectorAll("script, .skip")) one.remove();
  for (const one of made.querySelectorAll("[hidden]")) one.hidden = false;
  return { body: made.body, style: styles[1] ?? "" }; // the first is what every report has
};

/** Put a report, or a map alone, into its place. Gives {version, fingerprint} where it has them. */
export const show = (place, html) => {
  const { body, style } = parse(html);
  own.replaceSync(style);
  place.replaceChildren(...body.childNodes);
  const text = place.querySelector("main");
  if (!text) {
    const alone = make("main", {}, ...place.childNodes);
    place.append(alone);
    return {};
  }
  const beside = panel(place);
  const filters = place.querySelector(".filters"); // what sticks above the panel, one line or several
  if (filters) new ResizeObserver(() => place.style.setProperty("--stuck", `${filters.offsetHeight}px`)).observe(filters);
  const reading = make("div", { class: "reading" });
  text.replaceWith(reading);
  reading.append(text, beside);
  return { version: text.dataset.version, fingerprint: text.dataset.fingerprint };
};

const bodies = new WeakMap(); // what a closed card holds; of a long text it is too much to keep in the page
const fill = (card) => bodies.has(card) && (card.open ? card.append(bodies.get(card)) : bodies.get(card).remove());

/** What stands beside the text: its findings, and how it argues. */
const panel = (place) => {
  const cards = [...place.querySelectorAll(".margin > .card")];
  for (const card of cards) {
    card.name = "finding"; // one at a time
    bodies.set(card, card.lastElementChild);
    fill(card);
  }
  const findings = make("div", { class: "tab", id: "findings", role: "tabpanel", "aria-labelledby": "to-findings" },
    make("h2", { class: "vh" }, say("tab_findings")), make("p", { class: "hint" }, say("pick")), ...cards,
    ...[...place.querySelectorAll(".coverage")].map((one) => one.cloneNode(true)));
  const argued = make("div", { class: "tab", id: "argued", role: "tabpanel", "aria-labelledby": "to-argued" },
    ...place.querySelectorAll("#how"));
  for (const empty of place.querySelectorAll(".margin")) empty.remove();
  const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": say("panel") },
    ...[findings, argued].map(({ id }) => {
      const tab = make("button", { type: "button", role: "tab", id: `to-${id}`, "aria-controls": id }, say(`tab_${id}`));
      tab.addEventListener("click", () => turnTo(id));
      return tab;
    }));
  tabs.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") turnTo(chosen() === "argued" ? "findings" : "argued", true);
  });
  const close = make("button", { type: "button", class: "shut" }, say("close"));
  close.addEventListener("click", shut);
  const made = make("aside", { class: "panel", "aria-label": say("panel") },
    make("div", { class: "strip" }, tabs, close), findings, argued);
  made.addEventListener("toggle", ({ target }) => {
    fill(target);
    if (target.open) arrive(target);
  }, true);
  turnTo("findings", false, made);
  lower(made);
  return made;
};

const chosen = () => document.querySelector('.tabs [aria-selected="true"]')?.getAttribute("aria-controls");

/** Turn to a tab of the panel. On a narrow screen this raises the panel. */
export const turnTo = (id, focus = false, within = document.querySelector(".panel")) => {
  if (!within) return;
  for (const tab of within.querySelectorAll(".tab")) tab.hidden = tab.id !== id;
  for (const tab of within.querySelectorAll("[role=tab]")) {
    const on = tab.getAttribute("aria-controls") === id;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    if (on && focus) tab.focus();
  }
  within.classList.add("raised");
  if (id !== "argued") return;
  firstBox(within);
  scrollBy(0, Math.max(0, within.getBoundingClientRect().bottom - innerHeight)); // its foot says what a switch changes
};

const lower = (panel) => panel?.classList.remove("raised");

/** Close what is open; the focus goes back to its place in the text. */
export const shut = () => {
  const card = document.querySelector(".panel .card[open]");
  lower(document.querySelector(".panel"));
  if (!card) return;
  card.open = false;
  document.querySelector(`.tag[href="#${card.id}"]`)?.focus({ preventScroll: true });
};

/** A card was opened: its words come into sight. */
const arrive = (card) => {
  if (!card.matches(".card")) return;
  turnTo("findings");
  document.querySelector(".q.chosen")?.classList.remove("chosen");
  const mark = document.querySelector(`.q[data-f="${card.id}"]`);
  if (!mark) return;
  mark.classList.add("chosen");
  bring(mark.getBoundingClientRect(), mark);
};

const bring = ({ top, bottom }, element) => {
  const sheet = document.querySelector(".panel").getBoundingClientRect();
  const floor = sheet.left <= 1 && sheet.width >= innerWidth - 2 ? sheet.top : innerHeight; // a sheet over the text
  if (top < 120 || bottom > floor - 20) element.scrollIntoView({ block: floor < innerHeight ? "start" : "center" });
};

/** Bring the words of a part of the map into sight; `span` is "start-end" in code points of the text. */
export const point = (span) => {
  const [start, end] = span.split("-").map(Number);
  const row = [...document.querySelectorAll("[data-from]")].findLast((one) => Number(one.dataset.from) <= start);
  if (!row) return;
  const range = document.createRange();
  const from = offset(row, start - Number(row.dataset.from));
  const to = offset(row, end - Number(row.dataset.from));
  range.setStart(...from);
  range.setEnd(...to);
  CSS.highlights?.set("part", new Highlight(range));
  bring(range.getBoundingClientRect(), from[0].parentElement ?? row);
};

/** The text node, and the offset in it, at which a number of code points of an element has gone by. */
const offset = (element, count) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let node = element;
  let passed = 0;
  while (walker.nextNode()) {
    node = walker.currentNode;
    const letters = [...node.data];
    if (passed + letters.length >= count) return [node, letters.slice(0, count - passed).join("").length];
    passed += letters.length;
  }
  return [node, node.data?.length ?? 0];
};

/** A picture that is larger than its frame shows its first box. */
const firstBox = (within) => {
  const frame = within.querySelector(".scroll");
  const box = frame?.querySelector(".node");
  if (!box || frame.dataset.seen) return;
  frame.dataset.seen = "yes";
  const [inside, outside] = [box, frame].map((one) => one.getBoundingClientRect());
  frame.scrollBy(inside.left - outside.left - 20, inside.top - outside.top - 20);
};

document.addEventListener("click", ({ target }) => target.closest('a[href="#how"]') && turnTo("argued", true));

// A panel that is lowered has nothing to step through: it is raised before the step.
addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey, target }) => {
  const stepping = (key === "j" || key === "k") && !(ctrlKey || metaKey || altKey || target.matches("input, select, textarea"));
  if (stepping && !document.querySelector("dialog[open]")) turnTo("findings");
}, { capture: true });

// On paper every card is open.
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll(".panel .card")];
  for (const card of closed) {
    card.removeAttribute("name");
    card.open = true;
    fill(card);
  }
}, { capture: true });
addEventListener("afterprint", () => {
  for (const card of closed) {
    Object.assign(card, { open: false, name: "finding" });
    fill(card);
  }
});
