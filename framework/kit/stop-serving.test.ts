import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { silentLogger } from "../base/index.ts";
import { startSSE } from "../sse/index.ts";
import { createGate } from "../test-support/create-gate.ts";
import { openStream } from "../test-support/test-stream.ts";
import { createKit } from "./create-kit.ts";
import type { Kit } from "./kit.ts";
import type { Part } from "./part.ts";
import { type RunningServer, type ServeOptions, serve } from "./serve.ts";

interface Started {
  readonly app: Hono;
  readonly kit: Kit;
  readonly server: RunningServer;
  readonly url: string;
}

const opened: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close().catch(() => undefined)));
});

async function start(
  options: ServeOptions = {},
  mount: Part["mount"] = () => {},
  close?: Part["close"],
): Promise<Started> {
  const app = new Hono();
  const kit = await createKit(app, {
    dev: true,
    authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
    databaseUrl: "sqlite::memory:",
    log: silentLogger,
    parts: [{ name: "test", mount, ...(close ? { close } : {}) }],
    sse: { authorizeTopic: () => true },
  });
  const server = await serve(app, kit, { port: 0, ...options });
  opened.push(server);
  return { app, kit, server, url: `http://127.0.0.1:${server.port}` };
}

const never = () => new Promise<never>(() => undefined);

async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").setEncoding("utf8");
  await once(socket, "connect");
  return socket;
}

function send(socket: Socket, path: string): void {
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
}

describe("closing a server", () => {
  it("ends streams that handlers started themselves", async () => {
    const { server, kit, url } = await start({}, (app) => {
      app.get("/ticks", (c) => startSSE(c).run(never));
    });
    const stream = await openStream(`${url}/ticks`);
    expect(kit.broker.stats().writers).toBe(1);

    await server.close();
    await stream.ended();

    expect(kit.broker.stats().writers).toBe(0);
    expect(stream.retries).toHaveLength(1);
  });

  it("cuts off a request that never ends when the grace period is over", async () => {
    const { server, url } = await start({ graceMs: 2_200 }, (app) => {
      app.get("/stuck", never);
    });
    const answer = fetch(`${url}/stuck`).catch((error: Error) => error);
    await expect.poll(() => fetch(`${url}/healthz`).then((found) => found.status)).toBe(200);

    await server.close();

    expect(await answer).toBeInstanceOf(Error);
  });

  it("ends although a part never closes, closes everything else, and says which part it was", async () => {
    const { server, kit } = await start({ graceMs: 200 }, () => {}, never);

    await expect(server.close()).rejects.toMatchObject({
      code: "KIT_CLOSE_TIMED_OUT",
      message: expect.stringContaining("part test"),
    });

    await expect(kit.db.selectFrom("users").selectAll().execute()).rejects.toThrow();
  });

  it("closes everything else when a part fails to close", async () => {
    const { server, kit } = await start(
      {},
      () => {},
      () => {
        throw new RangeError("stuck");
      },
    );

    await expect(server.close()).rejects.toThrow("stuck");

    await expect(kit.db.selectFrom("users").selectAll().execute()).rejects.toThrow();
  });

  it("ends although the database doesn't answer", async () => {
    const { server, kit } = await start({ graceMs: 200 });
    Object.assign(kit.db, { destroy: never });

    await expect(server.close()).rejects.toMatchObject({ message: expect.stringContaining("database") });
  });

  it("still accepts connections for a while, but says that it isn't ready", async () => {
    const { server, kit, url } = await start({ lameDuckMs: 60_000, graceMs: 5_000 });

    const closing = server.close();
    const answer = await fetch(`${url}/readyz`);

    expect([answer.status, kit.isDraining]).toEqual([503, true]);
    await closing;
  });

  it("tells a client whose request is in progress to close the connection", async () => {
    const gate = createGate();
    const { server } = await start({}, (app) => {
      app.get("/slow", async (c) => {
        await gate.opened;
        return c.text("done");
      });
    });
    const socket = await openSocket(server.port);
    send(socket, "/slow");
    await expect.poll(() => socket.bytesWritten).toBeGreaterThan(0);
    await fetch(`http://127.0.0.1:${server.port}/healthz`);

    const closing = server.close();
    await expect.poll(() => fetch(`http://127.0.0.1:${server.port}/healthz`).catch(() => "refused")).toBe("refused");
    gate.open();
    const answer = (await socket.toArray()).join("");

    expect(answer).toMatch(/connection: close/i);
    expect(answer).toMatch(/done$/);
    await closing;
  });

  it("tells a connection that is never idle to close, instead of cutting it off", async () => {
    const { server } = await start({ graceMs: 20_000, lameDuckMs: 1_000 }, (app) => {
      app.get("/x", (c) => c.text("x"));
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = () =>
      new Promise<string>((resolve) => {
        const sent = request({ port: server.port, host: "127.0.0.1", path: "/x", agent }, (response) => {
          response.resume().on("end", () => resolve(response.headers.connection ?? ""));
        });
        sent.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "failed"));
        sent.end();
      });
    await ask();

    const closing = server.close();
    const answers: string[] = [];
    while (answers.at(-1) !== "ECONNREFUSED") answers.push(await ask());
    await closing;

    const told = answers.filter((answer) => answer !== "keep-alive");
    expect(told).toEqual(["close", "ECONNREFUSED"]);
  });

  it("doesn't wait for idle connections", async () => {
    const { server } = await start({ graceMs: 20_000 });
    const [idle, unused] = [await openSocket(server.port), await openSocket(server.port)];
    send(idle, "/healthz");
    await once(idle, "data");
    const startedAt = performance.now();

    await server.close();

    expect(performance.now() - startedAt).toBeLessThan(4_000);
    await Promise.all([idle, unused].map((socket) => (socket.closed ? undefined : once(socket.resume(), "close"))));
  });

  it("keeps an idle connection for longer than common proxies do, or for as long as it is told", async () => {
    const usual = await start();
    const other = await start({ keepAliveMs: 610_000 });

    const answers = [await fetch(`${usual.url}/healthz`), await fetch(`${other.url}/healthz`)];

    expect(answers.map(({ headers }) => headers.get("keep-alive"))).toEqual(["timeout=125", "timeout=610"]);
  });
});

describe("while the server stops", () => {
  it("a request in progress can still broadcast, and open streams hear it", async () => {
    const gate = createGate();
    const { server, url } = await start({}, (app, kit) => {
      app.get("/change", async (c) => {
        await gate.opened;
        await kit.broker.broadcast("change", "late", { to: "news" });
        return c.text("told");
      });
    });
    const stream = await openStream(`${url}/events?topic=news`);
    await stream.event("bk:hello");
    const answer = fetch(`${url}/change`);
    await fetch(`${url}/healthz`);

    const closing = server.close();
    gate.open();

    expect((await answer).status).toBe(200);
    await closing;
    await stream.ended();
    expect(stream.data("change")).toEqual(["late"]);
  });

  it("a job in progress finishes and can still broadcast, and no other job starts", async () => {
    const [started, gate] = [createGate(), createGate()];
    const ran: number[] = [];
    const { server, kit, url } = await start({}, (_app, { jobs, broker }) => {
      jobs.define("tell", {
        schema: z.object({ n: z.number() }),
        handler: async ({ n }) => {
          ran.push(n);
          started.open();
          await gate.opened;
          await broker.broadcast("job", String(n), { to: "news" });
        },
      });
    });
    const stream = await openStream(`${url}/events?topic=news`);
    await stream.event("bk:hello");
    await kit.jobs.start();
    await kit.jobs.enqueue("tell", { n: 1 });
    await started.opened;

    const closing = server.close();
    await kit.jobs.enqueue("tell", { n: 2 });
    gate.open();
    await closing;
    await stream.ended();

    expect(stream.data("job")).toEqual(["1"]);
    expect(ran).toEqual([1]);
  });

  it("jobs obey the same grace period", async () => {
    const started = createGate();
    const { server, kit } = await start({ graceMs: 400 }, (_app, { jobs }) => {
      jobs.define("stuck", {
        schema: z.object({}),
        handler: async () => {
          started.open();
          await never();
        },
      });
    });
    await kit.jobs.start();
    await kit.jobs.enqueue("stuck", {});
    await started.opened;
    const startedAt = performance.now();

    await server.close();

    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
