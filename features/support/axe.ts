import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong with a page by WCAG 2.2 A and AA and by its best practices but those named, one line each. */
export async function axeViolations(page: Page, except: readonly string[] = []): Promise<string[]> {
  // Evaluated by the browser's own tools, so that the page's content security policy stays as it is.
  await page.evaluate(source);
  const rules = Object.fromEntries(except.map((name) => [name, { enabled: false }]));
  const { violations } = await page.evaluate(
    async (options) => {
      const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }; // it was defined just now
      return await axe.run(options);
    },
    { rules },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary?.replace(/\s+/g, " ")}`),
  );
}
