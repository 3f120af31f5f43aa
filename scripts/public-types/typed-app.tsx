// An app in which nothing is annotated: what the framework infers is compared with what it must be, and each wrong use must be an error.
import {
  Button,
  Card,
  Dropdown,
  done,
  everybody,
  Field,
  Form,
  form,
  type Generated,
  type Handler,
  type LoggedIn,
  type Part,
  Partial,
  RequireLogin,
  readForm,
  wire,
} from "buffkit";
import { Hono } from "hono";
import { z } from "zod";

declare module "buffkit" {
  interface Events {
    price: { id: string; cents: number };
  }
  interface Tables {
    notes: { id: string; text: string; created_at: number; likes: Generated<number> };
  }
}

type Equal<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
const is = <_Fact extends true>() => undefined;

const noteForm = z.object({ title: z.string().min(1), count: z.coerce.number() });

const app = new Hono();
const kit = await wire(app, {
  appName: "Typed",
  auth: { afterLogin: "/notes", hooks: { afterLogin: (user) => void is<Equal<typeof user.email, string>>() } },
  layout: ({ title, children }) => (
    <html lang="en">
      <title>{title}</title>
      <body>{children}</body>
    </html>
  ),
});

/** Handlers and pages. */
app.get("/notes/:id", RequireLogin, async (c) => {
  is<Equal<typeof c.var.kit, typeof kit>>();
  const id = c.req.param("id");
  is<Equal<typeof id, string>>();
  // @ts-expect-error: the path has no such parameter.
  c.req.param("slug").length;
  is<Equal<typeof c.var.user.email, string>>();

  const note = await kit.db.selectFrom("notes").select(["text", "likes"]).where("id", "=", id).executeTakeFirst();
  is<Equal<typeof note, { text: string; likes: number } | undefined>>();
  // @ts-expect-error: the table has no such column.
  kit.db.selectFrom("notes").select("txt");
  // @ts-expect-error: there is no such table.
  kit.db.selectFrom("note");
  // @ts-expect-error: a new note needs a text.
  kit.db.insertInto("notes").values({ id, created_at: 1 });

  // @ts-expect-error: a page has a title.
  c.render(<p>{note?.text}</p>, {});
  // @ts-expect-error: a title is text.
  c.render(<p>{note?.text}</p>, { title: 1 });
  return c.render(<p>{note?.text}</p>, { title: "A note" });
});

/** Forms. */
app.post("/notes", async (c) => {
  const form = await readForm(c, noteForm);
  // @ts-expect-error: it is not known yet whether the form is right.
  form.data;
  if (!form.ok) {
    const page = (
      <Form action="/notes" problems={form.problems} old={form.old}>
        <Field name="title" label="Title" required />
      </Form>
    );
    return c.render(page, { title: "New note", status: 422 });
  }
  is<Equal<typeof form.data, { title: string; count: number }>>();
  // @ts-expect-error: the form has no such field.
  form.data.tilte;
  return c.redirect("/notes", 303);
});
// @ts-expect-error: a form says where it goes.
const formWithoutAction = () => <Form />;
// @ts-expect-error: a field has a label.
const fieldWithoutLabel = () => <Field name="title" />;
void [formWithoutAction, fieldWithoutLabel];

/** Props and attributes of components: those of the element, of htmx, `aria-*` and `data-*`. */
const spread = { id: "a", "hx-post": "/a", "data-reset": true } as const;
const known = () => [
  <Button variant="primary" href="/a" target="_blank" hx-boost="true" aria-label="Go" data-a="1" key="a" />,
  <Card heading="A" id="a" hx-get="/a" hx-target:inherited="#a" />,
  <Dropdown label="A" open aria-busy="true" spellcheck={false} />,
  <Form action="/a" novalidate class="a" {...spread} />,
  <Field name="a" label="A" type="textarea" rows={4} required hx-trigger="input" aria-keyshortcuts="A" />,
];
// @ts-expect-error: a misspelt prop.
const misspeltVariant = () => <Button varient="primary" />;
// @ts-expect-error: a misspelt attribute of htmx.
const misspeltHtmxAttribute = () => <Field name="a" label="A" hx-pots="/a" />;
// @ts-expect-error: a misspelt attribute of the element.
const misspeltMethod = () => <Form action="/a" methd="get" />;
// @ts-expect-error: htmx knows no such way to swap.
const wrongSwap = () => <Form action="/a" hx-swap="outerMorf" />;
// @ts-expect-error: a misspelt aria attribute.
const misspeltAria = () => <Card aria-lable="A" />;
// @ts-expect-error: an empty aria attribute means nothing.
const emptyAria = () => <Card aria-busy />;
// @ts-expect-error: there is no such type of control.
const wrongType = () => <Field name="a" label="A" type="emial" />;
// @ts-expect-error: what is spread is checked as well.
const wrongSpread = () => <Dropdown label="A" {...{ grupo: "a" }} />;
void [
  known,
  misspeltVariant,
  misspeltHtmxAttribute,
  misspeltMethod,
  wrongSwap,
  misspeltAria,
  emptyAria,
  wrongType,
  wrongSpread,
];

/** Broadcasts. */
void kit.broker.broadcast("price", { id: "a", cents: 100 }, { to: everybody });
// @ts-expect-error: the event carries cents as well.
void kit.broker.broadcast("price", { id: "a" }, { to: everybody });
// @ts-expect-error: there is no such event.
void kit.broker.broadcast("prize", { id: "a", cents: 100 }, { to: everybody });
void kit.broker.broadcastHTML(<Partial target="#notes">new</Partial>, { to: "notes" });
// @ts-expect-error: a partial says where it goes.
void kit.broker.broadcastHTML(<Partial>new</Partial>, { to: everybody });

/** Jobs. */
const resize = kit.jobs.define("resize", {
  schema: z.object({ image: z.string(), width: z.number().default(640) }),
  async handler(payload, { attempt }) {
    is<Equal<typeof payload, { image: string; width: number }>>();
    is<Equal<typeof attempt, number>>();
  },
});
void kit.jobs.enqueue(resize, { image: "a.png" });
// @ts-expect-error: a width is a number.
void kit.jobs.enqueue(resize, { image: "a.png", width: "640" });
// @ts-expect-error: an image is needed.
void kit.jobs.schedule(resize, "0 3 * * *", {});

/** Parts and settings. */
const part: Part = {
  name: "typed",
  mount(router, mounted) {
    is<Equal<typeof mounted, typeof kit>>();
    router.get("/", (c) => c.text("ok"));
  },
};
// @ts-expect-error: a part has a name.
void wire(app, { parts: [{ mount: part.mount }] });
// @ts-expect-error: there is no such setting.
void wire(app, { databseUrl: "sqlite::memory:" });

/** Defined forms: field names come from the schema, and the handler knows the path and what the guards checked. */
const cardForm = form({
  schema: z.object({ title: z.string().min(1), stage: z.enum(["todo", "done"]).default("todo") }),
  fields: (f, { stages }: { stages: readonly string[] }) => (
    <>
      <f.Hidden name="stage" value="todo" />
      <f.Field name="title" label="Title" required hint={stages.join()} />
      {/* @ts-expect-error: the schema has no such field. */}
      <f.Field name="titel" label="Title" />
      {/* @ts-expect-error: a misspelt attribute. */}
      <f.Submit disbaled>Add</f.Submit>
    </>
  ),
});
const textForm = form({
  schema: z.object({ text: z.string() }),
  fields: (f) => <f.Field name="text" label="Text" />,
});
const formsPart: Part = {
  name: "forms",
  mount(router) {
    router.post(
      "/boards/:board/cards",
      RequireLogin,
      cardForm.handle(
        async ({ data, c }) => {
          is<Equal<typeof data, { title: string; stage: "todo" | "done" }>>();
          const board = c.req.param("board");
          is<Equal<typeof board, string>>();
          is<Equal<typeof c.var.user.email, string>>();
          // @ts-expect-error: the path has no such parameter.
          c.req.param("slug").length;
          // @ts-expect-error: the schema has no such field.
          if (data.title === "") return cardForm.refuse({ titel: "Taken." });
          if (board === "full") return cardForm.refuse({ title: "Taken.", _form: ["This board is full."] });
          return done({ flash: "Added.", to: `/boards/${board}` });
        },
        (c, old) => ({ stages: [c.req.path, old.stage ?? ""] }),
      ),
    );
    router.post(
      "/texts",
      textForm.handle(({ c }) => {
        // @ts-expect-error: nobody may be logged in, as no guard was named.
        c.var.user.email;
        return done();
      }),
    );
    // @ts-expect-error: a handler returns what becomes of the form.
    const forgotten = textForm.handle(async ({ data }) => void data);
    // @ts-expect-error: what the fields are given has to be read again.
    const unread = cardForm.handle(() => done());
    router.post("/forgotten", forgotten).post("/unread", unread);
  },
};
const ownFile: Handler<"/boards/:board/cards", LoggedIn> = textForm.handle(({ c }) => {
  is<Equal<typeof c.var.user.email, string>>();
  return done({ to: `/boards/${c.req.param("board")}` });
});
void ownFile;
const formsInPages = () => [
  <textForm.Form action="/texts" id="texts" class="wide" values={{ text: "a" }} hx-confirm="Sure?" />,
  <cardForm.Form action="/boards/7/cards" given={{ stages: [] }} values={{ title: "a" }} />,
];
// @ts-expect-error: the fields need to be given the stages.
const formWithoutGiven = () => <cardForm.Form action="/boards/7/cards" />;
// @ts-expect-error: the schema has no such field.
const formWithWrongValues = () => <textForm.Form action="/texts" values={{ txt: "a" }} />;
// @ts-expect-error: a misspelt attribute of htmx.
const formWithWrongAttribute = () => <textForm.Form action="/texts" hx-pots="/a" />;
void [formsPart, formsInPages, formWithoutGiven, formWithWrongValues, formWithWrongAttribute];
