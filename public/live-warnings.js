// Loaded in development only: warns in the console about mistakes that htmx ignores silently.

const STREAM = "[hx-sse\\:connect]";

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (ctx.sourceElement?.matches?.(STREAM) && ctx.response?.status === 403) console.warn(`buffkit: ${ctx.text}`);
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

document.addEventListener("htmx:after:process", () => {
  const streams = document.querySelectorAll(STREAM);
  if (streams.length < 2) return;
  console.warn(
    "buffkit: this page opens more than one live stream. Use a single <LiveStream> with several topics.",
    streams,
  );
});
