import { KitError } from "../base/index.ts";

export function unsafePath(facts: { header: string; path: string }): KitError {
  return new KitError({
    code: "HTML_UNSAFE_PATH",
    message: `${facts.header} was given ${JSON.stringify(facts.path)}, expected a path on this site such as "/account".`,
    hint: "Paths from users go through safeRedirect first; pages of other sites are reached by a plain link.",
  });
}

export function unsafeHeaderValue(facts: { header: string; value: string }): KitError {
  return new KitError({
    code: "HTML_UNSAFE_HEADER_VALUE",
    message: `${facts.header} was given ${JSON.stringify(facts.value)}, expected printable ASCII on one line.`,
    hint: "A value with line breaks or other control characters could start a header of its own.",
  });
}

export function invalidEventName(facts: { name: string }): KitError {
  return new KitError({
    code: "HTML_INVALID_EVENT_NAME",
    message: `HX-Trigger was given the event name ${JSON.stringify(facts.name)}, expected letters, digits and . : _ - only.`,
    hint: 'Names such as "card-saved" or "bk:done" work; facts belong into the event\'s detail.',
  });
}
