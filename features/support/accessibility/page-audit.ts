import type { BrowserContextOptions, Page } from "@playwright/test";
import { axeViolations } from "./axe.ts";

/** The rules that depend on colors, checked again in dark mode. */
const colorRules = ["color-contrast", "link-in-text-block"];

const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

/** How a browser starts whose pages are audited. */
export const auditOptions = {
  viewport: desktop,
  colorScheme: "light",
  reducedMotion: "reduce",
} satisfies BrowserContextOptions;

/**
 * What is wrong with the open page on a desktop and a phone: axe violations in light mode, violations of the color rules in dark mode,
 * and horizontal overflow (WCAG 2.2, 1.4.10). Each line starts with the place. Both devices share one load of the page.
 */
export async function auditPage(page: Page, place: string, within?: string): Promise<string[]> {
  const onDesktop = await auditAsShown(page, `${place} on a desktop`, within);
  await page.setViewportSize(phone);
  const onPhone = await auditAsShown(page, `${place} on a phone`, within);
  await page.setViewportSize(desktop);
  return [...onDesktop, ...onPhone];
}

/**
 * Opens and audits pages, two at a time: most of the time goes into axe, which uses one core for each tab. With `within`, only what is in
 * there is audited: for pages that are the same otherwise.
 */
export async function auditPages(page: Page, paths: readonly string[], within?: string): Promise<string[]> {
  const waiting = [...paths];
  const other = await page.context().newPage();
  const found = await Promise.all([auditNext(page, waiting, within), auditNext(other, waiting, within)]);
  await other.close();
  return found.flat();
}

/** Audits pages until none is waiting. */
async function auditNext(tab: Page, waiting: string[], within?: string): Promise<string[]> {
  const found: string[] = [];
  const errors = recordErrors(tab);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    await tab.goto(path);
    found.push(...(await auditPage(tab, path, within)));
    for (const error of errors.splice(0)) found.push(`${path} logs an error: ${error}`);
  }
  return found;
}

/** What ends up in the console of a page as an error, such as a file that is missing, except that the page itself is. */
function recordErrors(tab: Page): string[] {
  const errors: string[] = [];
  tab.on("pageerror", (error) => void errors.push(error.message));
  tab.on("console", (message) => {
    const { url } = message.location();
    if (message.type() === "error" && url !== tab.url()) errors.push(`${message.text()} ${url}`);
  });
  return errors;
}

async function auditAsShown(page: Page, place: string, within?: string): Promise<string[]> {
  await finishAnimations(page);
  const light = await axeViolations(page, { within });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  await page.emulateMedia({ colorScheme: "dark" });
  await finishAnimations(page);
  const dark = await axeViolations(page, { only: colorRules, within });
  await page.emulateMedia({ colorScheme: "light" });
  return [
    ...(overflow > 0 ? [`${place}: ${overflow} px wider than the screen`] : []),
    ...light.map((violation) => `${place}: ${violation}`),
    ...dark.map((violation) => `${place} in dark mode: ${violation}`),
  ];
}

/** Jumps to the end of all transitions: axe would measure half-transparent text otherwise. */
async function finishAnimations(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
    }
  });
}
