// The map beside a text: what a reader confirms, corrects or rejects. It is kept as the text form that files have.
import { ask } from "./requests.js";
import { parse, point } from "./result.js";
import { make, say } from "./strings.js";

const STATES = ["confirmed", "rejected"];
const VERBS = { confirmed: "confirm", rejected: "reject" };
const written = async (given, format) => (await ask("map", given, format)).blob.text();

/** Tends the map of one text in `place`. `tell` shows a line, `save` writes a file. */
export class TextMap {
  constructor(place, text, { tell, save }) {
    Object.assign(this, { place, text, tell, save, written: null });
    this.dress();
  }

  /** The map in its text form, proposed when it is first needed. */
  async form() {
    this.written ??= await written(this.text, "text");
    return this.written;
  }

  /** What stands for the map in a request: its text form where it was changed, else the text that it is of. */
  get given() {
    return this.written ? { name: "map.map", data: new TextEncoder().encode(this.written) } : this.text;
  }

  /** Show another text form of the map, if the program can read it; Refused otherwise. */
  async change(form) {
    const named = { name: "map.map", data: new TextEncoder().encode(form) };
    const { body } = parse(await written(named, "html"));
    this.written = form;
    const opened = this.section.querySelector(".parts")?.open;
    const made = body.querySelector("#how");
    this.section.replaceWith(made ?? this.bare());
    if (made && opened) made.querySelector(".parts").open = true;
    this.dress();
    if (!made) this.tell(say("no_links"));
  }

  get section() { return this.place.querySelector("#how"); }

  bare() {
    return make("section", { class: "after how", id: "how" },
      make("h2", {}, say("map_heading")), make("p", {}, say("no_links")));
  }

  dress() {
    if (!this.section) (this.place.querySelector("#argued") ?? this.place.querySelector("main")).append(this.bare());
    const load = make("input", { type: "file", accept: ".map,.json,.argdown,.ad" });
    load.addEventListener("change", () => this.attempt(async () => this.load(load.files[0])));
    const propose = this.section.querySelector(".parts") ? [] : [this.button("propose", async () => this.change(await this.form()))];
    const tools = make("div", { class: "map-tools" }, ...propose,
      this.button("edit", () => this.edit()),
      this.button("save_map", async () => this.save("map", new Blob([await this.form()], { type: "text/plain" }), ".map")),
      make("label", { class: "file" }, make("span", {}, say("load_map")), load));
    this.section.querySelector("h2").after(tools);
    const picture = this.section.querySelector(".scroll"); // what can be switched stands before it
    this.section.querySelector(".conclusions")?.after(picture);
    this.section.querySelector(".switches")?.after(make("p", { class: "effect", role: "status" }));
    this.section.addEventListener("click", ({ target }) => this.words(target));
    this.section.addEventListener("change", () => setTimeout(() => { // once the picture shows it
      this.dim();
      this.effect();
      if (this.section.querySelector(".too-many")) this.attempt(() => this.weigh());
    }));
    const seen = {};
    for (const part of this.section.querySelectorAll(".parts li")) {
      const head = part.dataset.head;
      seen[head] = (seen[head] ?? 0) + 1;
      const nth = seen[head];
      part.append(make("span", { class: "judge", role: "group", "aria-label": head },
        ...STATES.map((state) => {
          const chosen = part.dataset.status === state;
          const button = this.button(VERBS[state], () => this.set(head, nth, chosen ? "proposed" : state));
          button.setAttribute("aria-pressed", String(chosen));
          button.dataset.state = state;
          return button;
        }),
        this.button("correct", () => this.edit(head))));
    }
  }

  /** The words of the part that was pressed, in the text beside. */
  words(target) {
    if (target.closest("button, input, summary, label")) return;
    const id = target.closest("[data-id]")?.dataset.id;
    const part = id && [...this.section.querySelectorAll(".parts li")].find((one) => one.dataset.id === id);
    if (part?.dataset.span && this.place.querySelector(".reading")) point(part.dataset.span);
  }

  /** Evidence that is set aside is pale in the text as well. */
  dim() {
    const off = new Set([...this.section.querySelectorAll(".node.off")].map((node) => node.dataset.id));
    const labels = [...this.section.querySelectorAll(".parts li")].filter((part) => off.has(part.dataset.id)).map((part) => part.querySelector("b").textContent);
    for (const tag of this.place.querySelectorAll(".tag")) {
      for (const mark of this.place.querySelectorAll(`.q[data-f="${tag.hash.slice(1)}"]`)) mark.classList.toggle("aside", labels.includes(tag.dataset.t));
    }
  }

  /** Beside the switches: which results are other than those of the whole map. */
  effect() {
    const line = this.section.querySelector(".effect");
    const off = this.section.querySelector(".switches input:not(:checked)");
    const labels = [...this.section.querySelectorAll(".conclusions > .changed .soft")].map((one) => one.textContent.trim().split(" ")[0]);
    line.textContent = !off ? "" : labels.length ? say("changed", { parts: labels.join(say("comma")) }) : say("unchanged");
  }

  /** More is off at once than the report reckoned beforehand: the program reckons it, and the page looks it up. */
  async weigh() {
    const how = this.section;
    const off = [...how.querySelectorAll(".switches input:not(:checked)")];
    const { blob } = await ask("weigh", this.given, "json", off.map((box) => ["reject", box.dataset.ids.split(" ")[0]]));
    const [, { conclusions }] = JSON.parse(await blob.text()).weighings;
    const found = Object.fromEntries(conclusions.map(({ node, result }) => [node.id, how.dataset.keys.split("|").indexOf(result)]));
    const digits = [...how.querySelectorAll(".conclusions > li")].map((one) => found[one.dataset.id]).join("");
    how.dataset.results = JSON.stringify({ ...JSON.parse(how.dataset.results), [off.map((box) => box.dataset.n).join(",")]: digits });
    off[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  button(key, act) {
    const made = make("button", { type: "button" }, say(key));
    made.addEventListener("click", () => this.attempt(act));
    return made;
  }

  async attempt(act) {
    try { await act(); } catch (error) { this.tell(error.message, true); }
  }

  /** Confirm or reject a part: the word behind its first line says it. */
  async set(head, nth, status) {
    const lines = (await this.form()).split("\n");
    const places = lines.flatMap((line, at) => (line.replace(/ (proposed|rejected)$/, "") === head ? [at] : []));
    lines[places[nth - 1]] = status === "confirmed" ? head : `${head} ${status}`;
    await this.change(lines.join("\n"));
    const again = [...this.section.querySelectorAll(".parts li")].filter((part) => part.dataset.head === head)[nth - 1];
    again?.querySelector(`[data-state="${status === "proposed" ? "confirmed" : status}"]`)?.focus();
    this.tell(say("map_changed"));
  }

  async load(file) {
    const given = { name: file.name, data: await file.arrayBuffer() };
    await this.change(await written(given, "text"));
  }

  /** The text form in a box, at a part if one is named. */
  async edit(head) {
    const dialog = document.getElementById("editor");
    const area = document.getElementById("editor-text");
    const error = document.getElementById("editor-error");
    const apply = document.getElementById("editor-apply");
    area.value = await this.form();
    error.textContent = "";
    apply.onclick = async () => {
      try {
        await this.change(area.value);
        dialog.close();
        this.tell(say("map_changed"));
      } catch (refused) { error.textContent = refused.message; }
    };
    dialog.showModal();
    const at = head ? area.value.indexOf(`\n${head}`) + 1 : 0;
    area.setSelectionRange(at, at + (head?.length ?? 0));
    area.focus();
    area.scrollTop = (area.value.slice(0, at).split("\n").length - 3) * parseFloat(getComputedStyle(area).lineHeight);
  }
}
