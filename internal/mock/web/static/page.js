// The script of the pages. It keeps them current, sends what forms say to the control interface as JSON, and adds keys. It builds no HTML:
// what changes is fetched as the server renders it, and put in place.
"use strict";

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

function toast(text, bad) {
  const box = $("#toast");
  box.textContent = text;
  box.classList.toggle("bad", !!bad);
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.hidden = true; }, bad ? 9000 : 2500);
}

// --- live ---

const shown = new Map(); // what the server last rendered of each live part
$$("[data-live]").forEach((part) => shown.set(part.id, part.innerHTML));
let changed = new Set(), timer = 0, busy = false, paused = false;

function note(kind) {
  changed.add(kind);
  if (!timer && !busy) timer = setTimeout(refresh, 150);
}

async function refresh() {
  timer = 0;
  if (paused || !$$("[data-live]").some((p) => p.dataset.live.split(" ").some((k) => changed.has(k)))) { changed.clear(); return; }
  changed.clear();
  busy = true;
  try {
    const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (reply.ok) place(new DOMParser().parseFromString(await reply.text(), "text/html"));
  } catch { /* the next change tries again */ }
  setTimeout(() => { busy = false; if (changed.size && !timer) timer = setTimeout(refresh, 0); }, 300);
}

function place(fresh) {
  for (const part of $$("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (!next || shown.get(part.id) === next.innerHTML) continue;
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    const had = new Set($$("[id]", part).map((e) => e.id));
    const open = $$("details", part).map((d) => d.open);
    shown.set(part.id, next.innerHTML);
    part.replaceChildren(...next.cloneNode(true).childNodes);
    if (had.size) $$(".rows li > [id]", part).forEach((row) => { if (!had.has(row.id)) row.parentElement.classList.add("new"); });
    $$("details", part).forEach((d, i) => { d.open = !!open[i]; });
    if (focused) document.getElementById(focused)?.focus();
    if (part.id === "pay") dots();
  }
  hideFields();
}

let stream;
function watch() {
  const sign = $("#live");
  if (stream || document.hidden) return;
  stream = new EventSource("/_mock/watch");
  const say = (on) => { sign.className = "live " + (on ? "on" : "off"); sign.textContent = on ? sign.dataset.textOn : sign.dataset.textOff; };
  stream.onopen = () => { say(true); for (const kind of ["exchange", "object", "delivery", "clock", "fault"]) if (watch.before) note(kind); watch.before = true; };
  stream.onerror = () => { say(false); if (stream?.readyState === EventSource.CLOSED) { stream = undefined; setTimeout(watch, 3000); } };
  for (const kind of ["exchange", "object", "delivery", "clock", "fault", "reset"]) stream.addEventListener(kind, () => note(kind));
}
document.addEventListener("visibilitychange", () => { if (document.hidden) { stream?.close(); stream = undefined; } else watch(); });
watch();

$("#pause")?.addEventListener("click", (e) => {
  paused = !paused;
  const b = e.currentTarget, text = b.textContent;
  b.textContent = b.dataset.other;
  b.dataset.other = text;
  b.setAttribute("aria-pressed", String(paused));
  if (!paused) note("exchange");
});

// The clock of the server goes on, in China's time as everywhere on these pages.
setInterval(() => {
  const at = $(".now time");
  if (!at || document.hidden) return;
  if (at.seen === undefined) at.seen = Date.now() - Date.parse(at.dateTime);
  at.textContent = new Date(Date.now() - at.seen + 8 * 3600e3).toISOString().slice(11, 19);
}, 1000);

// --- forms ---

async function call(method, url, body) {
  const reply = await fetch(url, { method, headers: { "Content-Type": "application/json" }, body });
  const text = await reply.text();
  let value;
  try { value = JSON.parse(text); } catch { value = { error: text || reply.statusText }; }
  if (!reply.ok) throw new Error(value.error || reply.statusText);
  return value;
}

// json writes the fields of a form. What is JSON already goes as it is typed, so that large numbers stay what they are.
function json(form) {
  const parts = [];
  for (const field of form.elements) {
    if (!field.name || field.disabled || "local" in field.dataset || field.closest("[hidden]")) continue;
    const value = field.value.trim();
    if (value === "") continue;
    if ("json" in field.dataset) JSON.parse(value);
    parts.push(JSON.stringify(field.name) + ":" + ("json" in field.dataset ? value : JSON.stringify("number" in field.dataset ? Number(value) : value)));
  }
  return "{" + parts.join(",") + "}";
}

async function send(form) {
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
  const [method, url] = form.dataset.call.split(" ");
  const value = await call(method, url, method === "DELETE" ? undefined : json(form));
  if (form.dataset.then) { location.href = form.dataset.then.replace("{id}", value.id); return; }
  toast("✓");
  for (const kind of ["object", "delivery", "clock", "fault", "reset"]) note(kind);
  if (form.closest("#certificates")) location.reload();
}

// try sends an example: the server signs it, and the page of the request shows what became of it.
async function tryIt(form) {
  const [method, path] = form.dataset.try.split(" ");
  const said = { method, path, account: form.elements.account.value, args: {}, query: {}, header: {} };
  for (const field of form.elements) {
    const [place, ...rest] = (field.name || "").split(":");
    if (rest.length && field.value !== "") said[place === "path" ? "args" : place][rest.join(":")] = field.value;
  }
  let text = JSON.stringify(said);
  const body = form.elements.body?.value.trim();
  if (body) { JSON.parse(body); text = text.slice(0, -1) + ',"body":' + body + "}"; }
  const value = await call("POST", "/_mock/try", text);
  const id = Object.entries(value.header || {}).find(([name]) => name.toLowerCase() === "request-id");
  location.href = id ? "/request?id=" + encodeURIComponent(id[1][0]) : "/";
}

async function restore(form) {
  const file = $("input[type=file]", form).files[0];
  if (!file) return;
  await call("POST", "/_mock/restore", await file.text());
  location.href = "/objects";
}

document.addEventListener("submit", async (e) => {
  const form = e.target, act = form.dataset.call ? send : form.dataset.try ? tryIt : "restore" in form.dataset ? restore : null;
  if (!act) return;
  e.preventDefault();
  const buttons = $$("button", form);
  buttons.forEach((b) => { b.disabled = true; });
  try { await act(form); } catch (error) { toast(error.message, true); }
  buttons.forEach((b) => { b.disabled = false; });
});

document.addEventListener("change", (e) => {
  if ("submit" in e.target.dataset) e.target.form.requestSubmit();
  if (e.target.id === "kind") hideFields();
});

// hideFields leaves those fields of the form for faults that the chosen one has.
function hideFields() {
  const kind = $("#kind")?.value || "";
  $$(".faultform [data-for]").forEach((f) => {
    const callback = kind.startsWith("callback-");
    f.hidden = { reply: callback, callback: !callback, latency: kind !== "latency", status: kind !== "status" }[f.dataset.for];
  });
}
hideFields();

document.addEventListener("click", async (e) => {
  const copy = e.target.closest("[data-copy]");
  if (copy) {
    const text = $("pre", copy.parentElement).textContent;
    try { await navigator.clipboard.writeText(text); toast("✓"); } catch { getSelection().selectAllChildren($("pre", copy.parentElement)); }
  }
  const key = e.target.closest("[data-key]");
  if (key) type(key.dataset.key);
});

// --- the PIN ---

function type(key) {
  const pin = $("#pin");
  if (!pin) return;
  pin.value = key === "back" ? pin.value.slice(0, -1) : (pin.value + key).slice(0, 6);
  dots();
}
function dots() {
  const pin = $("#pin");
  if (!pin) return;
  pin.value = pin.value.replace(/[^0-9]/g, "");
  $$(".dots i").forEach((dot, i) => dot.classList.toggle("full", i < pin.value.length));
}
document.addEventListener("input", (e) => { if (e.target.id === "pin") dots(); });
dots();

// --- keys ---

document.addEventListener("keydown", (e) => {
  if ((e.ctrlKey || e.metaKey) && e.key === "Enter") { e.target.closest("form.try")?.requestSubmit(); return; }
  if (e.key === "Escape") { document.activeElement?.blur(); return; }
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select")) return;
  if ($("#pin") && (/^[0-9]$/.test(e.key) || e.key === "Backspace")) { type(e.key === "Backspace" ? "back" : e.key); return; }
  const rows = $$("[data-rows] li > a, [data-rows] .rows li > a"), at = rows.indexOf(document.activeElement);
  const go = (selector) => $(selector)?.click();
  switch (e.key) {
    case "/": $("input[type=search]")?.focus(); break;
    case "j": if (rows.length) (rows[at + 1] || rows[at]).focus(); else go("[data-prev]"); break;
    case "k": if (rows.length) (rows[at - 1] || rows[0]).focus(); else go("[data-next]"); break;
    case "u": go("[data-up]"); break;
    default: return;
  }
  e.preventDefault();
});
