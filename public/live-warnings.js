// Loaded in development only: warns in the console about what would otherwise fail without a word.

const STREAM = "[hx-sse\\:connect]";
const UNSAFE = '//*[@*[starts-with(., "about:invalid#unsafe")]]';

const reported = new WeakSet();

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const answer = new DOMParser().parseFromString(ctx.text ?? "", "text/html");
  for (const partial of answer.querySelectorAll("hx-partial")) {
    const selector = partial.getAttribute("hx-target") ?? (partial.id && `#${CSS.escape(partial.id)}`);
    if (!selector) console.warn("buffkit: an <hx-partial> has neither hx-target nor id, so it was ignored.", partial);
    // A class or attribute selector may match any number of elements, even none; an id must match one.
    else if (/^#[\w-]+$/.test(selector) && !document.querySelector(selector)) {
      console.warn(`buffkit: a live fragment was sent to "${selector}", but this page has no such element.`);
    }
  }
});

// The page shows visitors a sentence of its own instead.
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const { status, headers } = ctx.response;
  if (!headers.get("Content-Type")?.startsWith("text/plain")) return;
  console.warn(`buffkit: ${ctx.request.method} ${ctx.request.action} was refused (${status}): ${ctx.text}`);
});

document.addEventListener("htmx:after:process", () => {
  reportUnsafe();
  const streams = document.querySelectorAll(STREAM);
  if (streams.length < 2) return;
  console.warn(
    "buffkit: this page opens more than one live stream. Use a single <LiveStream> with several topics.",
    streams,
  );
});
reportUnsafe();

function reportUnsafe() {
  const found = document.evaluate(UNSAFE, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  for (let index = 0; index < found.snapshotLength; index++) {
    const element = found.snapshotItem(index);
    if (reported.has(element)) continue;
    reported.add(element);
    console.warn("buffkit: an address was replaced, because its scheme isn't allowed; see safeUrl.", element);
  }
}
