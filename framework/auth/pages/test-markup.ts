import { expect } from "vitest";
import { totpCode } from "../second-factor/totp.ts";
import type { TestApp, Visitor } from "../test-app.tsx";

const shownTags = /<(title|h1|h2|section|form|input|button|a|img|svg|p|time)\b([^>]*)>([^<]*)/g;
const attributePattern = /([\w-]+)="([^"]*)"/g;
// Looks, and texts for people, may change.
const hidden = new Set(["class", "aria-label", "xmlns"]);

/** What browsers, password managers and screen readers get from a page: its headings, forms, controls and links, one a line. */
export function outlineOf(html: string): string {
  const lines = [...html.matchAll(shownTags)].flatMap(([, tag = "", given = "", text = ""]) => {
    const attributes = [...given.matchAll(attributePattern)]
      .filter(([, name = ""]) => !hidden.has(name))
      .map(([, name, value = ""]) => (value === "" ? name : `${name}=${mask(value)}`));
    if (tag === "p" && !/id=|role=/.test(given)) return [];
    const words = tag === "p" ? "" : text.trim();
    return [[tag, ...attributes, words && `“${mask(words)}”`].filter((part) => part !== "").join(" ")];
  });
  return lines.join("\n");
}

/** The outline of the page that a response holds. Its ids must be sound. */
export async function readOutline(response: Response | Promise<Response>): Promise<string> {
  const html = await (await response).text();
  expect(brokenIdsOf(html)).toEqual([]);
  return outlineOf(html);
}

/** Turns on the second step in a logged-in browser: the page that asks for the first code, and the response to it. */
export async function turnOnSecondStep(test: TestApp, browser: Visitor) {
  const page = await (await browser.visit("/account/second-factor")).text();
  const secret = /secret=([A-Z2-7]+)/.exec(page)?.[1] ?? "";
  const setup = /name="setup" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const answer = await browser.post("/account/second-factor", { setup, code: totpCode(secret, test.clock.time) });
  test.clock.time += 60_000;
  return { page, answer, code: () => totpCode(secret, test.clock.time) };
}

/** Ids that two elements have, and ids that an element refers to but none has. */
function brokenIdsOf(html: string): readonly string[] {
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => id);
  const used = [...html.matchAll(/\s(?:for|aria-labelledby|aria-describedby)="([^"]*)"/g)].flatMap(([, given = ""]) =>
    given.split(" "),
  );
  return [...ids.filter((id, index) => ids.indexOf(id) !== index), ...used.filter((id) => !ids.includes(id))];
}

/** Tokens, keys and hashes are different each time. */
function mask(text: string): string {
  return text.replaceAll(/[\w.-]{32,}/g, "…").replaceAll(/\b[0-9a-f]{12}\b/g, "…");
}
