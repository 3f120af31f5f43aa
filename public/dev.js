// Reloads pages when something changes, and keeps the development pages live. Served in development only.

// A module runs once per document, even if boosted visits add its tag again.
const { build, posted } = document.querySelector("script[data-build]").dataset;
const isDevPage = /^\/__(dev|mail)/.test(location.pathname);
const topics = ["mail", "stats", "live", "jobs"];
let source;
let known = build;

connect();
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => event.persisted && connect());
if (isDevPage) startDevPage();

// A hidden page disconnects, because browsers allow six connections per site over HTTP/1.1. When visible again, it compares builds.
function connect() {
  if (source || document.hidden) return;
  const watch = document.querySelector("[data-dev-live=stats], [data-dev-live=jobs]") ? "?watch=stats" : "";
  source = new EventSource(`/__dev/events${watch}`);
  source.addEventListener("hello", ({ data }) => {
    setState("live");
    const now = JSON.parse(data).build;
    if (known && now !== known) reload();
    known = now;
    // Catch up on changes since the page was rendered, or while it was hidden.
    for (const topic of topics) refreshSoon(topic);
  });
  source.addEventListener("reload", reload);
  source.addEventListener("css", refreshStyles);
  for (const topic of topics) source.addEventListener(topic, () => refreshSoon(topic));
  source.addEventListener("error", () => {
    setState("waiting");
    // An EventSource gives up when a proxy sends an error page, but not when the server restarts.
    if (source?.readyState !== EventSource.CLOSED) return;
    disconnect();
    setTimeout(connect, 1000);
  });
}

function disconnect() {
  source?.close();
  source = undefined;
}

// Reloading a page that answers a form would send the form again; its URL is opened instead.
function reload() {
  if (posted === undefined) location.reload();
  else location.replace(location.pathname + location.search);
}

function setState(state) {
  const live = document.getElementById("dev-live");
  if (!live) return;
  live.dataset.state = state;
  live.firstElementChild.textContent = state === "live" ? "Live" : "Waiting for the server";
  live.title = live.firstElementChild.textContent;
}

// Fetches the page again for its style sheets, since their URLs may have a fingerprint. Each one replaces the old one after it has
// loaded, so that nothing flickers.
async function refreshStyles() {
  const fresh = [...(await fetchPage(location.href)).querySelectorAll('link[rel="stylesheet"]')];
  const old = [...document.querySelectorAll('link[rel="stylesheet"]')];
  if (fresh.length !== old.length) return reload();
  for (const [index, link] of old.entries()) {
    const next = link.cloneNode();
    const url = new URL(fresh[index].getAttribute("href"), location.href);
    url.searchParams.set("dev", Date.now());
    next.href = url.href;
    next.removeAttribute("integrity");
    next.addEventListener("load", () => link.remove(), { once: true });
    next.addEventListener("error", () => next.remove(), { once: true });
    link.after(next);
  }
}

// A burst of changes causes one refresh.
const refreshing = new Set();
async function refreshSoon(topic) {
  if (refreshing.has(topic)) return;
  refreshing.add(topic);
  await new Promise((resolve) => setTimeout(resolve, 50));
  refreshing.delete(topic);
  await refresh(topic);
}

async function refresh(topic) {
  if (!document.querySelector(`[data-dev-live="${topic}"]`)) return;
  const page = await fetchPage(location.href);
  const live = document.querySelectorAll(`[data-dev-live="${topic}"]`);
  for (const element of live) {
    const fresh = page.getElementById(element.id);
    if (fresh) replaceKeepingFocus(element, fresh);
  }
}

function replaceKeepingFocus(element, fresh) {
  const focused = element.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const scroll = element.scrollTop;
  const shown = new Set([...element.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")));
  element.replaceWith(fresh);
  fresh.scrollTop = scroll;
  for (const link of fresh.querySelectorAll("li > a[href]")) {
    if (shown.size > 0 && !shown.has(link.getAttribute("href"))) link.classList.add("new");
    if (link.getAttribute("href") === focused) link.focus();
  }
}

async function fetchPage(href) {
  const response = await fetch(href, { headers: { Accept: "text/html" } });
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function startDevPage() {
  keepChoices();
  document.addEventListener("input", searchSoon);
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.devConfirm;
    if (question && !confirm(question)) event.preventDefault();
    if (event.target.dataset.devSearch) event.preventDefault();
  });
  document.addEventListener("keydown", onKey);
  document.querySelector('.mail-list [aria-current="true"]')?.scrollIntoView({ block: "nearest" });
}

let searching;
function searchSoon(event) {
  const form = event.target.closest("[data-dev-search]");
  if (!form) return;
  clearTimeout(searching);
  searching = setTimeout(async () => {
    const url = new URL(location.href);
    url.searchParams.set("q", event.target.value);
    if (event.target.value === "") url.searchParams.delete("q");
    history.replaceState(null, "", url);
    await refresh("mail");
  }, 120);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.matches("input:not([type=radio]), textarea, select");
  if (event.key === "Escape" && isTyping) return event.target.blur();
  if (isTyping) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-dev-search] input");
    if (search) event.preventDefault();
    return search?.focus();
  }
  const step = { j: 1, k: -1 }[event.key];
  if (step) openNeighbor(step);
}

function openNeighbor(step) {
  const links = [...document.querySelectorAll(".mail-list ol a")];
  const open = links.findIndex((link) => link.getAttribute("aria-current") === "true");
  links[open < 0 ? 0 : open + step]?.click();
}

// The width and colors of the frame stay the same for the next mail.
function keepChoices() {
  for (const input of document.querySelectorAll("[data-dev-keep]")) {
    const key = `buffkit-dev-${input.name}`;
    input.checked = (localStorage.getItem(key) ?? (input.defaultChecked ? input.value : "")) === input.value;
    input.addEventListener("change", () => localStorage.setItem(key, input.value));
  }
}
