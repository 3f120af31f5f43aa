import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fileField } from "../uploads/file-field.ts";
import { done } from "./answers.ts";
import { form } from "./define-form.tsx";
import { createFormsApp, live, Visitor } from "./test-forms.tsx";

const sizes = [
  { value: "s", label: "Small" },
  { value: "l", label: "Large" },
];
const colors = [
  { value: "red", label: "Red" },
  { value: "blue", label: "Blue" },
];

const orderForm = form({
  schema: z.object({
    name: z.string().min(3, "Too short."),
    note: z.string().optional(),
    size: z.enum(["s", "l"]).optional(),
    color: z.enum(["red", "blue"]).optional(),
    extras: z.array(z.enum(["red", "blue"])).max(1, "Only one."),
    tags: z.array(z.enum(["s", "l"])),
    gift: z.coerce.boolean().default(false),
    stage: z.string().default("todo"),
    password: z.string().optional(),
  }),
  fields: (f, { people }: { people: readonly string[] }) => (
    <>
      <f.Hidden name="stage" value="todo" />
      <f.Field name="name" label="Name" />
      <f.Field name="note" label="Note" type="textarea" />
      <f.Field name="size" label="Size" type="radio" options={sizes} />
      <f.Field name="color" label="Color" type="select" options={colors} />
      <f.Field name="extras" label="Extras" type="checkbox" options={colors} />
      <f.Field name="tags" label="Tags" type="select" options={sizes} multiple />
      <f.Field name="gift" label="As a gift" type="checkbox" />
      <f.Field name="password" label="Password" type="password" />
      <p>{people.join(", ")}</p>
    </>
  ),
});

const values = {
  name: "Ann",
  note: "A <b>",
  size: "l",
  color: "blue",
  extras: ["red", "blue"],
  tags: ["s", "l"],
  gift: true,
  stage: "done",
  password: "hunter2hunter2",
};

function createApp() {
  const { app, logLines } = createFormsApp();
  const people = ["Ann", "Bob"];
  app.get("/notes", (c) => c.render(<orderForm.Form action="/orders" given={{ people }} />, { title: "" }));
  app.get("/edit", (c) =>
    c.render(<orderForm.Form action="/orders" given={{ people }} values={values} />, { title: "" }),
  );
  app.post(
    "/orders",
    orderForm.handle(
      ({ data }) => done({ flash: JSON.stringify(data) }),
      (_c, old) => ({ people: [...people, old.name ?? ""] }),
    ),
  );
  return { logLines, visitor: new Visitor(app) };
}

function expectChoices(html: string): void {
  expect(html).toContain('name="size" type="radio" id="form-orders-size-2" value="l" checked=""');
  expect(html).not.toContain('value="s" checked');
  expect(html).toContain('<option value="blue" selected="">');
  expect(html).toContain('name="extras" type="checkbox" id="form-orders-extras-1" value="red" checked=""');
  expect(html).toContain('id="form-orders-extras-2" value="blue" checked=""');
  expect(html).toContain('<option value="s" selected="">Small</option><option value="l" selected="">Large</option>');
  expect(html).toContain('name="gift" type="checkbox" value="on" checked=""');
  expect(html).toContain(">\nA &lt;b&gt;</textarea>");
  expect(html).toContain('name="stage" value="done"');
  expect(html).not.toContain("hunter2");
}

describe("the values of a form", () => {
  it("are shown for editing, never a password", async () => {
    expectChoices(await createApp().visitor.get("/edit"));
  });

  it("come back to htmx with what the fields were given", async () => {
    const sent = { ...values, gift: "on", name: "A", _form_id: "form-orders" };

    const answer = await createApp().visitor.post("/orders", sent, live);

    const html = await answer.text();
    expectChoices(html);
    expect(html).toContain("<p>Ann, Bob, A</p>");
    expect(html).toContain("Only one.");
  });

  it("come back to the page without JavaScript, also after everything was unchecked", async () => {
    const { visitor } = createApp();

    await visitor.post("/orders", { ...values, gift: "on", name: "A", _form_id: "form-orders" });
    expectChoices(await visitor.get("/edit"));
    await visitor.post("/orders", { name: "A", _form_id: "form-orders" });

    const page = await visitor.get("/edit");
    expect(page).toContain("Too short.");
    expect(page).not.toContain("checked");
  });

  it("include hidden ones, which a new form keeps", async () => {
    const answer = await createApp().visitor.post("/orders", { name: "Anna", stage: "done" }, live);

    expect(await answer.text()).toContain('name="stage" value="done"');
  });
});

describe("a field that doesn't fit the schema", () => {
  it("is an error if the form shows it", () => {
    const wrong = form({
      schema: z.object({ text: z.string() }),
      fields: (f) => <f.Field name={"txt" as "text"} label="Text" />,
    });

    expect(() => String(<wrong.Form action="/" />)).toThrow(/shows the field "txt", but its schema has only text/);
  });

  it("is ignored if it was sent, and in development the log says what to do", async () => {
    const { visitor, logLines } = createApp();

    const answer = await visitor.post("/orders", { name: "Anna", nmae: "x" });

    expect(answer.status).toBe(303);
    expect(logLines.join("")).toMatch(/the form sends nmae, which its schema doesn't have/);
  });

  it("has its problems shown with those of the form, if the form doesn't show it", async () => {
    const { app } = createFormsApp();
    const hiding = form({
      schema: z.object({ text: z.string().optional(), count: z.coerce.number({ error: "How many?" }) }),
      fields: (f) => <f.Field name="text" label="Text" />,
    });
    app.post(
      "/hiding",
      hiding.handle(() => done()),
    );

    const answer = await new Visitor(app).post("/hiding", { text: "a" }, live);

    expect(await answer.text()).toMatch(/role="alert"><p>How many\?<\/p>/);
  });
});

describe("a form with a file", () => {
  const pictureForm = form({
    schema: z.object({ name: z.string().min(3, "Too short."), picture: fileField() }),
    fields: (f) => (
      <>
        <f.Field name="name" label="Name" />
        <f.Field name="picture" label="Picture" type="file" />
      </>
    ),
  });

  it("is sent as multipart, by itself", () => {
    const html = String(<pictureForm.Form action="/pictures" />);

    expect(html).toContain('enctype="multipart/form-data" hx-encoding="multipart/form-data"');
  });

  it("reads the file, and leaves it out of what comes back", async () => {
    const { app } = createFormsApp();
    const png = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0]);
    let size = 0;
    app.get("/notes", (c) => c.render(<pictureForm.Form action="/pictures" />, { title: "" }));
    app.post(
      "/pictures",
      pictureForm.handle(({ data }) => {
        size = data.picture?.bytes.length ?? 0;
        return done();
      }),
    );
    const visitor = new Visitor(app);
    const picture = new File([png], "a.png", { type: "image/png" });

    await visitor.post("/pictures", { name: "Ann", picture });
    await visitor.post("/pictures", { name: "A", picture, _form_id: "form-pictures" });

    expect(size).toBe(9);
    const page = await visitor.get("/notes");
    expect(page).toContain("Too short.");
    expect(page).toContain('value="A"');
  });

  it("can't show a file that the schema doesn't have", () => {
    const wrong = form({
      schema: z.object({ picture: z.string() }),
      fields: (f) => <f.Field name="picture" label="Picture" type="file" />,
    });

    expect(() => String(<wrong.Form action="/" />)).toThrow(/Use fileField|only send the file's name/);
  });
});

describe("the check of a field", () => {
  it("answers the problems of this field only, and handles nothing", async () => {
    const { visitor } = createApp();

    const wrong = await visitor.post("/orders", { name: "A", size: "xl" }, { "X-Check-Field": "name" });
    const right = await visitor.post("/orders", { name: "Ann", size: "xl" }, { "X-Check-Field": "name" });

    expect(await wrong.json()).toEqual({ problems: ["Too short."] });
    expect(await right.json()).toEqual({ problems: [] });
    expect(wrong.headers.get("Cache-Control")).toBe("no-store");
  });

  it("doesn't handle the form, whatever it asks for", async () => {
    const { visitor } = createApp();

    const answer = await visitor.post("/orders", { name: "Anna" }, { "X-Check-Field": "__proto__" });

    expect(await answer.json()).toEqual({ problems: [] });
  });
});
