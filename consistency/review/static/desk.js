// Adds the keyboard to the desk. Everything works without it.
"use strict";
(() => {
  const store = "desk-shortcuts";
  const read = () => { try { return localStorage.getItem(store) !== "off"; } catch { return true; } };
  let on = read();
  for (const shown of document.querySelectorAll(".scripted")) shown.hidden = false;
  const box = document.getElementById("shortcuts");
  if (box) {
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      try { localStorage.setItem(store, on ? "on" : "off"); } catch { /* it holds for this page */ }
    });
  }
  const rows = [...document.querySelectorAll("#queue h2 a")];
  const follow = (rel) => document.querySelector(`main a[rel=${rel}]`)?.click();
  const step = (by) => {
    if (!rows.length) return follow(by > 0 ? "next" : "prev");
    const at = rows.indexOf(document.activeElement) + by;
    if (at >= rows.length) return follow("next");
    rows[at < 0 ? 0 : at].focus();
  };
  const focus = (id) => {
    const found = document.getElementById(id);
    if (found) { found.focus(); found.scrollIntoView({ block: "center" }); }
  };
  const pick = (key) => {
    const radio = document.querySelector(`input[data-key="${key}"]`);
    if (radio) { radio.checked = true; radio.focus(); radio.scrollIntoView({ block: "center" }); }
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    d: () => { const chosen = document.querySelector("#decide input[name=kind]:checked"); pick(chosen ? chosen.dataset.key : "1"); },
    n: () => focus("note"),
    u: () => document.getElementById("up")?.click(),
    "/": () => focus("search"),
    "?": () => { const list = document.getElementById("keys"); if (list) { list.open = !list.open; list.scrollIntoView(); } },
  };
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const into = event.target.closest("input, textarea, select");
    if (into && into.type !== "radio" && into.type !== "checkbox") {
      if (event.key === "Escape") into.blur();
      return;
    }
    const act = /^[1-9]$/.test(event.key) ? () => pick(event.key) : keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
