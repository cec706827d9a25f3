"use strict";
(() => {
  const all = (query, root) => Array.from((root || document).querySelectorAll(query));
  const cards = () => all(".card").filter((card) => card.offsetParent !== null);
  all("[hidden]").forEach((element) => { element.hidden = false; });

  const copy = async (text, button) => {
    try { await navigator.clipboard.writeText(text); } catch (error) {
      const area = document.createElement("textarea");
      area.value = text; document.body.append(area); area.select();
      document.execCommand("copy"); area.remove();
    }
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
  };
  const open = (card, focus) => {
    if (!card || !card.matches("details")) return;
    card.open = true;
    card.scrollIntoView({ block: "nearest" });
    if (focus) card.querySelector("summary").focus({ preventScroll: true });
  };
  const lit = (key, on) => all(`.q[data-f="${key}"]`).forEach((mark) => mark.classList.toggle("lit", on));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.classList.contains("copy")) {
      copy(button.parentElement.querySelector(".sentence").textContent, button);
    } else if (button && button.id === "copy-all") {
      copy(all(".sentences .sentence").map((one) => one.textContent).join("\n"), button);
    } else if (button && (button.id === "open-all" || button.id === "close-all")) {
      all(".card").forEach((card) => { card.open = button.id === "open-all"; });
    } else if (!button) {
      const link = event.target.closest("a[href^='#']");
      const mark = event.target.closest(".q");
      if (link) open(document.getElementById(link.hash.slice(1)), false);
      else if (mark && !String(getSelection())) open(document.getElementById(mark.dataset.f), true);
    }
  });
  ["mouseover", "focusin", "mouseout", "focusout"].forEach((kind) => document.addEventListener(kind, (event) => {
    const card = event.target.closest && event.target.closest(".card");
    if (card) lit(card.id, kind === "mouseover" || kind === "focusin");
  }));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const at = document.activeElement;
    const arrow = at.matches(".card > summary") && { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const step = { j: 1, k: -1 }[event.key] || arrow;
    if (!step) return;
    event.preventDefault();
    const shown = cards();
    const here = shown.indexOf(at.closest(".card") || document.getElementById((at.hash || "").slice(1)));
    const next = shown[here < 0 ? (step > 0 ? 0 : shown.length - 1) : here + step];
    if (!next) return;
    if (next.name) next.open = true; // where one is open at a time, beside the text
    next.querySelector("summary").focus({ preventScroll: true });
    next.scrollIntoView({ block: next.name ? "nearest" : "center" });
  });
  const arrive = () => open(document.getElementById(location.hash.slice(1)), false);
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();

  // a map: every result was reckoned beforehand, here it is only looked up
  const weighed = (how) => {
    const results = JSON.parse(how.dataset.results);
    const says = how.dataset.words.split("|");
    const boxes = all(".switches input", how);
    const off = boxes.filter((box) => !box.checked);
    const found = results[off.map((box) => box.dataset.n).join(",")];
    how.querySelector(".switches").classList.toggle("too-many", !found);
    const aside = new Set(off.flatMap((box) => box.dataset.ids.split(" ")));
    const node = (id) => all(".node", how).filter((one) => one.dataset.id === id);
    all(".node", how).forEach((one) => one.classList.toggle("off", aside.has(one.dataset.id)));
    all(".conclusions > li", how).forEach((one, at) => {
      const now = found && found[at];
      one.querySelector("output").textContent = now ? says[now] : "?";
      const changed = now !== results[""][at];
      one.classList.toggle("changed", changed);
      node(one.dataset.id).forEach((box) => box.classList.toggle("lost", changed));
    });
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches(".switches input")) weighed(event.target.closest(".how"));
  });

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
})();
