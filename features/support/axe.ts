import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export interface AxeRules {
  /** Rules that do not count. */
  readonly except?: readonly string[];
  /** The only rules that count. */
  readonly only?: readonly string[];
}

/** What axe-core finds wrong with a page, one line each: by WCAG 2.2 A and AA and its best practices, where nothing else is said. */
export async function axeViolations(page: Page, { except = [], only }: AxeRules): Promise<string[]> {
  // Evaluated by the browser's own tools, so that the page's content security policy stays as it is.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const options: RunOptions = {
    resultTypes: ["violations"],
    rules: Object.fromEntries(except.map((name) => [name, { enabled: false }])),
    ...(only ? { runOnly: [...only] } : {}),
  };
  const { violations } = await page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }; // it was defined just now
    return await axe.run(options);
  }, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary?.replace(/\s+/g, " ")}`),
  );
}
