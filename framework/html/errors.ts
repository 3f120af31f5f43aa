import { KitError } from "../base/index.ts";

export function unsafePath(facts: { header: string; path: string }): KitError {
  return new KitError({
    code: "HTML_UNSAFE_PATH",
    message: `${facts.header} got ${JSON.stringify(facts.path)}, expected a path on this site such as "/account".`,
    hint: "Pass paths that come from users through safeRedirect first. Use a plain link for pages on other sites.",
    status: 400,
  });
}

export function unsafeHeaderValue(facts: { header: string; value: string }): KitError {
  return new KitError({
    code: "HTML_UNSAFE_HEADER_VALUE",
    message: `${facts.header} got ${JSON.stringify(facts.value)}, expected printable ASCII on one line.`,
    hint: "A value with line breaks or other control characters could inject another header.",
    status: 400,
  });
}

export function invalidEventName(facts: { name: string }): KitError {
  return new KitError({
    code: "HTML_INVALID_EVENT_NAME",
    message: `HX-Trigger got the event name ${JSON.stringify(facts.name)}, expected only letters, digits and . : _ -`,
    hint: 'Use a name such as "card-saved" or "bk:done", and put data in the detail of the event.',
    status: 400,
  });
}

export function selectorImpossible(facts: { selector: string }): KitError {
  const id = /^#([^\s"\\]+)$/.exec(facts.selector)?.[1];
  return new KitError({
    code: "HTML_SELECTOR_IMPOSSIBLE",
    message: `${JSON.stringify(facts.selector)} isn't a valid CSS selector, so no page could find its element.`,
    hint: id
      ? `Use [id="${id}"], or an id of letters, digits and hyphens that starts with a letter, such as "item-1".`
      : "Put a backslash before special characters in ids and classes, or rename them.",
  });
}

export function sanitizerMissing(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "HTML_SANITIZER_MISSING",
    message: "UserHtml needs the package sanitize-html, which isn't installed.",
    hint: "Run `npm install sanitize-html`.",
    cause: facts.cause,
  });
}

/** For markup that is rendered for many people and asks who is looking. */
export function readsViewer(facts: { name: string }): KitError {
  return new KitError({
    code: "LIVE_READS_VIEWER",
    message: `A live region asked for the request it is rendered in (${JSON.stringify(facts.name)}), but it is rendered once for everybody.`,
    hint: 'Give the region an audience (`grant` that returns one of `audiences`), or `audience: "person"`, and pass what it needs from `load`.',
  });
}
