import type { Page } from "@playwright/test";
import { axeViolations } from "./axe.ts";

/** The rules that depend on colors, checked again in dark mode. */
const colorRules = ["color-contrast", "link-in-text-block"];

/**
 * What is wrong with the open page: axe violations in light mode, violations of the color rules in dark mode, and horizontal overflow
 * (WCAG 2.2, 1.4.10). Each line starts with the place.
 */
export async function auditPage(page: Page, place: string): Promise<string[]> {
  await finishAnimations(page);
  const light = await axeViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await finishAnimations(page);
  const dark = await axeViolations(page, colorRules);
  await page.emulateMedia({ colorScheme: "light" });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [
    ...(overflow > 0 ? [`${place}: ${overflow} px wider than the screen`] : []),
    ...light.map((violation) => `${place}: ${violation}`),
    ...dark.map((violation) => `${place} in dark mode: ${violation}`),
  ];
}

/** Opens and audits one page after another. */
export async function auditPages(page: Page, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    found.push(...(await auditPage(page, path)));
  }
  return found;
}

/** Waits for transitions to end: axe would measure half-transparent text otherwise. */
async function finishAnimations(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const finite = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(finite.map(({ finished }) => finished));
  });
}
