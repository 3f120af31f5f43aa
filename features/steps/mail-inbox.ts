import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { raw } from "hono/html";
import { freeFolder } from "../support/free-folder.ts";
import { MailInboxPage } from "../support/mail-inbox-page.ts";
import type { Scene } from "../support/scene.ts";
import { Given, Then, When } from "../support/test.ts";

const attachment = Buffer.from([0, 1, 2, 253, 254, 255, 10, 13, 0]);

async function send(scene: Scene, subject: string, to = "ann@example.test"): Promise<void> {
  await scene.app.kit.mail.send({ to, subject, text: `This is ${subject}.` });
}

Given("a developer has the inbox open", async ({ scene, page }) => {
  if (!scene.hasApp) await scene.wire();
  await new MailInboxPage(page).open(scene.app.url);
});

When("the app sends the mails {string} and {string}", async ({ scene }, first: string, second: string) => {
  await send(scene, first);
  await send(scene, second);
});

Then(
  "the list shows {string} above {string}, without being loaded again",
  async ({ page }, upper: string, lower: string) => {
    await expect(new MailInboxPage(page).subjects).toHaveText([upper, lower]);
    await expect(page.locator("html")).toHaveAttribute("data-visit", "first");
  },
);

Then("the list counts {int} mails", async ({ page }, count: number) => {
  await expect(new MailInboxPage(page).list.getByRole("status")).toHaveText(`${count} mails`);
});

Given(
  "the app has sent a mail {string} to {string} and a mail {string} to {string}",
  async ({ scene }, subject: string, to: string, otherSubject: string, otherTo: string) => {
    await scene.wire();
    await send(scene, subject, to);
    await send(scene, otherSubject, otherTo);
  },
);

When("the developer searches for {string}", async ({ page }, words: string) => {
  await page.getByLabel("Search mails").fill(words);
});

Then("the list shows {string} alone", async ({ page }, subject: string) => {
  await expect(new MailInboxPage(page).subjects).toHaveText([subject]);
});

Then("the list says that no mail has these words", async ({ page }) => {
  await expect(new MailInboxPage(page).list).toContainText("No mail matches your search.");
});

Given(
  "the app has sent a mail whose HTML would run a script, load a picture from elsewhere and send a form",
  async ({ scene }) => {
    const app = await scene.wire();
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    scene.atEnd(() => new Promise((resolve) => elsewhere.close(() => resolve())));
    const origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`; // it listens on TCP
    const html = raw(
      `<h1>Harmless</h1><script>parent.document.title = document.title = "taken"; fetch("${origin}/script")</script>` +
        `<img src="${origin}/picture.png"><img src="x" onerror="fetch('${origin}/handler')">` +
        `<link rel="stylesheet" href="${origin}/style.css">` +
        `<form action="${origin}/form"><button>Send it</button></form>`,
    );
    await app.kit.mail.send({ to: "ann@example.test", subject: "Not harmless", html });
    scene.notes.set("asked", asked);
    scene.notes.set("subject", "Not harmless");
  },
);

When("the developer opens it", async ({ scene, page }) => {
  const inbox = new MailInboxPage(page);
  await inbox.open(scene.app.url);
  await inbox.openMail(String(scene.notes.get("subject")));
});

Then("its frame is sandboxed, without scripts and without an origin", async ({ page }) => {
  const { frame } = new MailInboxPage(page);
  const allowed = (await frame.getAttribute("sandbox"))?.split(" ");
  expect(allowed).toBeDefined();
  for (const right of ["allow-scripts", "allow-same-origin", "allow-forms", "allow-top-navigation"]) {
    expect(allowed).not.toContain(right);
  }
});

Then("the script did not run, and nothing was asked of another site", async ({ scene, page }) => {
  const { frameContent } = new MailInboxPage(page);
  await expect(frameContent.getByRole("heading", { name: "Harmless" })).toBeVisible();
  await frameContent.getByRole("button", { name: "Send it" }).click();
  await expect(page).toHaveTitle(/^Not harmless/);
  expect(scene.notes.get("asked")).toEqual([]);
});

Given("the app has sent a mail with HTML, text, two links and an attachment", async ({ scene }) => {
  const app = await scene.wire();
  const html = raw(
    "<style>.night { display: none } @media (prefers-color-scheme: dark) { .night { display: block !important } }</style>" +
      '<h1>The rich words</h1><p class="night">Good night</p>' +
      '<a href="https://one.example/a?b=1&amp;c=2">First</a> <a href="https://two.example/">Second</a>',
  );
  const attachments = [{ filename: "bytes.bin", content: attachment, contentType: "application/octet-stream" }];
  const to = ["Ann <ann@example.test>", "bob@example.test"];
  await app.kit.mail.send({ to, subject: "All sides", html, text: "The plain words", attachments });
  scene.notes.set("subject", "All sides");
});

When("the developer chooses {string}", async ({ page }, choice: string) => {
  await new MailInboxPage(page).choose(choice);
});

Then(/^the frame is (about as wide as|wider than) a phone$/, async ({ page }, comparison: string) => {
  const width = async () => (await new MailInboxPage(page).frame.boundingBox())?.width ?? 0;
  if (comparison === "wider than") await expect.poll(width).toBeGreaterThan(450);
  else await expect.poll(async () => Math.abs((await width()) - 385)).toBeLessThan(40);
});

Then("the mail inside sees a dark scheme", async ({ page }) => {
  await expect(new MailInboxPage(page).frameContent.getByText("Good night")).toBeVisible();
});

Then("the view {string} shows {string}", async ({ page }, view: string, text: string) => {
  await expect(await new MailInboxPage(page).view(view)).toHaveText(text);
});

Then("the view {string} lists both links", async ({ page }, view: string) => {
  const links = (await new MailInboxPage(page).view(view)).getByRole("link");
  for (const url of ["https://one.example/a?b=1&c=2", "https://two.example/"]) {
    await expect(links.filter({ hasText: url })).toHaveAttribute("href", url);
  }
});

Then("the view {string} gives the attachment back, byte for byte", async ({ page }, view: string) => {
  const body = await new MailInboxPage(page).view(view);
  const download = page.waitForEvent("download");
  await body.getByRole("link", { name: "bytes.bin" }).click();
  expect(await readFile(await (await download).path())).toEqual(attachment);
});

Then("the view {string} shows its subject and its addresses", async ({ page }, view: string) => {
  const body = await new MailInboxPage(page).view(view);
  for (const text of ["Subject: All sides", "ann@example.test", "bob@example.test"])
    await expect(body).toContainText(text);
});

Then("the view {string} shows the whole message, and it can be downloaded", async ({ page }, view: string) => {
  const body = await new MailInboxPage(page).view(view);
  await expect(body).toContainText("Content-Type: multipart/");
  const download = page.waitForEvent("download");
  await body.getByRole("link", { name: "Download .eml" }).click();
  expect(await readFile(await (await download).path(), "utf8")).toContain("The plain words");
});

const messages = {
  "Verify email": /confirm/i,
  "Reset password": /password/i,
  "Password changed": /password/i,
  "Approve email change": /email/i,
  "Confirm email change": /email/i,
  "Email changed": /email/i,
  Welcome: /welcome/i,
};

Then("the list has each of the framework's messages", async ({ page }) => {
  const { subjects } = new MailInboxPage(page);
  expect((await subjects.allTextContents()).sort()).toEqual(Object.keys(messages).sort());
});

Then("each of them shows its heading with sample data", async ({ page }) => {
  const inbox = new MailInboxPage(page);
  for (const [name, heading] of Object.entries(messages)) {
    await inbox.list.getByRole("link", { name }).click();
    await expect(inbox.list.locator('[aria-current="true"]')).toContainText(name);
    await expect(inbox.frameContent.getByRole("heading").first()).toHaveText(heading);
    await expect(inbox.frameContent.locator("body")).toContainText("Ada");
  }
});

Then("no mail was sent by looking", async ({ scene }) => {
  expect(scene.app.kit.inbox?.list()).toEqual([]);
});

When("the developer clears it", async ({ page }) => {
  page.once("dialog", (dialog) => void dialog.accept());
  await new MailInboxPage(page).reload(() => page.getByRole("button", { name: "Clear" }).click());
});

Then("the list says that there is no mail yet", async ({ page }) => {
  await expect(new MailInboxPage(page).list).toContainText("No mail yet");
});

Given("the app has sent a mail {string}, and was started again", async ({ scene }, subject: string) => {
  const folder = freeFolder("inbox");
  scene.atEnd(() => folder.remove());
  const config = { mail: { inboxFolder: join(folder.path, "mail") } };
  const first = await scene.wire({ config });
  await send(scene, subject);
  await first.stop();
  await scene.wire({ config });
});

When("a developer looks into the inbox of the new start", async ({ scene, page }) => {
  await new MailInboxPage(page).open(scene.app.url);
});

Then(
  "exactly one is there, narrow and wide, at {string}, at {string} and at an open mail",
  async ({ page, scene }, inbox: string, templates: string) => {
    const mail = `/__mail/${scene.app.kit.inbox?.list()[0]?.id}`;
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const path of [inbox, templates, mail]) {
        await page.goto(scene.app.url + path);
        await expect(page.getByRole("heading", { level: 1 }), `${path}, ${width} px wide`).toHaveCount(1);
      }
    }
  },
);
