// What arrives for the page, as a response or live, before htmx puts it in. What goes into a picture is parsed as a part of a picture,
// nothing with an id is inserted twice, and a piece that can't be placed doesn't stop the others.

const HTML = "http://www.w3.org/1999/xhtml";
const NOWHERE = '"bk-nowhere"';
const QUOTED = `("[^"]*"|'[^']*')`;
const ATTRIBUTES = `(?:"[^"]*"|'[^']*'|[^"'>])*`;
const PIECE = new RegExp(`<hx-partial\\b${ATTRIBUTES}>([\\s\\S]*?)</hx-partial\\s*>`, "gi");
const PLACE = new RegExp(`(<hx-partial\\b${ATTRIBUTES}?\\shx-target=|\\shx-swap-oob=)${QUOTED}`, "gi");
const decoder = document.createElement("textarea");
const misplaced = [];
// Leaves the page out of what its own requests broadcast, also while its stream is closed, and after it has reconnected.
const pageId = [...crypto.getRandomValues(new Uint32Array(4))].join("-");
let isBehind = false;
const inert = document.implementation.createHTMLDocument("");

// The only way to see a message before htmx looks up its targets, and its errors before hx-sse reconnects because of them.
const { swap } = htmx;
htmx.swap = async (ctx) => {
  ctx.text = ctx.text?.replace(PLACE, (all, start, place) => checkPlace(ctx, all, start, place.slice(1, -1)));
  try {
    await swap.call(htmx, ctx);
  } catch (error) {
    if (!ctx.sourceElement?.matches?.("[hx-sse\\:connect]")) throw error;
    console.warn("buffkit: a live fragment could not be put into the page.", error);
  }
};

htmx.registerExtension("bk-fragments", {
  htmx_before_swap(_, { ctx, tasks }) {
    for (const task of tasks) {
      if (!task.target?.parentNode) continue;
      parseForPlace(task, ctx);
      replaceKnown(task, tasks);
    }
  },
  // For what has elements with known ids inside, htmx makes the new element itself, as HTML.
  htmx_before_morph_node(_, { oldNode, newNode }) {
    if (oldNode.namespaceURI === newNode.namespaceURI) return true;
    oldNode.before(newNode);
    misplaced.push(oldNode);
    return false;
  },
  htmx_before_settle() {
    for (const element of misplaced.splice(0)) element.remove();
  },
});

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  ctx.request.headers["X-Page-Id"] = pageId;
});
// A change whose response was lost may have been made, and won't be broadcast to this page.
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (!ctx?.request || ctx.response || ctx.request.method === "GET") return;
  isBehind = true;
  if (document.documentElement.dataset.live === "live") fetchAgain();
});
document.addEventListener("bk:hello", () => {
  if (isBehind) fetchAgain();
  isBehind = false;
});

function fetchAgain() {
  document.dispatchEvent(new Event("bk:resync"));
}

function checkPlace(ctx, all, start, escaped) {
  decoder.innerHTML = escaped;
  const isOob = !start.includes("<");
  const [, style, oobTarget] = (isOob && decoder.value.match(/^(\S+):(.+)/)) || [];
  const selector = isOob ? oobTarget : decoder.value;
  try {
    if (selector) htmx.findAll(ctx.sourceElement ?? document.body, selector);
    return all;
  } catch {
    console.warn(`buffkit: a fragment was left out, because its target "${selector}" isn't a valid selector.`);
    return start + (isOob ? `"${style}:${NOWHERE.slice(1)}` : NOWHERE);
  }
}

function isInside({ style }) {
  return ["innerHTML", "innerMorph", "beforeend", "afterbegin"].includes(style);
}

// htmx has parsed everything as HTML, where a circle draws nothing, and `<circle/>` swallows what follows it.
function parseForPlace(task, ctx) {
  const { type, target, fragment, swapSpec } = task;
  const { namespaceURI, localName } = isInside(swapSpec) ? target : target.parentNode;
  const isHtml = !namespaceURI || namespaceURI === HTML;
  if (isHtml || fragment.firstElementChild?.namespaceURI !== HTML) return;
  const holder = inert.createElementNS(namespaceURI, localName);
  holder.innerHTML = type === "partial" ? sourceOf(fragment, ctx.text) : ctx.text.replace(PIECE, "");
  const nodes = pick(holder, task, ctx);
  task.fragment = document.createDocumentFragment();
  task.fragment.append(...nodes);
}

function sourceOf(fragment, text) {
  const template = inert.createElement("template");
  for (const [, source] of text.matchAll(PIECE)) {
    template.innerHTML = source;
    if (template.content.isEqualNode(fragment)) return source;
  }
  return "";
}

function pick(holder, { type, fragment }, { select }) {
  const oob = [...holder.querySelectorAll("[hx-swap-oob]")];
  for (const element of oob) element.removeAttribute("hx-swap-oob");
  if (type === "oob") return holder.querySelectorAll(`#${CSS.escape(fragment.firstElementChild.id)}`);
  if (type === "main") for (const element of oob) element.remove();
  return type === "main" && select ? holder.querySelectorAll(select) : holder.childNodes;
}

// A change can reach a page twice: as the response to its own request, and live. What has its id there already is updated.
function replaceKnown(task, tasks) {
  const { target, fragment, swapSpec } = task;
  if (!/^(before|after)(begin|end)$/.test(swapSpec.style)) return;
  const parent = isInside(swapSpec) ? target : target.parentNode;
  for (const element of [...fragment.children]) {
    // Not the first in the page: another list may show the same.
    const known = element.id && parent.querySelector(`:scope > #${CSS.escape(element.id)}`);
    if (!known || element.hasAttribute("hx-preserve")) continue;
    const update = document.createDocumentFragment();
    update.append(element);
    tasks.push({ ...task, type: "partial", target: known, fragment: update, swapSpec: { style: "outerMorph" } });
  }
}
