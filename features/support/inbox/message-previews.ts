import { expect } from "@playwright/test";
import type { MailInboxPage } from "./mail-inbox-page.ts";

/** The framework's messages, and what their headings say. */
const messages = {
  "Verify email": /confirm/i,
  "Reset password": /password/i,
  "Password changed": /password/i,
  "Approve email change": /email/i,
  "Confirm email change": /email/i,
  "Email changed": /email/i,
  Welcome: /welcome/i,
};

export async function expectEveryMessage({ subjects }: MailInboxPage): Promise<void> {
  expect((await subjects.allTextContents()).sort()).toEqual(Object.keys(messages).sort());
}

export async function expectSampleData(inbox: MailInboxPage): Promise<void> {
  for (const [name, heading] of Object.entries(messages)) {
    await inbox.list.getByRole("link", { name }).click();
    await expect(inbox.list.locator('[aria-current="true"]')).toContainText(name);
    await expect(inbox.frameContent.getByRole("heading").first()).toHaveText(heading);
    await expect(inbox.frameContent.locator("body")).toContainText("Ada");
  }
}
