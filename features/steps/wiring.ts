import { expect } from "@playwright/test";
import { type Config, type Kit, wire } from "buffkit";
import { Hono } from "hono";
import { Then, When } from "../support/test.ts";
import { strongSecret } from "../support/wired-app.ts";

const inMemory: Config = {
  dev: true,
  databaseUrl: "sqlite::memory:",
  logLevel: "silent",
  mail: { inboxFolder: false },
};

async function failureOf(config: Config): Promise<unknown> {
  try {
    await (await wire(new Hono(), config)).close();
    return undefined;
  } catch (error) {
    return error;
  }
}

When("an app is wired with a valid configuration", async ({ scene }) => {
  await scene.wire();
});

Then("the kit answers requests, reaches its database and has started its jobs", async ({ scene }) => {
  const { kit, url } = scene.app;
  const ready = await fetch(`${url}/readyz`);
  expect(await ready.text()).toContain("database: ok");
  expect(ready.status).toBe(200);

  const done = new Promise<string>((resolve) => {
    const job = kit.jobs.define("greet", {
      schema: anyText,
      handler: async (name) => resolve(`hello ${name}`),
      queue: "default",
    });
    void kit.jobs.enqueue(job, "Ann");
  });
  expect(await done).toBe("hello Ann");
});

/** A schema by the Standard Schema interface, so that the scenario needs no validation library. */
const anyText = {
  "~standard": { version: 1, vendor: "scenario", validate: (value: unknown) => ({ value: String(value) }) },
} as const;

Then("the version is a non-empty string", async ({ scene }) => {
  expect(scene.app.kit.version).toMatch(/^\d+\.\d+\.\d+/);
});

Then("the version says {string}", async ({ scene }, word: string) => {
  expect(scene.app.kit.version).toContain(word);
});

Then(
  "the kit has a broker, an auth store, a mail sender, an import map and a component registry",
  async ({ scene }) => {
    const { kit } = scene.app;
    const used: Record<keyof Pick<Kit, "broker" | "auth" | "mail" | "importMap" | "components">, unknown> = {
      broker: kit.broker.clientCount,
      auth: await kit.auth.users.findByEmail("nobody@example.test"),
      mail: (await kit.mail.prepare({ to: "ann@example.test", subject: "Hi", text: "Hello" })).subject,
      importMap: kit.importMap.list().length > 0,
      components: await kit.components.expand("<bk-button>Save</bk-button>"),
    };
    expect(used).toMatchObject({ broker: 0, auth: null, mail: "Hi", importMap: true });
    expect(used.components).toContain("<button");
  },
);

When("an app is wired with the auth secret {string}", async ({ scene }, authSecret: string) => {
  scene.failure = await failureOf({ ...inMemory, authSecret });
});

When("an app is wired without an auth secret", async ({ scene }) => {
  scene.failure = await failureOf(inMemory);
});

When("an app is wired with the Redis URL {string}", async ({ scene }, redisUrl: string) => {
  scene.failure = await failureOf({ ...inMemory, authSecret: strongSecret, redisUrl });
});

Then("wiring fails with {string}", async ({ scene }, text: string) => {
  expect(String(scene.failure)).toContain(text);
});

Then("the error does not show {string}", async ({ scene }, secret: string) => {
  const { failure } = scene;
  const shown =
    failure instanceof Error ? `${failure.stack}${JSON.stringify(failure)}${failure.cause}` : String(failure);
  expect(shown).not.toContain(secret);
});
