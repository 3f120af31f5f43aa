// The client side of live pages. htmx and hx-sse connect, swap and reconnect; this module adds what they lack: a watchdog
// for half-open streams, the connection id on each request, resync, the end of a session, and a guard against fragments
// that arrive out of order.

const INDICATOR_GRACE_MS = 2000;
const SILENT_HEARTBEATS = 2.5;
const STREAM = "[hx-sse\\:connect]";

let connection = null;
let connectionId = null;
let heartbeatMs = 25_000;
let watchdog;
let indicatorDelay;
let resyncing = false;
let isLeaving = false;

listen("htmx:config:request", ({ detail: { ctx } }) => {
  if (isStream(ctx.sourceElement)) setState("connecting");
  else if (connectionId) ctx.request.headers["X-Connection-Id"] = connectionId;
});
listen("htmx:sse:before:connection", (event) => {
  if (!isStream(event.target)) return;
  connection = event.detail.connection;
  setState("connecting");
});
listen("htmx:sse:after:connection", stayAwake);
listen("htmx:sse:before:message", stayAwake);
listen("htmx:sse:error", (event) => isStream(event.target) && setState("disconnected"));
listen("htmx:error", ({ detail: { ctx } }) => isStream(ctx?.sourceElement) && setState("disconnected"));
listen("htmx:sse:close", (event) => {
  if (event.detail.connection !== connection) return;
  clearTimeout(watchdog);
  connection = connectionId = null;
  setState(document.querySelector(STREAM) ? "disconnected" : null);
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

// Responses and live messages arrive over different connections, so they can arrive out of order. An element with
// `data-revision` is never morphed back into an older one.
htmx.registerExtension("bk-live", {
  htmx_before_morph_node: (_, { oldNode, newNode }) =>
    !(Number(newNode.dataset?.revision) < Number(oldNode.dataset?.revision)),
});

addEventListener("beforeunload", () => {
  isLeaving = true;
  // The user may have chosen to stay on the page.
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

// After a laptop sleeps or a proxy drops the connection silently, a stream can look open although it is dead. Canceling its
// reader makes hx-sse reconnect with its Last-Event-ID, so nothing is lost.
function stayAwake(event) {
  if (!isStream(event.target)) return;
  clearTimeout(watchdog);
  watchdog = setTimeout(() => {
    setState("disconnected");
    connection?.reader?.cancel();
  }, SILENT_HEARTBEATS * heartbeatMs);
}

// `data-live` on the root element changes at once; the indicator only appears when the stream stays down.
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
  const isDown = state !== "live";
  indicator.dataset.state = isDown ? "disconnected" : "live";
  indicator.textContent = isDown ? "Connection lost. Trying again…" : "";
  if (isDown) indicatorDelay = setTimeout(showIndicator, INDICATOR_GRACE_MS);
}

// The log no longer has what this page missed: fetch the page again and morph it in, which keeps focus and typed text.
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

// The server ended the stream for good: the session has ended or lost its permissions. The path must be on this site.
function leave(event) {
  // The user is already leaving the page: their own log-out ended the stream.
  if (isLeaving) return;
  const { reason, path = "/login" } = parse(event.detail.data);
  if (reason === "forbidden") return visitAgain();
  const url = new URL(path, location.href);
  const login = url.origin === location.origin ? url : new URL("/login", location.href);
  login.searchParams.set("next", location.pathname + location.search);
  location.assign(login);
}
