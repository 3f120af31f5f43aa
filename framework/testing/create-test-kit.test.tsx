import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { RequireLogin } from "../auth/index.ts";
import { Field, Form, readForm } from "../forms/index.ts";
import { Partial } from "../html/index.ts";
import type { Config, Part } from "../kit/index.ts";
import { wire } from "../wire.ts";
import { createTestKit } from "./create-test-kit.ts";

const schema = z.object({ text: z.string().min(1, "Write a few words."), color: z.string().optional() });

const notes: Part = {
  name: "notes",
  mount(app, kit) {
    const texts: string[] = [];
    app.get("/notes", RequireLogin, (c) =>
      c.render(
        <>
          <ul>{texts.join(", ")}</ul>
          <Form action="/notes">
            <Field name="text" label="Text" />
            <input type="hidden" name="color" value="red &amp; blue" />
          </Form>
          <Form action="/notes/clear">
            <button type="submit">Clear</button>
          </Form>
        </>,
        { title: "Notes" },
      ),
    );
    app.post("/notes", RequireLogin, async (c) => {
      const form = await readForm(c, schema);
      if (!form.ok) return c.render(<p>{form.problems.text?.join()}</p>, { title: "Notes", status: 422 });
      texts.push(`${form.data.text} (${form.data.color ?? "no color"})`);
      await kit.broker.broadcastHTML(
        <Partial target="#notes" swap="beforeend">
          <li>{form.data.text}</li>
        </Partial>,
        { to: "notes" },
      );
      return c.redirect("/notes", 303);
    });
    app.post("/price", async (c) => {
      await kit.broker.broadcast("price", { cents: 250 }, { to: "notes" });
      return c.text("told");
    });
    app.post("/invite", async (c) => {
      await kit.mail.sendLater({ to: "ann@example.test", subject: "Join", text: "At https://app.test/join?a=1." });
      return c.text("invited");
    });
  },
};

async function createApp(config: Config) {
  const app = new Hono();
  const kit = await wire(app, {
    appName: "Pond",
    parts: [notes],
    auth: { afterLogin: "/notes" },
    sse: { authorizeTopic: (c, topic) => topic === "notes" && c.get("user") !== null },
    ...config,
    root: import.meta.dirname,
  });
  return { app, kit };
}

describe("createTestKit", () => {
  it("builds the app on a migrated in-memory database, with a clock that stands still, and closes it", async () => {
    const test = await createTestKit(createApp);

    expect(await test.kit.countUsers()).toBe(0);
    expect(test.kit.db.dialect).toBe("sqlite");
    expect(test.kit.clock).toBe(test.clock);
    await test.close();
    await expect(test.kit.countUsers()).rejects.toThrow();
  });

  it("closes the app at the end of a block that declares it with `await using`", async () => {
    let kit: Awaited<ReturnType<typeof createTestKit>>["kit"];
    {
      await using test = await createTestKit(createApp);
      kit = test.kit;
    }

    await expect(kit.countUsers()).rejects.toThrow();
  });
});

describe("client", () => {
  it("follows redirects, here to the login page", async () => {
    await using test = await createTestKit(createApp);

    const page = await test.client.get("/notes");

    expect(page.path).toBe("/login?next=%2Fnotes");
  });

  it("doesn't follow a redirect that the test expects", async () => {
    await using test = await createTestKit(createApp);

    const answer = await test.client.get("/notes", { status: 303 });

    expect(answer.headers.get("Location")).toBe("/login?next=%2Fnotes");
  });

  it("is another client with `as`, and stays the same itself", async () => {
    await using test = await createTestKit(createApp);
    const ann = await test.createUser({ name: "Ann" });

    const hers = await test.client.as(ann).get("/notes");
    const visitors = await test.client.get("/notes");

    expect([hers.path, visitors.path]).toEqual(["/notes", "/login?next=%2Fnotes"]);
  });

  it("says what the response was instead of the expected one, and how to expect it", async () => {
    await using test = await createTestKit(createApp);

    const failed = test.client.get("/nothing");

    await expect(failed).rejects.toMatchObject({
      code: "TESTING_STATUS_UNEXPECTED",
      message: expect.stringMatching(/^GET \/nothing responded with 404\. Expected a status below 400\.\n/),
      hint: expect.stringContaining("{ status: 404 }"),
    });
  });

  it("posts like the app's own pages", async () => {
    await using test = await createTestKit(createApp);
    const client = test.client.as(await test.createUser({ name: "Ann" }));

    const page = await client.post("/notes", { text: "Milk" });

    expect(page.path).toBe("/notes");
    expect(page.text).toContain("Milk (no color)");
  });

  it("submits the form of a page, with its hidden fields", async () => {
    await using test = await createTestKit(createApp);
    const client = test.client.as(await test.createUser({ name: "Ann" }));

    const page = await client.submit("/notes", { text: "Milk" });

    expect(page.text).toContain("Milk (red &amp; blue)");
  });

  it("returns a refused form if the test expects its status", async () => {
    await using test = await createTestKit(createApp);
    const client = test.client.as(await test.createUser({ name: "Ann" }));

    const page = await client.submit("/notes", { text: "" }, { status: 422 });

    expect(page.text).toContain("Write a few words.");
  });

  it("lists a page's forms if none has the fields", async () => {
    await using test = await createTestKit(createApp);
    const client = test.client.as(await test.createUser({ name: "Ann" }));

    const failed = client.submit("/notes", { txt: "Milk" });

    await expect(failed).rejects.toThrow(
      "/notes has no form with the fields txt. Its forms: /logout; /notes (text); /notes/clear.",
    );
  });

  it("registers and logs in with the app's own pages", async () => {
    await using test = await createTestKit(createApp);
    const { client, mailbox } = test;

    await client.submit("/register", { name: "Ann", email: "ann@example.test", password: "a long enough phrase" });
    const mail = await mailbox.last({ to: "ann@example.test" });
    await client.submit(mail.links[0] ?? "");
    const page = await client.get("/notes");

    expect(page.path).toBe("/notes");
  });

  it("gets just the fragment with `htmx`", async () => {
    await using test = await createTestKit(createApp);
    const client = test.client.as(await test.createUser({ name: "Ann" }));

    const fragment = await client.get("/notes", { htmx: true });

    expect(fragment.text).not.toContain("<html");
  });

  it("forgets a session that has expired by the test's clock", async () => {
    await using test = await createTestKit(createApp);
    const client = test.client.as(await test.createUser({ name: "Ann" }));
    await client.get("/notes", { status: 200 });

    test.clock.advance(15 * 24 * 60 * 60 * 1000);

    await client.get("/notes", { status: 303 });
  });

  it("refuses addresses of other sites", async () => {
    await using test = await createTestKit(createApp);

    await expect(test.client.get("https://evil.example/")).rejects.toMatchObject({ code: "TESTING_OTHER_ORIGIN" });
  });
});

describe("listen", () => {
  it("gets the fragments of a topic, one after the other", async () => {
    await using test = await createTestKit(createApp);
    const ann = test.client.as(await test.createUser({ name: "Ann" }));
    const events = await ann.listen(["notes"]);

    await ann.post("/notes", { text: "Milk" });
    await ann.post("/notes", { text: "Bread" });

    expect((await events.next()).data).toContain("<li>Milk</li>");
    expect((await events.next()).data).toContain("<li>Bread</li>");
  });

  it("gets a named event with its data", async () => {
    await using test = await createTestKit(createApp);
    const ann = test.client.as(await test.createUser({ name: "Ann" }));
    const events = await ann.listen(["notes"]);

    await ann.post("/price");

    const event = await events.next({ name: "price" });
    expect(event.json()).toEqual({ cents: 250 });
  });

  it("says when nothing arrives in time", async () => {
    await using test = await createTestKit(createApp);
    const ann = test.client.as(await test.createUser({ name: "Ann" }));
    const events = await ann.listen(["notes"]);

    await expect(events.next({ timeoutMs: 20 })).rejects.toMatchObject({
      code: "TESTING_EVENT_MISSING",
      message: "No event arrived within 20 ms. The stream was silent.",
    });
  });

  it("says when a topic is refused", async () => {
    await using test = await createTestKit(createApp);

    await expect(test.client.listen(["notes"])).rejects.toMatchObject({
      code: "TESTING_STREAM_REFUSED",
      message: expect.stringContaining("/events?topic=notes was refused with 403"),
    });
  });

  it("says why a stream has ended", async () => {
    await using test = await createTestKit(createApp);
    const ann = await test.createUser({ name: "Ann" });
    const events = await test.client.as(ann).listen(["notes"]);

    await test.kit.auth.disable(ann.id);

    await expect(events.next()).rejects.toThrow(/^The stream has ended \(bk:close/);
  });
});

describe("mailbox", () => {
  it("returns the last email, which a job sends after the response, and its links", async () => {
    await using test = await createTestKit(createApp);

    await test.client.post("/invite");
    const mail = await test.mailbox.last();

    expect(mail.subject).toBe("Join");
    expect(mail.links).toEqual(["https://app.test/join?a=1"]);
  });

  it("says when no email arrives, and which others did", async () => {
    await using test = await createTestKit(createApp);
    await test.client.post("/invite");

    const failed = test.mailbox.last({ to: "ben@example.test", timeoutMs: 300 });

    await expect(failed).rejects.toThrow(
      'No email to ben@example.test arrived within 300 ms. These arrived: "Join" to ann@example.test.',
    );
  });

  it("says when the app has its own sender", async () => {
    const sender = { send: async () => ({ id: "1" }), close: () => {} };
    await using test = await createTestKit(createApp, { mail: { sender } });

    await expect(test.mailbox.last()).rejects.toMatchObject({ code: "TESTING_INBOX_MISSING" });
  });
});

describe("createUser", () => {
  it("throws if the address is taken", async () => {
    await using test = await createTestKit(createApp);
    await test.createUser({ name: "Ann", email: "ann@example.test" });

    await expect(test.createUser({ name: "Anna", email: "Ann@example.test" })).rejects.toMatchObject({
      code: "TESTING_USER_REFUSED",
      message: expect.stringContaining("ann@example.test wasn't created: the store says that the address is taken"),
    });
  });
});

describe("logInAs", () => {
  it("throws for a user whom the store doesn't have", async () => {
    await using elsewhere = await createTestKit(createApp);
    await using test = await createTestKit(createApp);
    const stranger = await elsewhere.createUser({ name: "Stranger" });

    await expect(test.client.as(stranger).get("/notes")).rejects.toMatchObject({ code: "TESTING_LOGIN_FAILED" });
  });

  it("throws for a disabled user", async () => {
    await using test = await createTestKit(createApp);
    const ann = await test.createUser({ name: "Ann" });
    await test.kit.auth.disable(ann.id);

    await expect(test.client.as(ann).get("/notes")).rejects.toMatchObject({ code: "TESTING_LOGIN_FAILED" });
  });
});
