// The client side of live pages. htmx and hx-sse connect, swap and reconnect; this module adds a watchdog for half-open
// streams, the connection id on requests, resync, refusals, and the end of a session.

import "./fragments.js";
import "./keep.js";
import { askForRegions, watchRegions } from "./regions.js";

const INDICATOR_GRACE_MS = 2000;
const SILENT_HEARTBEATS = 2.5;
const STREAM = "[hx-sse\\:connect]";
const TEXTS = {
  disconnected: "Connection lost. Trying again…",
  refused: "Live updates aren’t available to you on this page.",
};

let connection = null;
let connectionId = null;
let heartbeatMs = 25_000;
let watchdog;
let indicatorDelay;
let resyncing = false;
let isLeaving = false;

listen("htmx:config:request", ({ detail: { ctx } }) => {
  if (isStream(ctx.sourceElement)) {
    setState("connecting");
    askForRegions(ctx);
  } else if (connectionId) ctx.request.headers["X-Connection-Id"] = connectionId;
});
listen("htmx:sse:before:connection", ({ target, detail }) => {
  if (!isStream(target)) return;
  connection = detail.connection;
  setState("connecting");
  watchRegions(connection);
});
listen("htmx:sse:after:connection", stayAwake);
listen("htmx:sse:before:message", stayAwake);
listen("htmx:sse:error", (event) => isStream(event.target) && setState("disconnected"));
listen("htmx:error", ({ detail: { ctx } }) => isStream(ctx?.sourceElement) && setState("disconnected"));
listen("htmx:response:error", ({ detail: { ctx } }) => {
  // A refusal: asking again every 15 s wouldn't help.
  if (!isStream(ctx.sourceElement) || ctx.response.status !== 403) return;
  ctx.sourceElement.remove();
  setState("refused");
});
listen("htmx:sse:close", (event) => {
  if (event.detail.connection !== connection) return;
  clearTimeout(watchdog);
  connection = connectionId = null;
  // htmx says so right before it removes the element.
  queueMicrotask(() => {
    if (!connection) setState(document.querySelector(STREAM) ? "disconnected" : null);
  });
});
listen("bk:hello", (event) => {
  const hello = parse(event.detail.data);
  connectionId = hello.connectionId ?? null;
  heartbeatMs = hello.heartbeatMs ?? heartbeatMs;
  stayAwake(event);
  setState("live");
});
listen("bk:resync", resync);
listen("bk:close", leave);

addEventListener("beforeunload", () => {
  isLeaving = true;
  // They may have stayed.
  setTimeout(() => (isLeaving = false), 5000);
});

function listen(name, handler) {
  document.addEventListener(name, handler);
}

function isStream(element) {
  return element instanceof Element && element.matches(STREAM);
}

function parse(json) {
  try {
    return JSON.parse(json) ?? {};
  } catch {
    return {};
  }
}

// After a sleep or behind a proxy, a dead stream can look open. Canceling its reader makes hx-sse reconnect with its
// Last-Event-ID, so nothing is lost.
function stayAwake(event) {
  if (!isStream(event.target)) return;
  clearTimeout(watchdog);
  watchdog = setTimeout(() => {
    setState("disconnected");
    connection?.reader?.cancel();
  }, SILENT_HEARTBEATS * heartbeatMs);
}

// `data-live` changes at once; the indicator only appears when the stream stays down.
function setState(state) {
  const { dataset } = document.documentElement;
  if (state) dataset.live = state;
  else delete dataset.live;
  if (state === "live" || !state) {
    clearTimeout(indicatorDelay);
    indicatorDelay = undefined;
    showIndicator();
  } else {
    indicatorDelay ??= setTimeout(showIndicator, INDICATOR_GRACE_MS);
  }
}

function showIndicator() {
  const indicator = document.getElementById("bk-connection");
  if (!indicator) return;
  const state = document.documentElement.dataset.live ?? "live";
  const shown = state === "connecting" ? "disconnected" : state;
  indicator.dataset.state = shown;
  indicator.textContent = TEXTS[shown] ?? "";
  if (TEXTS[shown]) indicatorDelay = setTimeout(showIndicator, INDICATOR_GRACE_MS);
}

// The log no longer has what this page missed: fetch it again and morph it in, which keeps focus and typed text.
async function resync() {
  if (resyncing) return;
  if (!document.getElementById("main")) return visitAgain();
  resyncing = true;
  try {
    await htmx.ajax("GET", location.pathname + location.search, {
      target: "#main",
      select: "#main > *",
      swap: "innerMorph",
    });
  } finally {
    resyncing = false;
  }
}

// Not a reload: on a page that answers a form, that would send the form again.
function visitAgain() {
  location.replace(location.pathname + location.search);
}

// The server ended the stream for good: the session or a permission has ended. The path must be on this site.
function leave(event) {
  // Their log-out ended it.
  if (isLeaving) return;
  const { reason, path = "/login" } = parse(event.detail.data);
  if (reason === "forbidden") return visitAgain();
  const url = new URL(path, location.href);
  const login = url.origin === location.origin ? url : new URL("/login", location.href);
  login.searchParams.set("next", location.pathname + location.search);
  location.assign(login);
}
