import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { createGuard, RequireLogin, RequireVerifiedEmail } from "../../auth/index.ts";
import type { Logger } from "../../base/index.ts";
import { silentLogger } from "../../base/index.ts";
import { everybody } from "../../sse/index.ts";
import { createUser, logInAs } from "../../testing/index.ts";
import { createKit } from "../create-kit.ts";
import type { Kit } from "../kit.ts";
import type { Config } from "../settings/config.ts";

const RequireLuck = createGuard({
  name: "RequireLuck",
  allows() {
    throw new RangeError("out of luck");
  },
});

let kit: Kit;
let app: Hono;
let logged: unknown[];

afterEach(() => kit.close());

async function start(config: Config = {}) {
  logged = [];
  const keep = (facts: object, text: string) => void logged.push({ ...facts, text });
  const log: Logger = { ...silentLogger, warn: keep, error: keep };
  app = new Hono();
  kit = await createKit(app, {
    dev: true,
    authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
    databaseUrl: "sqlite::memory:",
    log,
    worker: false,
    parts: [
      {
        name: "notes",
        topics: {
          news: everybody,
          notes: RequireLogin,
          "note:*": RequireVerifiedEmail,
          luck: RequireLuck,
          // As written by somebody who doesn't compile.
          forgetful: (() => {}) as unknown as () => boolean,
          "own:*": (c, _topic, rest) => c.var.user?.id === rest,
        },
        mount() {},
      },
    ],
    ...config,
  });
}

async function statusOf(topic: string, cookie?: string): Promise<number> {
  const headers: Record<string, string> = { "Sec-Fetch-Site": "same-origin", ...(cookie ? { Cookie: cookie } : {}) };
  const response = await app.request(`/events?topic=${encodeURIComponent(topic)}`, { headers });
  await response.body?.cancel();
  return response.status;
}

describe("the topics of parts", () => {
  it("are open to those whom their guards and rules let in", async () => {
    await start();
    const ann = await createUser(kit, { name: "Ann" });
    const bob = await createUser(kit, { name: "Bob", isVerified: false });
    const [annsCookie, bobsCookie] = [await logInAs(kit, ann), await logInAs(kit, bob)];

    const answers = async (topic: string) => [
      await statusOf(topic),
      await statusOf(topic, bobsCookie),
      await statusOf(topic, annsCookie),
    ];

    expect(await answers("news")).toEqual([200, 200, 200]);
    expect(await answers("notes")).toEqual([403, 200, 200]);
    expect(await answers("note:7")).toEqual([403, 403, 200]);
    expect(await answers(`own:${bob.id}`)).toEqual([403, 200, 403]);
  });

  it("are refused to everyone, with a line in the log, when a guard throws", async () => {
    await start();
    const cookie = await logInAs(kit, await createUser(kit, { name: "Ann" }));

    expect(await statusOf("luck", cookie)).toBe(403);
    expect(logged).toContainEqual(
      expect.objectContaining({ topic: "luck", err: expect.objectContaining({ message: "out of luck" }) }),
    );
  });

  it("are refused if nobody declared them, with the line to add in the log and in the response", async () => {
    await start();

    const response = await app.request("/events?topic=board:7");

    const line = 'topics: { "board:*": RequireLogin }';
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining(line)]);
    expect(logged).toContainEqual(expect.objectContaining({ reason: expect.stringContaining(line) }));
  });

  it("leave what they don't declare to sse.authorizeTopic, and nothing else", async () => {
    const asked: string[] = [];
    await start({ sse: { authorizeTopic: (_c, topic) => asked.push(topic) > 0 } });

    expect(await statusOf("board:7")).toBe(200);
    expect(await statusOf("notes")).toBe(403);
    expect(await statusOf("forgetful")).toBe(403);
    expect(asked).toEqual(["board:7"]);
  });

  it("aren't named to anyone in production", async () => {
    await start({ dev: false, appUrl: "https://app.example", mail: "log", migrate: true });

    const response = await app.request("https://app.example/events?topic=board:7", {
      headers: { Host: "app.example" },
    });

    expect([response.status, await response.text()]).toEqual([403, "Forbidden"]);
  });
});
