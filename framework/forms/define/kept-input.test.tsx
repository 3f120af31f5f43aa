import { describe, expect, it } from "vitest";
import { z } from "zod";
import { done } from "./answers.ts";
import { form } from "./define-form.tsx";
import { createFormsApp, live, ownFieldsOf, site, Visitor } from "./test-forms.tsx";

const noteForm = form({
  schema: z.object({ text: z.string().max(100, "Too long.") }),
  fields: (f) => <f.Field name="text" label="Text" />,
});
const own = { _form_id: "note" };
const long = "long ".repeat(2000);

/** Its handler fails while `isBroken`. */
function createApp() {
  const { app } = createFormsApp();
  const state = { isBroken: true };
  const handle = noteForm.handle(() => {
    if (state.isBroken) throw new RangeError("broken");
    return done();
  });
  app.get("/notes/:id", (c) =>
    c.render(<noteForm.Form id="note" action={`/notes/${c.req.param("id")}`} />, { title: "" }),
  );
  app.post("/notes/:id", handle).post("/notes/:id/add", handle);
  return { state, visitor: new Visitor(app) };
}

describe("input that was kept when the handler failed", () => {
  it("is shown in the form that was sent, and not in the same form of another record", async () => {
    const { visitor } = createApp();

    await visitor.post("/notes/1", { ...own, text: "milk" });

    expect(await visitor.get("/notes/2")).not.toContain("milk");
    expect(await visitor.get("/notes/1")).toContain("milk");
  });

  it("is dropped once the form was accepted", async () => {
    const { visitor, state } = createApp();

    await visitor.post("/notes/1", { ...own, text: "milk" });
    state.isBroken = false;
    await visitor.post("/notes/1", { ...own, text: "milk" });

    expect(await visitor.get("/notes/1")).not.toContain("milk");
  });

  it("doesn't replace what was sent later", async () => {
    const { visitor } = createApp();

    await visitor.post("/notes/1", { ...own, text: "milk" });
    const later = await (await visitor.post("/notes/1", { ...own, text: long })).text();

    expect(later).toContain(long);
    expect(later).not.toContain("milk");
  });
});

describe("a form on a page of its own", () => {
  const ownPage = { Referer: `${site}/notes/1/add` };

  async function sendLong() {
    const { visitor, state } = createApp();
    state.isBroken = false;
    const answer = await visitor.post("/notes/1/add", { ...own, text: long });
    return { visitor, fields: ownFieldsOf(await answer.text(), "note") };
  }

  it("leads back to the page that it belongs to, as a GET of its own address may lead nowhere", async () => {
    const { visitor, fields } = await sendLong();

    const answer = await visitor.post("/notes/1/add", { ...fields, text: "milk" }, ownPage);

    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/notes?page=2"]);
  });

  it("leads back there with htmx", async () => {
    const { visitor, fields } = await sendLong();

    const answer = await visitor.post("/notes/1/add", { ...fields, text: "milk" }, live);

    expect(answer.headers.get("HX-Location")).toBe("/notes?page=2");
  });

  it("stays on its page when it is refused again", async () => {
    const { visitor, fields } = await sendLong();

    const answer = await visitor.post("/notes/1/add", { ...fields, text: "x".repeat(101) }, ownPage);

    expect(answer.status).toBe(422);
    expect(ownFieldsOf(await answer.text(), "note")._form_page).toBe("/notes?page=2");
  });

  it.each(["https://evil.test", "//evil.test", "/\\evil.test", "/%0d%0aX: y"])("doesn't lead to %j", async (page) => {
    const { visitor, fields } = await sendLong();

    const answer = await visitor.post("/notes/1/add", { ...fields, _form_page: page, text: "milk" }, ownPage);

    expect(answer.headers.get("Location")).toBe("/notes/1/add");
  });
});
