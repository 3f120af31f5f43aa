import { describe, expect, it } from "vitest";
import { createTestApp, firstId, textOf } from "../test-app.ts";

describe("/__mail", () => {
  it("says so when there is no mail", async () => {
    expect(await textOf(createTestApp().app.request("/__mail"))).toContain("No emails yet");
  });

  it("lists sent mails and searches them", async () => {
    const { app, mail } = createTestApp();
    await mail.send({ to: "ada@example.com", subject: "Apples", text: "a" });
    await mail.send({ to: "bob@example.com", subject: "Pears", text: "b" });

    const all = await textOf(app.request("/__mail"));
    const found = await textOf(app.request("/__mail?q=pears"));

    expect(all).toMatch(/Pears[\s\S]*Apples/);
    expect(found).toContain("Pears");
    expect(found).not.toContain("Apples");
  });

  it("shows HTML in a frame without scripts or an origin", async () => {
    const { app, inbox, mail } = createTestApp();
    await mail.send({ to: "ada@example.com", subject: "Hi", html: '<p>Hello "you"</p><script>alert(1)</script>' });

    const page = await textOf(app.request(`/__mail/${firstId(inbox)}`));

    expect(page).toMatch(/<iframe[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    expect(page).toContain("default-src &#39;none&#39;; img-src data:; style-src &#39;unsafe-inline&#39;");
    expect(page).not.toContain("<script>alert");
  });

  it("shows inline images, each its own even if their names begin alike", async () => {
    const { app, inbox, mail } = createTestApp();
    const image = (cid: string) => ({ filename: `${cid}.png`, content: cid, cid });
    await mail.send({
      to: "ada@example.com",
      subject: "Hi",
      html: '<img src="cid:logo2"><img src="cid:logo">',
      attachments: [image("logo"), image("logo2")],
    });

    const page = await textOf(app.request(`/__mail/${firstId(inbox)}`));

    const shown = [...page.matchAll(/data:image\/png;base64,([\w=]+)/g)].map(([, data = ""]) => atob(data));
    expect(shown.slice(0, 2)).toEqual(["logo2", "logo"]);
  });

  it("escapes markup in a subject", async () => {
    const { app, mail } = createTestApp();
    await mail.send({ to: "ada@example.com", subject: "<img src=x onerror=alert(1)>", text: "a" });

    expect(await textOf(app.request("/__mail"))).not.toContain("<img src=x");
  });

  it.each([
    ["text", "The &lt;plain&gt; words"],
    ["source", "Content-Transfer-Encoding"],
    ["headers", "X-Kind: test"],
    ["links", "https://app.example/go?a=1&amp;b=2"],
    ["attachments", "list.csv"],
  ])("shows the %s of a mail", async (view, expected) => {
    const { app, inbox, mail } = createTestApp();
    await mail.send({
      to: "ada@example.com",
      subject: "Hi",
      html: '<a href="https://app.example/go?a=1&amp;b=2">Go</a>',
      text: "The <plain> words",
      headers: { "X-Kind": "test" },
      attachments: [{ filename: "list.csv", content: "a,b" }],
    });

    expect(await textOf(app.request(`/__mail/${firstId(inbox)}?view=${view}`))).toContain(expected);
  });

  it("serves attachments as downloads, never as pages", async () => {
    const { app, inbox, mail } = createTestApp();
    const attachments = [{ filename: "evil.html", content: "<script>alert(1)</script>" }];
    await mail.send({ to: "ada@example.com", subject: "Hi", text: "a", attachments });

    const answer = await app.request(`/__mail/${firstId(inbox)}/files/0`);

    expect(answer.headers.get("Content-Type")).toBe("application/octet-stream");
    expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; filename="evil.html"/);
  });

  it("serves the source as an .eml file", async () => {
    const { app, inbox, mail } = createTestApp();
    await mail.send({ to: "ada@example.com", subject: "Hi", text: "a" });

    const answer = await app.request(`/__mail/${firstId(inbox)}/source.eml`);

    expect(answer.headers.get("Content-Type")).toBe("message/rfc822");
    expect(await answer.text()).toContain("Subject: Hi");
  });

  it("deletes one mail, or all", async () => {
    const { app, inbox, mail } = createTestApp();
    await mail.send({ to: "ada@example.com", subject: "One", text: "a" });
    await mail.send({ to: "ada@example.com", subject: "Two", text: "a" });

    await app.request(`/__mail/${firstId(inbox)}/delete`, { method: "POST" });
    const left = inbox.list().length;
    const answer = await app.request("/__mail/clear", { method: "POST" });

    expect([left, inbox.list().length, answer.headers.get("Location")]).toEqual([1, 0, "/__mail"]);
  });

  it("responds with 404 if the mail was deleted", async () => {
    expect((await createTestApp().app.request("/__mail/8f14e45f-ceea-467f-a0e6-2d1b5a6a0f11")).status).toBe(404);
  });
});

describe("/__mail/preview", () => {
  it("shows each mail with recipient, subject, HTML and text", async () => {
    const { app, mail } = createTestApp();
    await mail.send({ to: "ada@example.com", subject: "First", html: "<b>Bold</b>", text: "plain one" });
    await mail.send({ to: "bob@example.com", subject: "Second", text: "plain two" });

    const answer = await app.request("/__mail/preview");
    const page = await answer.text();

    expect(answer.status).toBe(200);
    for (const words of ["ada@example.com", "First", "&lt;b&gt;Bold&lt;/b&gt;", "plain one", "Second", "plain two"]) {
      expect(page).toContain(words);
    }
  });
});
