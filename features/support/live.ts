import { expect, type Page } from "@playwright/test";

/** Waits until the page's stream is open. */
export async function live(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-live", "live");
}
