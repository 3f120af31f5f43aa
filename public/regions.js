// Live regions of the page: asks the stream for them, says how far each of them is, and connects again when the page shows others.

const REGION = "[data-live-at]";
const STREAM = "[hx-sse\\:connect]";

// The request of the stream, which htmx repeats when it reconnects; it is one of `requests`, of which htmx may drop some. Their address without
// regions.
let request = null;
const requests = new WeakMap();
let address = "";
let connection = null;
// The regions that the open stream sends, and how far it has brought each of them.
let asked = "";
let told = new Map();

/** Adds the regions of the page to the request of its stream. */
export function askForRegions(ctx) {
  requests.set(ctx.request.signal, ctx.request);
  address = ctx.request.action;
  ask(ctx.request);
}

/** To be called whenever the stream is about to connect. */
export function watchRegions(given) {
  connection = given;
  if (connection.attempt > 0) return request && ask(request);
  request = requests.get(given.abortController.signal);
}

function ask(request) {
  const regions = [...document.querySelectorAll(REGION)];
  asked = namesOf(regions);
  const query = new Map(regions.map(({ dataset }) => [dataset.live, dataset.liveAt]));
  told = query;
  const added = [...query].map(([token, at]) => `live=${token}~${encodeURIComponent(at)}`).join("&");
  if (added === "") request.action = address;
  else request.action = address + (address.includes("?") ? "&" : "?") + added;
}

function namesOf(regions) {
  return [...new Set(regions.map(({ dataset }) => dataset.live))].sort().join(" ");
}

// A response that was on its way while the stream sent something newer has put older markup back. A place is `<epoch>-<sequence>.<markup>`.
function isSetBack({ dataset: { live, liveAt } }) {
  const [is, was] = [liveAt, told.get(live) ?? liveAt].map((place) => /^(\d+)-(\d+)\.?(.*)$/s.exec(place));
  if (!is || !was || is[3] === was[3]) return false;
  return is[1] === was[1] ? Number(is[2]) <= Number(was[2]) : Number(is[1]) < Number(was[1]);
}

// A page that shows something else than the stream has brought it continues where it is, at once: no waiting, no indicator.
function checkRegions() {
  const regions = [...document.querySelectorAll(REGION)];
  if (regions.length > 0 && !document.querySelector(STREAM)) return openStream();
  const shown = namesOf(regions);
  if ((shown === asked && !regions.some(isSetBack)) || !connection?.reader) return;
  asked = shown;
  document.addEventListener("htmx:sse:before:connection", connectNow, { once: true });
  connection.reader.cancel();
}

function connectNow({ detail }) {
  setTimeout(() => detail.connection.delayCanceller?.());
}

function openStream() {
  const stream = document.createElement("div");
  for (const [name, value] of [
    ["id", "bk-live"],
    ["hx-preserve", ""],
    ["hx-sse:connect", "/events"],
    ["hx-swap", "none"],
    ["hx-sse:close", "bk:close"],
    ["hx-trigger", "load, every 15s"],
    ["hx-sync", "drop"],
  ])
    stream.setAttribute(name, value);
  document.body.append(stream);
  htmx.process(stream);
}

// Not before htmx has looked at the page, or it would look at a stream of ours twice.
document.addEventListener("htmx:after:process", checkRegions, { once: true });
addEventListener("load", checkRegions);
document.addEventListener("htmx:after:settle", checkRegions);
document.addEventListener("bk:hello", checkRegions);
document.addEventListener("bk:region", ({ detail }) => {
  const end = detail.data.indexOf(" ");
  const region = document.getElementById(detail.data.slice(0, end));
  if (!region) return;
  region.dataset.liveAt = detail.data.slice(end + 1);
  told.set(region.dataset.live, region.dataset.liveAt);
});
