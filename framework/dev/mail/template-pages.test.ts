import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTestApp, textOf } from "../test-app.ts";

describe("/__mail/templates", () => {
  it("shows every built-in message with sample data without sending any", async () => {
    const { app, inbox } = createTestApp();

    const page = await textOf(app.request("/__mail/templates"));

    expect(page).toMatch(/Verify email[\s\S]*Reset password[\s\S]*Password changed[\s\S]*Welcome/);
    expect(page).toContain("Confirm your email address for App");
    expect(inbox.list()).toEqual([]);
  });

  it("finds the templates of the app and reloads them when their file changes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "templates-"));
    const file = join(folder, "invite.mjs");
    const source = (subject: string) =>
      `const mailTemplate = (name, preview) => ({ name, preview });
       export const invite = mailTemplate("invite", () => ({ to: "a@b.de", subject: "${subject}", text: "Come" }));`;
    writeFileSync(file, source("Come in"));
    const { app } = createTestApp({ templateFolders: [folder] });

    const before = await textOf(app.request("/__mail/templates/invite"));
    writeFileSync(file, source("Come in again"));
    const after = await textOf(app.request("/__mail/templates/invite"));

    expect(before).toContain("Come in");
    expect(after).toContain("Come in again");
  });

  it("shows what's wrong with a template instead of failing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "templates-"));
    writeFileSync(
      join(folder, "broken.mjs"),
      'const mailTemplate = (name, preview) => ({ name, preview }); export const a = mailTemplate("broken", () => ({ to: "", subject: "x", text: "y" }));',
    );
    const { app } = createTestApp({ templateFolders: [folder] });

    const answer = await app.request("/__mail/templates/broken");

    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("recipient required");
  });

  it("sends a template to the inbox", async () => {
    const { app, inbox } = createTestApp();

    await app.request("/__mail/templates/welcome/send", { method: "POST" });

    expect(inbox.list()).toMatchObject([{ subject: "Welcome to App" }]);
  });
});
