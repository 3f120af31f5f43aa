import { describe, expect, it } from "vitest";
import { z } from "zod";
import { done } from "./answers.ts";
import { form, idFor } from "./define-form.tsx";
import { createFormsApp, htmx, live, ownFieldsOf, Visitor } from "./test-forms.tsx";

const noteForm = form({
  schema: z.object({
    text: z.string().trim().min(1, "Write a few words.").max(2000),
    color: z.enum(["red", "blue"]).optional(),
    pin: z.string().optional(),
  }),
  fields: (f) => (
    <>
      <f.Field name="text" label="Your note" />
      <f.Field name="color" label="Color" />
      <f.Field name="pin" label="Pin" type="password" />
      <f.Submit>Add</f.Submit>
    </>
  ),
});

function createApp(options: { to?: string; user?: () => string } = {}) {
  const { app, logLines } = createFormsApp(options);
  const notes: string[] = [];
  app.get("/notes", (c) =>
    c.render(
      <>
        <noteForm.Form action="/notes" class="wide" />
        <noteForm.Form action="/notes" id="second" />
      </>,
      { title: "Notes" },
    ),
  );
  app.get("/board/:id", (c) => c.render(<p>Board</p>, { title: "Board" }));
  app.post(
    "/notes",
    noteForm.handle(async ({ data }) => {
      if (data.text === "taken") return noteForm.refuse({ text: "Taken.", _form: ["Not today."] });
      if (data.text === "broken") throw new RangeError("broken");
      notes.push(data.text);
      return done({ flash: "Added.", ...(options.to ? { to: options.to } : {}) });
    }),
  );
  return { app, logLines, notes, visitor: new Visitor(app) };
}

describe("an accepted form", () => {
  it("sends a plain post back to its page, with the flash message", async () => {
    const { visitor, notes } = createApp();

    const answer = await visitor.post("/notes", { text: " milk " });

    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/notes?page=2"]);
    expect(notes).toEqual(["milk"]);
    expect(await visitor.get("/notes")).toContain("Added.");
  });

  it("sends a plain post to the page that the handler names", async () => {
    const answer = await createApp({ to: "/board/7" }).visitor.post("/notes", { text: "milk" });

    expect(answer.headers.get("Location")).toBe("/board/7");
  });

  it.each(["https://evil.test/notes", "nonsense", ""])("doesn't go back to the referrer %j", async (Referer) => {
    const answer = await createApp().visitor.post("/notes", { text: "milk" }, { Referer });

    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/"]);
  });

  it("gives a live page an empty form with a new key, and the flash message", async () => {
    const { visitor } = createApp();
    const own = ownFieldsOf(await visitor.get("/notes"), "form-notes");

    const answer = await visitor.post("/notes", { ...own, text: "milk" }, live);

    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect([answer.headers.get("HX-Retarget"), answer.headers.get("HX-Reswap")]).toEqual(["#form-notes", "innerHTML"]);
    expect(html).toContain('name="text"');
    expect(html).not.toContain("milk");
    expect(html).toMatch(/<hx-partial hx-target="#bk-flash".*Added\./);
    expect(ownFieldsOf(html, "")).toMatchObject({
      _form_id: "form-notes",
      _form_key: expect.not.stringMatching(own._form_key ?? ""),
    });
  });

  it("reads the page again if no stream brings the change", async () => {
    const { visitor } = createApp();

    const answer = await visitor.post("/notes", { text: "milk" }, htmx);

    expect(answer.headers.get("HX-Location")).toBe('{"path":"/notes?page=2","replace":"true"}');
    expect(await visitor.get("/notes")).toContain("Added.");
  });

  it("stays on the page that the handler names, also if the page has a search in its URL", async () => {
    const answer = await createApp({ to: "/notes" }).visitor.post("/notes", { text: "milk" }, live);

    expect([answer.status, answer.headers.get("HX-Location")]).toEqual([200, null]);
  });

  it("takes htmx to the page that the handler names", async () => {
    const answer = await createApp({ to: "/board/7" }).visitor.post("/notes", { text: "milk" }, live);

    expect(answer.headers.get("HX-Location")).toBe("/board/7");
  });

  it("goes on showing the values of a form that edits", async () => {
    const { app, visitor } = createApp();
    app.get("/edit", (c) =>
      c.render(<noteForm.Form action="/notes" id="edit" values={{ text: "old" }} />, { title: "" }),
    );
    const page = await visitor.get("/edit");

    const answer = await visitor.post("/notes", { ...ownFieldsOf(page, "edit"), text: "new" }, live);

    expect(page).toContain('value="old"');
    expect(await answer.text()).toContain('value="new"');
    expect(answer.headers.get("HX-Reswap")).toBe("innerMorph");
  });
});

describe("a refused form", () => {
  it("clears the message of the form that was accepted before", async () => {
    const answer = await createApp().visitor.post("/notes", { text: " " }, live);

    expect(await answer.text()).toMatch(/<hx-partial hx-target="#bk-flash" hx-swap="innerHTML"><\/hx-partial>$/);
  });

  it("comes back alone to htmx, in its place, with the focus on the first problem", async () => {
    const { visitor, notes } = createApp();

    const answer = await visitor.post("/notes", { _form_id: "second", text: " ", color: "green" }, live);

    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect([answer.headers.get("HX-Retarget"), answer.headers.get("HX-Reswap")]).toEqual(["#second", "innerMorph"]);
    expect(html).not.toContain("<html");
    expect(html).toMatch(/<input autofocus="" id="second-text" [^>]*aria-invalid="true"/);
    expect(html.match(/autofocus/g)).toHaveLength(1);
    expect(html).toContain('value="green"');
    expect(notes).toEqual([]);
  });

  it("sends a plain post back to its page, which shows the problems and the input once", async () => {
    const { visitor } = createApp();

    const answer = await visitor.post("/notes", { _form_id: "form-notes", text: " ", color: "green", pin: "1234" });

    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/notes?page=2"]);
    const page = await visitor.get("/notes");
    expect(page).toContain('<p class="bk-problem" id="form-notes-text-problem">Write a few words.</p>');
    expect(page).toContain('value="green"');
    expect(page).not.toContain('id="second-text-problem"');
    expect(page).not.toContain("1234");
    expect(await visitor.get("/notes")).not.toContain("Write a few words.");
  });

  it("shows what the handler refused, at the fields and for the form as a whole", async () => {
    const { visitor } = createApp();

    const htmxAnswer = await (await visitor.post("/notes", { text: "taken" }, live)).text();
    await visitor.post("/notes", { _form_id: "second", text: "taken" });
    const page = await visitor.get("/notes");

    for (const html of [htmxAnswer, page]) {
      expect(html).toContain(">Taken.</p>");
      expect(html).toMatch(/role="alert"><p>Not today\.<\/p>/);
      expect(html).toContain('value="taken"');
    }
  });

  it("is a page of its own if the browser doesn't say where it came from", async () => {
    const answer = await createApp().visitor.post("/notes", { text: " ", color: "green" }, { Referer: "" });

    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain("<html");
    expect(html).toMatch(/<form [^>]*action="\/notes"/);
    expect(html).toContain('value="green"');
  });

  it("is a page of its own if the handler says so", async () => {
    const { app, visitor } = createApp();
    app.post(
      "/gone",
      noteForm.handle(() => noteForm.refuse({ text: "Gone." }, { ownPage: true })),
    );

    const answer = await visitor.post("/gone", { text: "milk" });

    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('value="milk"');
    expect(html).toContain("Gone.");
  });

  it("is a page of its own if the input doesn't fit in a cookie", async () => {
    const text = "long ".repeat(1000);

    const answer = await createApp().visitor.post("/notes", { text });

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(text.trim().slice(0, 100));
  });

  it("isn't shown to another user of the same browser", async () => {
    let user = "ann";
    const { visitor } = createApp({ user: () => user });
    await visitor.post("/notes", { _form_id: "form-notes", text: "taken" });

    user = "bob";

    expect(await visitor.get("/notes")).not.toContain("taken");
  });

  it("ignores an id that could be part of a selector or markup", async () => {
    const answer = await createApp().visitor.post("/notes", { _form_id: 'a"><b> *', text: " " }, live);

    expect(answer.headers.get("HX-Retarget")).toBe("#form");
    expect(await answer.text()).not.toContain("<b>");
  });
});

describe("a handler that throws", () => {
  it("keeps what was typed for the page, and the same post is tried again", async () => {
    const { visitor } = createApp();
    const own = ownFieldsOf(await visitor.get("/notes"), "form-notes");

    const first = await visitor.post("/notes", { ...own, text: "broken", pin: "1234" });
    const again = await visitor.post("/notes", { ...own, text: "broken", pin: "1234" });

    expect([first.status, again.status]).toEqual([500, 500]);
    const page = await visitor.get("/notes");
    expect(page).toContain('value="broken"');
    expect(page).not.toContain("1234");
  });

  it("says so if it returned nothing", async () => {
    const { app, visitor } = createApp();
    app.post("/silent", noteForm.handle((() => undefined) as never));

    const answer = await visitor.post("/silent", { text: "milk" });

    expect(await answer.text()).toBe("The handler of the form at /silent returned nothing.");
  });

  it("may answer by itself", async () => {
    const { app, visitor } = createApp();
    app.post(
      "/own",
      noteForm.handle(({ c }) => c.text("own", 202)),
    );

    const answer = await visitor.post("/own", { text: "milk" });

    expect([answer.status, await answer.text()]).toEqual([202, "own"]);
  });
});

describe("the ids of forms", () => {
  it("differ for rows with the same form, so that each keeps its own problems", async () => {
    const { app, visitor } = createApp();
    app.get("/rows", (c) =>
      c.render(
        ["a", "b"].map((id) => <noteForm.Form action={`/notes/${id}`} values={{ text: id }} />),
        { title: "" },
      ),
    );
    app.post(
      "/notes/:id",
      noteForm.handle(() => done()),
    );

    await visitor.post("/notes/b", { _form_id: "form-notes-b", text: " " });
    const page = await visitor.get("/rows");

    expect(page).toContain('id="form-notes-b-text-problem"');
    expect(page).not.toContain('id="form-notes-a-text-problem"');
    expect(page).toContain('value="a"');
  });

  it("come from the action", () => {
    expect(["/", "/notes", "/notes/7?x=1", "/ä/b.c", "/ö/b.c"].map(idFor)).toEqual([
      "form",
      "form-notes",
      "form-notes-7",
      "form-6c-b-c",
      "form-6u-b-c",
    ]);
  });

  it("can't be any text", () => {
    expect(() => String(<noteForm.Form action="/notes" id="7 b" />)).toThrow(/can't be the id of a form/);
  });
});
