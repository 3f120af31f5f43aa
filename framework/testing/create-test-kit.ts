import type { Hono } from "hono";
import type { UserRecord } from "../auth/index.ts";
import { silentLogger } from "../base/index.ts";
import { type Config, type CreateApp, callCreateApp, type Kit } from "../kit/index.ts";
import { createTestClient, type TestClient } from "./client/test-client.ts";
import { createUser, type NewUser } from "./create-user.ts";
import { createMailbox, type Mailbox } from "./mailbox.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";
import type { TestEvents } from "./test-events.ts";
import { readTestProject } from "./test-project.ts";

/** The configuration that a test may change. */
export interface TestConfig extends Omit<Config, "clock"> {
  readonly clock?: TestClock;
}

/** The app under test, and what a test does with it. */
export interface TestKit extends AsyncDisposable {
  readonly app: Hono;
  readonly kit: Kit;
  /** A visitor who isn't logged in. */
  readonly client: TestClient;
  /** Another visitor, with cookies of their own. */
  createClient(): TestClient;
  /** The same as `createUser(kit, user)`. */
  createUser(user: NewUser): Promise<UserRecord>;
  readonly mailbox: Mailbox;
  /** The app's clock. It stands still until the test advances it. */
  readonly clock: TestClock;
  /** Ends the streams and closes the kit. `await using` does this at the end of the test. */
  close(): Promise<void>;
}

/**
 * Builds the real app for a test: a migrated in-memory database, a clock that stands still, emails that stay in memory, no log. `config`
 * overrides these settings. Default `root`: that of the project in the working directory. The caller closes the kit.
 */
export async function createTestKit(createApp: CreateApp, config: TestConfig = {}): Promise<TestKit> {
  const { clock = createTestClock() } = config;
  const defaults = {
    dev: true,
    log: silentLogger,
    logLevel: "silent",
    authSecret: "only-for-tests-3b0f9a1c5d7e2468ace013579bdf8642",
    databaseUrl: "sqlite::memory:",
    migrate: true,
    root: config.root ?? readTestProject().root,
  };
  const { app, kit } = await callCreateApp(createApp, { ...defaults, ...config, clock });
  const streams = new Set<TestEvents>();
  const createClient = () => createTestClient({ app, kit, onListen: (events) => streams.add(events) });

  async function close(): Promise<void> {
    await Promise.all([...streams].map((events) => events.close()));
    await kit.close();
  }

  return {
    ...{ app, kit, clock, createClient, close },
    client: createClient(),
    createUser: (user) => createUser(kit, user),
    mailbox: createMailbox(kit),
    [Symbol.asyncDispose]: close,
  };
}
