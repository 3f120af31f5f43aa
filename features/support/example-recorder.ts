import type { Page } from "@playwright/test";

/** Keeps, from now on, every text that an element shows, so that no state is too short to be seen. */
export async function recordTexts(page: Page, selector: string): Promise<void> {
  await page.evaluate((wanted) => {
    const element = document.querySelector(wanted);
    const { dataset } = document.documentElement;
    const texts = [element?.textContent ?? ""];
    const observer = new MutationObserver(() => {
      texts.push(element?.textContent ?? "");
      dataset.recorded = JSON.stringify(texts);
    });
    if (element) observer.observe(element, { childList: true, subtree: true, characterData: true });
  }, selector);
}

/** What the recorded element has shown so far, oldest first. */
export async function recordedTexts(page: Page): Promise<string[]> {
  return JSON.parse((await page.locator("html").getAttribute("data-recorded")) ?? "[]");
}
