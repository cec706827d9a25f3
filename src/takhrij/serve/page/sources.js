// Which sources are searched: all of them, until a reader leaves some out. Not kept for another visit, which is to search all again.
import { language, make, say } from "./strings.js";

const GROUPS = {
  quran: ({ kind }) => kind === "quran",
  reports: ({ kind, derived_from }) => kind === "report" && !derived_from.length,
  derived: ({ kind, derived_from }) => kind === "report" && derived_from.length > 0,
  translations: ({ kind }) => kind === "translation",
};
const dialog = document.getElementById("sources");
const groups = dialog.querySelector(".groups");
const error = dialog.querySelector(".error");
let known = [];
let out = [];

/** The ids that are left out. */
export const leftOut = () => out;

/** Leave these out from now on. */
export const leave = (ids) => {
  out = ids;
  tell();
};

/** Say on the buttons how many are searched. */
export const tell = () => {
  for (const one of document.querySelectorAll(".choose-sources")) {
    one.textContent = out.length ? say("sources_but", { count: out.length }) : say("sources_all");
  }
};

/** Open the list; `done` is called when another choice was made. */
export const choose = async (done) => {
  known = (await (await fetch("/api/sources")).json()).sources;
  groups.replaceChildren(...Object.keys(GROUPS).map(group));
  error.textContent = "";
  dialog.querySelector(".primary").onclick = () => {
    const left = [...groups.querySelectorAll("input[name]:not(:checked):enabled")].map(({ name }) => name);
    if (!groups.querySelector("input[name]:checked")) { error.textContent = say("sources_none"); return; }
    dialog.close();
    if (String(left) === String(out)) return;
    leave(left);
    done();
  };
  dialog.showModal();
};

const group = (name) => {
  const boxes = known.filter(GROUPS[name]).map(box);
  const all = make("input", { type: "checkbox" });
  const settle = () => {
    const on = boxes.filter((one) => one.querySelector("input").checked).length;
    Object.assign(all, { checked: on === boxes.length, indeterminate: on > 0 && on < boxes.length });
  };
  const made = make("fieldset", {}, make("legend", {}, make("label", {}, all, say(`sources_${name}`))), ...boxes);
  made.addEventListener("change", ({ target }) => {
    if (target === all) for (const one of made.querySelectorAll("input[name]:enabled")) one.checked = all.checked;
    settle();
  });
  settle();
  return made;
};

const box = ({ id, title, title_arabic, coverage, held, loaded, missing }) => {
  const input = make("input", { type: "checkbox", name: id, checked: loaded && !out.includes(id), disabled: !loaded });
  const about = loaded ? say(`held_${coverage}`, { held: held.toLocaleString(language) }) : say("not_loaded");
  return make("label", { title: missing ?? "" }, input,
    make("bdi", {}, (language === "ar" && title_arabic) || title), make("span", { class: "soft" }, about));
};
