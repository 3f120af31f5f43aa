// Loaded in development only: says in the console what htmx passes over in silence.

const STREAM = "[hx-sse\\:connect]";

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const answer = new DOMParser().parseFromString(ctx.text ?? "", "text/html");
  for (const partial of answer.querySelectorAll("hx-partial")) {
    const selector = partial.getAttribute("hx-target") ?? (partial.id && `#${CSS.escape(partial.id)}`);
    if (!selector) console.warn("buffkit: an <hx-partial> has neither hx-target nor id; it goes nowhere.", partial);
    // A class or attribute selector means "all that match, perhaps none"; an id means one that must be there.
    else if (/^#[\w-]+$/.test(selector) && !document.querySelector(selector)) {
      console.warn(`buffkit: a live fragment was sent to "${selector}", which this page does not have.`);
    }
  }
});

document.addEventListener("htmx:after:process", () => {
  const streams = document.querySelectorAll(STREAM);
  if (streams.length < 2) return;
  console.warn(
    "buffkit: this page opens more than one live stream. Use one <LiveStream> with several topics.",
    streams,
  );
});
