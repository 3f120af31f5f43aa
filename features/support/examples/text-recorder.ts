import type { Page } from "@playwright/test";

/** Records every text that an element shows from now on, however briefly. */
export async function recordTexts(page: Page, selector: string): Promise<void> {
  await page.evaluate((selector) => {
    const element = document.querySelector(selector);
    const { dataset } = document.documentElement;
    const texts = [element?.textContent ?? ""];
    const observer = new MutationObserver(() => {
      texts.push(element?.textContent ?? "");
      dataset.recorded = JSON.stringify(texts);
    });
    if (element) observer.observe(element, { childList: true, subtree: true, characterData: true });
  }, selector);
}

/** The recorded texts, oldest first. */
export async function recordedTexts(page: Page): Promise<string[]> {
  return JSON.parse((await page.locator("html").getAttribute("data-recorded")) ?? "[]");
}
