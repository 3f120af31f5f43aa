import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

declare global {
  interface Window {
    /** Present once the library has been loaded into the page. */
    axe?: { run(context: string | Document, options: RunOptions): Promise<AxeResults> };
  }
}

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export interface AxeScope {
  /** Only these rules. Default: WCAG 2.2 A and AA, and best practices. */
  readonly only?: readonly string[];
  /** Only what is in here, by its selector. Default: the whole page. */
  readonly within?: string;
}

/** The violations that axe-core finds on a page, one line each. */
export async function axeViolations(page: Page, { only, within }: AxeScope = {}): Promise<string[]> {
  // Evaluated through the debugger, so that the page keeps its content security policy.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const options: RunOptions = {
    resultTypes: ["violations"],
    // Frames of mails run no scripts: axe would wait half a second for each to reply, and check nothing in it.
    iframes: false,
    // Would download the stylesheets again, for a rule that isn't enabled.
    preload: false,
    ...(only ? { runOnly: [...only] } : {}),
  };
  const violations = await page.evaluate(
    async ([context, options]) => (await window.axe?.run(context ?? document, options))?.violations,
    [within, options] as const,
  );
  if (!violations) throw new Error("axe-core couldn't be loaded into the page.");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary?.replace(/\s+/g, " ")}`),
  );
}
