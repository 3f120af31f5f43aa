// An app in which nothing is annotated: what the framework infers is compared with what it must be, and each wrong use must be an error.
import {
  Button,
  Card,
  Dropdown,
  Field,
  Form,
  type Generated,
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
void kit.broker.broadcast("price", { id: "a", cents: 100 });
// @ts-expect-error: the event carries cents as well.
void kit.broker.broadcast("price", { id: "a" });
// @ts-expect-error: there is no such event.
void kit.broker.broadcast("prize", { id: "a", cents: 100 });
void kit.broker.broadcastHTML(<Partial target="#notes">new</Partial>, { to: "notes" });
// @ts-expect-error: a partial says where it goes.
void kit.broker.broadcastHTML(<Partial>new</Partial>);

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
