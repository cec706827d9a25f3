// The page: texts come in by paste, file, drop or link; each is checked and shown, one at a time.
import * as link from "./link.js";
import { TextMap } from "./map.js";
import * as requests from "./requests.js";
import { show, shut, turnTo } from "./result.js";
import * as sources from "./sources.js";
import { language, make, other, preferred, say, speak } from "./strings.js";

const at = (id) => document.getElementById(id);
const [entry, status, place, texts] = ["entry", "status", "result", "texts"].map(at);

let results = []; // {name, data, without, html, version, fingerprint, linked}
let shown = null;
let turn = 0; // of what was given last: what was given before is dropped

const tell = (line, refused = false) => {
  status.textContent = line;
  status.classList.toggle("error", refused);
};

const working = (share) => {
  document.body.classList.toggle("working", share !== null);
  if (share) at("progress").value = share; else at("progress").removeAttribute("value");
};

/** Check texts one after the other, and show the first as soon as it is there. */
const run = async (given) => {
  const mine = (turn += 1);
  results = [];
  const refused = [];
  working(0);
  for (const text of given) {
    const named = { without: sources.leftOut(), ...text, name: text.name || say("pasted") };
    try {
      const progress = (stage, share) => {
        if (mine !== turn) return;
        const key = `stage_${stage.replaceAll(" ", "_")}`;
        const said = say(key) === key ? stage : say(key);
        const percent = Math.floor(share * 100);
        tell(say("stage", { name: named.name, stage: percent ? say("share", { stage: said, percent }) : said }));
        working(share);
      };
      progress("reading", 0);
      const done = { ...named, html: await html(named, progress) };
      if (mine !== turn) return;
      results.push(done);
      if (results.length === 1) open(done);
    } catch (error) {
      if (mine !== turn) return;
      refused.push(say("failed", { name: named.name, why: error.message }));
    }
    list();
  }
  working(null);
  if (refused.length) tell(refused.join("\n"), true);
  else if (!shown?.linked) tell(say("done", { name: results.map(({ name }) => name).join(say("comma")) }));
};

const MAP = /^\ufeff?(takhrij map |\s*\{\s*"format"\s*:\s*"takhrij map )/;
const isMap = ({ name, data }) => /\.(argdown|ad)$/i.test(name) || MAP.test(new TextDecoder().decode(data.slice(0, 64)));
const html = (text, progress) => requests.follow(isMap(text) ? "map" : "check", text, "html", progress);

const open = (result) => {
  shown = result;
  entry.hidden = true;
  document.body.classList.add("with-result");
  Object.assign(result, show(place, result.html));
  const changed = result.map?.written;
  result.map = new TextMap(place, result, { tell, save });
  if (changed) result.map.attempt(() => result.map.change(changed));
  versions(result);
  list();
  const title = place.querySelector("h1"); // where a reader, and a screen reader, goes on
  title.tabIndex = -1;
  title.focus();
  scrollTo(0, 0);
};

const versions = ({ linked, version, fingerprint }) => {
  if (!linked) return;
  const same = linked.fingerprint === fingerprint;
  tell(say(same ? "same_versions" : "other_versions", { version, linked: linked.version }));
};

const list = () => {
  texts.replaceChildren(...(results.length < 2 ? [] : results.map((result) => {
    const button = make("button", { type: "button", "aria-pressed": String(result === shown) }, make("bdi", {}, result.name));
    button.addEventListener("click", () => open(result));
    return button;
  })));
};

// ---------------------------------------------------------------- out

const save = (what, blob, ending) => {
  const name = shown.name.replace(/\.[^.]*$/, "") || what;
  const anchor = make("a", { href: URL.createObjectURL(blob), download: `${name}${what === "check" ? "" : `-${what}`}${ending}` });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
};

/** The formats that there are, when the list is first opened. */
const choices = async () => {
  const button = (label, act) => {
    const made = make("button", { type: "button" }, say(label).replace("format_", ""));
    made.addEventListener("click", act);
    return made;
  };
  const of = async (what) => [
    make("b", {}, say(`of_${what}`)),
    ...(await requests.formats(what)).map((format) => button(`format_${format}`, () => download(what, format))),
  ];
  const again = button("saved_result", async () => save("result", await link.file(shown), ".json"));
  const report = isMap(shown) ? [] : [...await of("check"), again];
  at("download").querySelector(".choices").replaceChildren(...report, ...await of("map"));
};

const download = async (what, format) => {
  at("download").open = false;
  try {
    const { blob, ending } = await requests.ask(what, what === "map" ? shown.map.given : shown, format);
    save(what, blob, what === "map" && format === "text" ? ".map" : ending);
  } catch (error) { tell(error.message, true); }
};

const share = async () => {
  const made = await link.address(shown);
  if (!made) {
    save("result", await link.file(shown), ".json");
    tell(say("link_long"));
    return;
  }
  history.replaceState(null, "", made);
  try {
    await navigator.clipboard.writeText(made);
    tell(say("linked"));
  } catch { tell(say("link_shown")); }
};

// ---------------------------------------------------------------- in

const taken = async (files) => {
  const given = [];
  for (const file of files) {
    const text = { name: file.name, data: await file.arrayBuffer() };
    try {
      const saved = link.inFile(text.data);
      given.push(saved ? await again(saved) : text);
    } catch {
      tell(say("bad_file", { name: file.name }), true);
      return;
    }
  }
  if (given.length) await run(given);
};

const again = async (fields) => {
  const { name, data, without, version, fingerprint } = await link.read(fields);
  sources.leave(without);
  return { name, data, without, linked: { version, fingerprint } };
};

const arrive = async () => {
  const given = link.inAddress();
  if (!given.text) return;
  try {
    await run([await again(given)]);
  } catch { tell(say("bad_link"), true); }
};

const restart = () => {
  turn += 1;
  document.body.classList.remove("with-result");
  entry.hidden = false;
  place.replaceChildren();
  texts.replaceChildren();
  history.replaceState(null, "", location.pathname);
  tell("");
  at("paste").focus();
};

/** Check what is shown again, in another language or with other sources. */
const renew = async (given) => {
  if (!results.includes(shown) || !entry.hidden) return;
  const { name } = shown;
  await run(results.map(given));
  open(results.find((one) => one.name === name) ?? results[0]);
};

const translate = async (chosen) => {
  await speak(chosen);
  sources.tell();
  localStorage.setItem("language", chosen);
  const button = at("language");
  button.lang = other();
  button.textContent = other() === "ar" ? "العربية" : "English";
};

at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const pasted = at("paste").value;
  if (!pasted.trim()) { tell(say("empty"), true); return; }
  run([{ name: "", data: new TextEncoder().encode(pasted) }]);
});
at("files").addEventListener("change", async ({ target }) => {
  const files = [...target.files];
  target.value = ""; // the same file may be chosen again
  await taken(files);
});
at("again").addEventListener("click", restart);
at("download").addEventListener("toggle", () => at("download").open && choices());
at("link").addEventListener("click", share);
at("print").addEventListener("click", () => print());
at("help-button").addEventListener("click", () => at("help").showModal());
at("language").addEventListener("click", async () => {
  await translate(other());
  await renew(({ name, data, map, without }) => ({ name, data, map, without }));
});
for (const button of document.querySelectorAll(".choose-sources")) {
  button.addEventListener("click", () => sources.choose(() => renew(({ name, data, map }) => ({ name, data, map }))));
}
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
}
addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dragged"); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dragged"); });
addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dragged");
  taken(event.dataTransfer.files);
});
addEventListener("hashchange", arrive);

// ---------------------------------------------------------------- keys; j and k are those of every report

const KEYS = {
  "?": () => at("help").showModal(),
  Escape: shut,
  m: () => turnTo("argued", true),
};
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === at("paste")) at("form").requestSubmit();
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("input, select, textarea")) return;
  if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
});

await translate(preferred());
document.documentElement.dataset.ready = "yes";
await arrive();
