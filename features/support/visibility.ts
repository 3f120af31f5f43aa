import type { Page } from "@playwright/test";

/** Hides the tab, as far as its page can tell, and waits until its stream is closed. */
export async function hideTab(page: Page): Promise<void> {
  const closed = page.waitForEvent("requestfailed", (request) => request.url().includes("/events?"));
  await setVisibility(page, "hidden");
  await closed;
}

/** Shows the tab again. */
export async function showTab(page: Page): Promise<void> {
  await setVisibility(page, "visible");
}

async function setVisibility(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    Object.defineProperty(document, "hidden", { value: value === "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}
