import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createMemoryRateLimits, createRateLimiter, type RateLimiter } from "../../secure/index.ts";
import { createGate } from "../../test-support/create-gate.ts";
import { done, type FormAnswer } from "./answers.ts";
import { form } from "./define-form.tsx";
import { createFormsApp, live, type TestFormsOptions, Visitor } from "./test-forms.tsx";

const noteForm = form({
  schema: z.object({ text: z.string().min(1), picture: z.unknown().optional() }),
  fields: (f) => <f.Field name="text" label="Text" />,
});

const key = "k".repeat(22);

function createApp(
  accept: (text: string) => FormAnswer | Promise<FormAnswer> = () => done({ to: "/notes/7" }),
  options: TestFormsOptions = {},
) {
  const { app, logLines } = createFormsApp(options);
  const handled: string[] = [];
  app.get("/notes", (c) => c.render(<noteForm.Form action="/notes" />, { title: "" }));
  const handler = noteForm.handle(async ({ data }) => {
    handled.push(data.text);
    return accept(data.text);
  });
  app.post("/notes", handler).post("/others", handler);
  return { handled, logLines, visitor: new Visitor(app) };
}

async function placeOf(answer: Response | Promise<Response>): Promise<string> {
  const { status, headers } = await answer;
  return `${status} ${headers.get("Location")}`;
}

describe("a duplicate post", () => {
  it("is handled once, and answered like the first one", async () => {
    const { visitor, handled } = createApp();

    const first = await placeOf(visitor.post("/notes", { _form_key: key, text: "milk" }));
    const later = await placeOf(visitor.post("/notes", { _form_key: key, text: "milk" }));

    expect([first, later]).toEqual(["303 /notes/7", "303 /notes/7"]);
    expect(handled).toEqual(["milk"]);
  });

  it("waits for the first one if both arrive at the same time", async () => {
    const gate = createGate();
    const { visitor, handled } = createApp(async () => {
      await gate.opened;
      return noteForm.refuse({ text: "Taken." });
    });

    const both = [1, 2].map(() => visitor.post("/notes", { _form_key: key, text: "milk" }, live));
    gate.open();
    const answers = await Promise.all(both);

    expect(answers.map(({ status }) => status)).toEqual([422, 422]);
    expect(handled).toEqual(["milk"]);
  });

  it("gets the form again with htmx", async () => {
    const { visitor, handled } = createApp(() => done());

    await visitor.post("/notes", { _form_key: key, text: "milk" }, live);
    const second = await visitor.post("/notes", { _form_key: key, text: "milk" }, live);

    expect(await second.text()).toContain('name="text"');
    expect(handled).toHaveLength(1);
  });

  it("is recognized by another process, which redirects to the page", async () => {
    const limiter = createRateLimiter({ store: createMemoryRateLimits() });
    const one = createApp(undefined, { limiter });
    const other = createApp(undefined, { limiter });

    await one.visitor.post("/notes", { _form_key: key, text: "milk" });
    const answer = await placeOf(other.visitor.post("/notes", { _form_key: key, text: "milk" }));

    expect(answer).toBe("303 /notes?page=2");
    expect(other.handled).toEqual([]);
  });

  it("gets the same redirect if the handler returned one", async () => {
    const { visitor } = createApp(() => new Response(null, { status: 302, headers: { Location: "/own" } }));

    await visitor.post("/notes", { _form_key: key, text: "milk" });

    expect(await placeOf(visitor.post("/notes", { _form_key: key, text: "milk" }))).toBe("302 /own");
  });

  it.each(["HX-Redirect", "HX-Location"])("repeats the header %s", async (name) => {
    const { visitor } = createApp(() => new Response(null, { headers: { [name]: "/own" } }));

    await visitor.post("/notes", { _form_key: key, text: "milk" }, live);
    const second = await visitor.post("/notes", { _form_key: key, text: "milk" }, live);

    expect(second.headers.get(name)).toBe("/own");
  });

  it("waits for another process that handles the first one, and is handled if that one refuses", async () => {
    const gate = createGate();
    const limiter = createRateLimiter({ store: createMemoryRateLimits() });
    const one = createApp(() => gate.opened.then(() => noteForm.refuse({ text: "Taken." })), { limiter });
    const other = createApp(() => noteForm.refuse({ text: "Taken here, too." }), { limiter });

    const first = one.visitor.post("/notes", { _form_key: key, text: "milk" }, live);
    const second = other.visitor.post("/notes", { _form_key: key, text: "milk" }, live);
    gate.open();

    expect((await first).status).toBe(422);
    expect(await (await second).text()).toContain("Taken here, too.");
  });

  it.each([
    ["other content", "/notes", { text: "bread" }, {}],
    ["another path", "/others", { text: "milk" }, {}],
    ["another visitor", "/notes", { text: "milk" }, { "X-Test-Visitor": "bob" }],
  ])("isn't one with %s", async (_what, path, fields, headers) => {
    const { visitor, handled } = createApp();

    await visitor.post("/notes", { _form_key: key, text: "milk" });
    await visitor.post(path, { _form_key: key, ...fields }, headers);

    expect(handled).toHaveLength(2);
  });

  it("has the same file under the same name", async () => {
    const { visitor, handled } = createApp();
    const send = (content: string, name = "a.png") =>
      visitor.post("/notes", { _form_key: key, text: "milk", picture: new File([content], name) });

    await send("a");
    await send("a");
    await send("b");
    await send("b", "b.png");

    expect(handled).toHaveLength(3);
  });

  it("isn't recognized without a key", async () => {
    const { visitor, handled } = createApp();

    await visitor.post("/notes", { text: "milk" });
    await visitor.post("/notes", { text: "milk" });

    expect(handled).toHaveLength(2);
  });
});

describe("the key of a form", () => {
  it("may be used again after the form was refused", async () => {
    let isTaken = true;
    const { visitor } = createApp(() => (isTaken ? noteForm.refuse({ text: "Taken." }) : done({ to: "/fine" })));

    await visitor.post("/notes", { _form_key: key, text: "milk" });
    isTaken = false;

    expect(await placeOf(visitor.post("/notes", { _form_key: key, text: "milk" }))).toBe("303 /fine");
  });

  it("may be used again after the handler threw", async () => {
    let isBroken = true;
    const { visitor } = createApp(() => {
      if (isBroken) throw new RangeError("broken");
      return done({ to: "/fine" });
    });

    const failed = await visitor.post("/notes", { _form_key: key, text: "milk" });
    isBroken = false;

    expect(failed.status).toBe(500);
    expect(await placeOf(visitor.post("/notes", { _form_key: key, text: "milk" }))).toBe("303 /fine");
  });

  it("may be used again after the handler returned an error response", async () => {
    let isLocked = true;
    const { visitor } = createApp(() => (isLocked ? new Response("Locked", { status: 409 }) : done({ to: "/fine" })));

    await visitor.post("/notes", { _form_key: key, text: "milk" });
    isLocked = false;

    expect(await placeOf(visitor.post("/notes", { _form_key: key, text: "milk" }))).toBe("303 /fine");
  });

  it("may be used again after a process stopped in the middle of it", async () => {
    const clock = { time: 0, now: () => clock.time };
    const limiter = createRateLimiter({ store: createMemoryRateLimits({ clock }) });
    const hasStarted = createGate();
    const stopped = createApp(() => new Promise(() => hasStarted.open()), { limiter });
    const { visitor, handled } = createApp(undefined, { limiter });
    void stopped.visitor.post("/notes", { _form_key: key, text: "milk" });
    await hasStarted.opened;

    clock.time = 31_000;
    await visitor.post("/notes", { _form_key: key, text: "milk" });

    expect(handled).toEqual(["milk"]);
  });

  it("isn't restored by a browser that reloads the page", async () => {
    expect(await createApp().visitor.get("/notes")).toMatch(/name="_form_key" value="[^"]+" autocomplete="off"/);
  });

  it("isn't used up by invalid input, or by a key without the other fields", async () => {
    const { visitor, handled } = createApp();

    const bare = await visitor.post("/notes", { _form_key: key }, live);
    await visitor.post("/notes", { _form_key: key, text: "milk" });

    expect(bare.status).toBe(422);
    expect(handled).toEqual(["milk"]);
  });

  it("is forgotten after a day, so that a page left open keeps working", async () => {
    const clock = { time: 0, now: () => clock.time };
    const limiter = createRateLimiter({ store: createMemoryRateLimits({ clock }) });
    await createApp(undefined, { limiter }).visitor.post("/notes", { _form_key: key, text: "milk" });
    const { visitor, handled } = createApp(undefined, { limiter });

    clock.time = 24 * 60 * 60 * 1000;
    await visitor.post("/notes", { _form_key: key, text: "milk" });

    expect(handled).toEqual(["milk"]);
  });

  it("doesn't stop a form when the counters can't be reached, and the log says so", async () => {
    const unreachable = (): Promise<never> => Promise.reject(new RangeError("away"));
    const limiter: RateLimiter = { ...createRateLimiter({ store: createMemoryRateLimits() }), consume: unreachable };
    const { visitor, handled, logLines } = createApp(undefined, { limiter });

    await visitor.post("/notes", { _form_key: key, text: "milk" });

    expect(handled).toEqual(["milk"]);
    expect(logLines.join("")).toContain("duplicate posts of forms can't be recognized right now");
  });
});
