// The page: texts come in by paste, file, drop or link; each is checked and shown, one at a time.
import * as link from "./link.js";
import { TextMap } from "./map.js";
import * as requests from "./requests.js";
import { show, shut, turnTo } from "./result.js";
import { language, make, other, preferred, say, speak } from "./strings.js";

const REPORT_FORMATS = ["html", "text", "json", "csv", "annotations", "markdown"];
const COPIES = { docx: /\.docx$/i, tei: /\.(xml|tei)$/i }; // written into the file that was given
const MAP_FORMATS = ["html", "text", "json", "svg", "dot", "argdown", "aif"];
const at = (id) => document.getElementById(id);
const [entry, status, place, texts] = ["entry", "status", "result", "texts"].map(at);

let results = []; // {name, data, html, version, fingerprint, linked}
let shown = null;

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
  results = [];
  working(0);
  for (const text of given) {
    const named = { ...text, name: text.name || say("pasted") };
    try {
      const progress = (stage, share) => {
        tell(say("stage", { name: named.name, stage: say(`stage_${stage}`), percent: Math.round(share * 100) }));
        working(share);
      };
      tell(say("stage", { name: named.name, stage: say("stage_reading"), percent: 0 }));
      const done = { ...named, html: await html(named, progress) };
      results.push(done);
      if (results.length === 1) open(done);
      if (done.linked === undefined) tell(say("done", { name: done.name }));
    } catch (error) {
      tell(say("failed", { name: named.name, why: error.message }), true);
    }
    list();
  }
  working(null);
};

const MAP = /^\ufeff?(takhrij map |\s*\{\s*"format"\s*:\s*"takhrij map )/;
const isMap = ({ name, data }) => /\.(argdown|ad)$/i.test(name) || MAP.test(new TextDecoder().decode(data.slice(0, 64)));
const html = async (text, progress) => (await (isMap(text) ? requests.map : requests.check)(text, "html", progress)).text();

const open = (result) => {
  shown = result;
  entry.hidden = true;
  document.body.classList.add("with-result");
  Object.assign(result, show(place, result.html));
  new TextMap(place, result, { tell, save });
  versions(result);
  choices(result);
  list();
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
  const anchor = make("a", { href: URL.createObjectURL(blob), download: `${name}${what === "report" ? "" : `-${what}`}${ending}` });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
};

const ENDINGS = { html: ".html", text: ".txt", json: ".json", csv: ".csv", annotations: ".jsonld", markdown: ".md", docx: ".docx", tei: ".tei.xml", svg: ".svg", dot: ".dot", argdown: ".argdown", aif: ".aif.json" };

const choices = (result) => {
  const copies = Object.keys(COPIES).filter((format) => COPIES[format].test(result.name));
  const button = (what, format) => {
    const made = make("button", { type: "button" }, say(`format_${format}`));
    made.addEventListener("click", () => download(what, format));
    return made;
  };
  const again = make("button", { type: "button" }, say("saved_result"));
  again.addEventListener("click", async () => save("result", await link.file(result), ".json"));
  const report = isMap(result) ? [] : [make("b", {}, say("report")), ...[...REPORT_FORMATS, ...copies].map((format) => button("report", format)), again];
  at("download").querySelector(".choices").replaceChildren(
    ...report, make("b", {}, say("map")), ...MAP_FORMATS.map((format) => button("map", format)));
};

const download = async (what, format) => {
  at("download").open = false;
  try {
    const blob = what === "report" && format === "html" ? new Blob([shown.html], { type: "text/html" })
      : await requests[what === "report" ? "check" : "map"](shown, format);
    save(what, blob, what === "map" && format === "text" ? ".map" : ENDINGS[format]);
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
  const { name, data, version, fingerprint } = await link.read(fields);
  return { name, data, linked: { version, fingerprint } };
};

const arrive = async () => {
  const given = link.inAddress();
  if (!given.text) return;
  try {
    await run([await again(given)]);
  } catch { tell(say("bad_link"), true); }
};

const restart = () => {
  document.body.classList.remove("with-result");
  entry.hidden = false;
  place.replaceChildren();
  texts.replaceChildren();
  history.replaceState(null, "", location.pathname);
  tell("");
  at("paste").focus();
};

const translate = async (chosen) => {
  await speak(chosen);
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
at("files").addEventListener("change", (event) => taken(event.target.files));
at("again").addEventListener("click", restart);
at("link").addEventListener("click", share);
at("print").addEventListener("click", () => print());
at("help-button").addEventListener("click", () => at("help").showModal());
at("language").addEventListener("click", async () => {
  await translate(other());
  const which = results.indexOf(shown);
  if (which < 0 || entry.hidden === false) return;
  for (const result of results) result.html = null;
  const wanted = results[which];
  await run(results.map(({ name, data }) => ({ name, data })));
  open(results.find(({ name }) => name === wanted.name) ?? results[0]);
});
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
await arrive();
