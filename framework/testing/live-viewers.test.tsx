import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { Hono } from "hono";
import { contextStorage, getContext, tryGetContext } from "hono/context-storage";
import { getCookie, setCookie } from "hono/cookie";
import { html } from "hono/html";
import { createContext, ErrorBoundary, Suspense, useContext } from "hono/jsx";
import { RequestContext, useRequestContext } from "hono/jsx-renderer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  CsrfField,
  Field,
  FlashArea,
  Form,
  form,
  type Html,
  LiveStream,
  live,
  type Part,
  RequireLogin,
  raw,
  renderHtml,
  setFlash,
  silentLogger,
  takeFlash,
  wire,
} from "../index.ts";
import { createTestKit, type TestKit } from "./create-test-kit.ts";

/** In everything that tells who looks at a page, and nowhere else. */
const secret = "s3cretAnn";
const site = "https://guarded.example";

const ownStorage = new AsyncLocalStorage<string>();
const Who = createContext("nobody");
const noteForm = form({
  schema: z.object({ note: z.string().max(20) }),
  fields: (f) => <f.Field name="note" label="Note" />,
});

type Asker = () => Html | Promise<Html>;

/** All ways in which a component may ask who is looking. */
const askers: Readonly<Record<string, Asker>> = {
  "the address": () => useRequestContext().req.url,
  "the query": () => useRequestContext().req.query("q"),
  "a header": () => useRequestContext().req.header("X-Secret"),
  "the raw request": () => useRequestContext().req.raw.url,
  "a cookie": () => getCookie(useRequestContext(), "secret"),
  "the user": () => useRequestContext().var.user?.name,
  "the user, by get": () => useRequestContext().get("user")?.name,
  "the session": () => useRequestContext().var.session?.id,
  "the token of forms": () => useRequestContext().var.csrfToken,
  "the context of requests": () => useContext(RequestContext)?.var.user?.name,
  "the context of requests, carefully": () => {
    const c: unknown = useContext(RequestContext);
    return typeof c === "object" && c !== null && "var" in c ? String(c.var) : "nobody";
  },
  "a copy of the request": () => JSON.stringify({ ...useRequestContext() }),
  "flash messages": () => <FlashArea messages={takeFlash(useRequestContext())} />,
  "the cursor of the page": () => <LiveStream since={useRequestContext().var.liveCursor} />,
  "another live region": () => <Guarded id="inner" />,
  "the field with the token": () => <CsrfField />,
  "a field of a form around the region": () => <Field name="note" label="Note" />,
  "a form that was refused": () => <noteForm.Form id="note" action="/note" />,
  "a context around the region": () => useContext(Who),
  "hono's storage": () => getContext().var.user?.name,
  "hono's storage, carefully": () => tryGetContext()?.var.user?.name ?? "nobody",
  "a storage of the app": () => ownStorage.getStore() ?? "nobody",
  "a tag": () => raw("<bk-who></bk-who>"),
  "a tag that asks carefully": () => raw("<bk-who-else></bk-who-else>"),
};

/** Where in a region it may be. */
const places: Readonly<Record<string, (Asker: Asker) => Html | Promise<Html>>> = {
  "in an element": (Asker) => (
    <p>
      <Asker />
    </p>
  ),
  "in a fragment": (Asker) => (
    <>
      {null}
      <Asker />
    </>
  ),
  "in a list": (Asker) => [1, 2].map(() => <Asker />),
  "in a template": (Asker) => html`<p>${<Asker />}</p>`,
  "in a promise": (Asker) => Promise.resolve(<Asker />),
  "in another context": (Asker) => (
    <Other.Provider value="other">
      <Asker />
    </Other.Provider>
  ),
  "as a child": (Asker) => (
    <Frame>
      <Asker />
    </Frame>
  ),
  "after a moment": async (Asker) => {
    await pause(0);
    return <Asker />;
  },
  "called after a moment": async (Asker) => {
    await pause(0);
    return await Asker();
  },
  "rendered on its own": async (Asker) => raw(await renderHtml(<Asker />)),
  "in Suspense": (Asker) => (
    <Suspense fallback="…">
      <Asker />
    </Suspense>
  ),
  "where errors are caught": (Asker) => (
    <ErrorBoundary fallback="failed">
      <Asker />
    </ErrorBoundary>
  ),
};
const Other = createContext("");
const Frame = ({ children }: { readonly children?: Html }) => <div class="frame">{children}</div>;

/** What the region shows, by its key; nothing until then. */
const shown = new Map<string, Asker>();
let count = 0;
let ticks = 0;

const Guarded = live({
  name: "guarded",
  params: z.object({ id: z.string() }),
  grant: RequireLogin,
  load: () => ++ticks,
  render: (tick, { params: { id } }) => {
    const Asker = shown.get(id);
    return (
      <div>
        <b id="tick">{tick}</b>
        {Asker ? <Asker /> : null}
      </div>
    );
  },
});

/** Given what isn't JSON. */
const Given = live({
  name: "given",
  params: z.looseObject({ id: z.string() }),
  grant: RequireLogin,
  load: () => ++ticks,
  render: (tick, { params }) => (
    <div>
      <b>{tick}</b>
      {Object.values(params).map((value) => (typeof value === "function" ? value() : String(value)))}
    </div>
  ),
});

function Page({ name, children }: { readonly name: string; readonly children?: Html }) {
  return (
    <Who.Provider value={name}>
      <Form action="/" old={{ note: name }}>
        <section>{children}</section>
      </Form>
    </Who.Provider>
  );
}

const part: Part = {
  name: "guarded",
  live: [Guarded, Given],
  mount(app, kit) {
    app.use(contextStorage());
    app.use((c, next) => ownStorage.run(`${c.var.user?.name}`, next));
    app.get("/guarded/:id", RequireLogin, (c) => {
      const region = <Guarded id={c.req.param("id")} />;
      return c.render(<Page name={c.var.user.name}>{region}</Page>, { title: "Guarded" });
    });
    app.get("/outside/:id", RequireLogin, (c) => {
      const Asker = shown.get(c.req.param("id")) ?? (() => null);
      const page = (
        <Page name={c.var.user.name}>
          <Asker />
        </Page>
      );
      return c.render(page, { title: "Outside" });
    });
    app.get("/given/:id", RequireLogin, (c) => {
      const { name } = c.var.user;
      const Name = () => <i>{name}</i>;
      const more = { tell: () => name, element: <Name />, children: <Name /> };
      return c.render(
        <section>
          <Given id={c.req.param("id")} {...more} />
        </section>,
        { title: "Given" },
      );
    });
    app.post("/changed/:id", RequireLogin, async (c) => {
      await kit.live.changed(Guarded, { id: c.req.param("id") });
      return c.body(null, 204);
    });
    app.post("/flash", (c) => {
      setFlash(c, "info", secret);
      setCookie(c, "secret", secret);
      return c.body(null, 204);
    });
    app.post(
      "/note",
      noteForm.handle(() => noteForm.refuse({ note: "No." })),
    );
    kit.components.register("bk-who", () => useRequestContext().var.user?.name);
    kit.components.register("bk-who-else", () => tryGetContext()?.var.user?.name ?? ownStorage.getStore() ?? "nobody");
  },
};

interface World {
  readonly test: TestKit;
  readonly ann: TestKit["client"];
  readonly ben: TestKit["client"];
  /** Codes of what went wrong with a region. */
  readonly failures: string[];
}

let worlds: { readonly development: World; readonly production: World };

async function createWorld(dev: boolean): Promise<World> {
  const failures: string[] = [];
  const note = (facts: object) => failures.push(codeOf(Reflect.get(facts, "err")));
  const test = await createTestKit(
    async (config) => {
      const app = new Hono();
      return { app, kit: await wire(app, { ...config, parts: [part] }) };
    },
    { dev, mail: "log", appUrl: site, log: { ...silentLogger, error: (facts) => void note(facts) } },
  );
  const ann = test.client.as(await test.createUser({ name: secret }));
  return { test, ann, ben: test.client.as(await test.createUser({ name: "Ben" })), failures };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = Reflect.get(error, "code");
  return code === undefined || code === "COMPONENTS_RENDER_FAILED"
    ? error.cause === undefined
      ? error.message
      : codeOf(error.cause)
    : String(code);
}

/** What Ann's own page shows of the region, and what Ben, who had it open before, is sent because of Ann. */
async function draw({ test, ann, ben, failures }: World, Asker: Asker) {
  const id = `case-${++count}`;
  await ben.get(`/guarded/${id}`);
  const events = await ben.listen();
  await test.kit.live.settled();
  shown.set(id, Asker);
  failures.length = 0;
  const { renders } = test.kit.live.stats();

  await ann.post(`/changed/${id}`);
  await test.kit.live.settled();
  const [failed] = failures;
  const sent = failed === undefined ? (await events.next()).data : "";
  const drawn = test.kit.live.stats().renders - renders;

  await leaveTraces(ann, `/guarded/${id}`);
  const page = await ann.request(`/guarded/${id}?q=${secret}`, { headers: { "X-Secret": secret } });
  const region = /<div id="live-guarded-[\s\S]*?<\/section>/.exec(await page.text())?.[0] ?? "";
  await events.close();
  return { failed, drawn, sent, region };
}

/** A flash message, a cookie, and input that was refused. */
async function leaveTraces(client: TestKit["client"], path: string): Promise<void> {
  await client.post("/flash");
  const body = new URLSearchParams({ _form_id: "note", note: secret.repeat(3) });
  await client.request("/note", { method: "POST", body, headers: { Referer: `${site}${path}` } });
}

/** What Ann sees of a component outside of regions. */
async function drawOutside({ ann }: World, Asker: Asker): Promise<string> {
  const id = `case-${++count}`;
  shown.set(id, Asker);
  await leaveTraces(ann, `/outside/${id}`);
  const page = await ann.request(`/outside/${id}?q=${secret}`, { headers: { "X-Secret": secret } });
  return /<section>[\s\S]*?<\/section>/.exec(await page.text())?.[0] ?? "";
}

beforeAll(async () => {
  worlds = { development: await createWorld(true), production: await createWorld(false) };
});
afterAll(async () => {
  for (const { test } of Object.values(worlds)) await test.close();
});

describe("a component in a live region that asks who is looking", () => {
  it("fails, or is told what it would be told without a visitor", { timeout: 30_000 }, async () => {
    const answers: [string, string][] = [];
    for (const [name, Asker] of Object.entries(askers)) {
      const { failed, region } = await draw(worlds.production, Asker);
      answers.push([name, failed ?? textOf(region)]);
    }

    expect(answers.filter(([, answer]) => answer !== "LIVE_READS_VIEWER")).toEqual([
      ["the context of requests, carefully", "nobody"],
      ["a copy of the request", "{}"],
      ["the field with the token", ""],
      ["a field of a form around the region", "Note [note=]"],
      ["a form that was refused", "[_form_id=note]Note [note=]"],
      ["a context around the region", "nobody"],
      ["hono's storage", "Context is not available"],
      ["hono's storage, carefully", "nobody"],
      ["a storage of the app", "nobody"],
      ["a tag that asks carefully", "nobody"],
    ]);
  });

  it("would be told outside of regions", { timeout: 30_000 }, async () => {
    const told: string[] = [];
    for (const [name, Asker] of Object.entries(askers)) {
      const text = await drawOutside(worlds.production, Asker);
      if (text.includes(secret) || /name="_csrf"|since=/.test(text)) told.push(name);
    }

    expect(Object.keys(askers).filter((name) => !told.includes(name))).toEqual([
      "the session",
      "the token of forms",
      "the context of requests, carefully",
      "a copy of the request",
      // The layout has shown them.
      "flash messages",
      "another live region",
      "a tag",
      "a tag that asks carefully",
    ]);
  });

  it("never shows anybody to others, wherever in the region it is", { timeout: 120_000 }, async () => {
    const seen = { failed: 0, drawn: 0 };
    const anyOf = <T,>(values: Readonly<Record<string, T>>) => fc.constantFrom(...Object.keys(values));

    await fc.assert(
      fc.asyncProperty(anyOf(askers), anyOf(places), anyOf(places), anyOf(worlds), async (who, inner, outer, which) => {
        const [asker, wrap, wrapAgain] = [askers[who], places[inner], places[outer]];
        const world = which === "production" ? worlds.production : worlds.development;
        if (!asker || !wrap || !wrapAgain) throw new RangeError("not one of them");

        const { failed, drawn, sent, region } = await draw(world, () => wrapAgain(() => wrap(asker)));

        expect(drawn).toBeGreaterThan(0);
        expect(region !== "").toBe(failed === undefined);
        expect(sent + region).not.toContain(secret);
        expect(sent + region).not.toMatch(/name="_csrf"|since=/);
        if (failed === undefined) seen.drawn += 1;
        else seen.failed += 1;
      }),
      { numRuns: Number(process.env.TIMES ?? 1) * 60 },
    );

    expect(seen.failed).toBeGreaterThan(5);
    expect(seen.drawn).toBeGreaterThan(5);
  });
});

describe("a live region that is given elements and functions of a page", () => {
  it("gets what JSON keeps of them, in the page as well", async () => {
    const { ann, ben } = worlds.production;

    const pages = await Promise.all([ann, ben].map((client) => client.request("/given/one")));

    const [anns = "", bens = ""] = await Promise.all(pages.map((page) => page.text()));
    expect(/<section>[\s\S]*?<\/section>/.exec(anns)?.[0]).toContain("[object Object]");
    expect(/<section>[\s\S]*?<\/section>/.exec(anns)?.[0]).not.toContain(secret);
    expect(bens).not.toContain(secret);
  });
});

/** What somebody reads, and the fields. */
function textOf(region: string): string {
  return region
    .replace(/^.*<\/b>/, "")
    .replace(/<input[^>]* name="(\w+)"[^>]*?(?: value="([^"]*)")?\/>/g, (_, name, value = "") => `[${name}=${value}]`)
    .replace(/<\/label>/g, " ")
    .replace(/<[^>]*>/g, "");
}
