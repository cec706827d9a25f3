// The words of the interface, one table a language. The words of reports come with the reports.
const LANGUAGES = ["en", "ar"];
let table = {};
export let language = "en";

/** What the interface says under a key, its {places} filled: each keeps its direction (FSI … PDI). */
export const say = (key, places = {}) =>
  (table[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in places ? `\u2068${places[name]}\u2069` : whole));

/** The language of the address (?lang=ar), else of the last visit, else of the browser. */
export const preferred = () => {
  const wanted = [new URLSearchParams(location.search).get("lang"), localStorage.getItem("language")];
  return [...wanted, ...navigator.languages].map((one) => (one ?? "").slice(0, 2)).find((one) => LANGUAGES.includes(one)) ?? "en";
};

export const other = () => LANGUAGES.find((one) => one !== language);

export const speak = async (chosen) => {
  table = await (await fetch(`/static/${chosen}.json`)).json();
  language = chosen;
  document.documentElement.lang = chosen;
  document.documentElement.dir = chosen === "ar" ? "rtl" : "ltr";
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", say(one.dataset.label));
};

/** An element with attributes and children; strings are text. */
export const make = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in made && typeof value !== "string") made[key] = value; else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
};
