import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRateLimiter } from "./rate-limiter.ts";
import { createRedisRateLimits } from "./redis-rate-limits.ts";

/** Enough of a Redis server to see what it is asked. It begins to answer a script, but never ends. */
class SlowRedis {
  readonly commands: string[][] = [];
  readonly #sockets = new Set<Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #server: Server = createServer((socket) => this.#serve(socket));

  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const { port } = this.#server.address() as AddressInfo; // a TCP server that listens has such an address
    return `redis://127.0.0.1:${port}`;
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  get connections(): number {
    return this.#sockets.size;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      for (const command of parseCommands(chunk.toString())) {
        this.commands.push(command);
        this.#answer(socket, command[0]?.toLowerCase());
      }
    });
  }

  #answer(socket: Socket, name: string | undefined): void {
    if (name === "info") socket.write("$9\r\nloading:0\r\n");
    else if (name === "ping") socket.write("+PONG\r\n");
    else if (name !== "eval") socket.write("+OK\r\n");
    else {
      // One byte now and then, as a sign of life.
      socket.write("$100000\r\n");
      this.#timers.add(setInterval(() => socket.write("x"), 100));
    }
  }
}

/** Requests are lists of texts with their lengths; none of the texts here holds a carriage return. */
function parseCommands(text: string): string[][] {
  return text
    .split(/\*\d+\r\n/)
    .filter((command) => command !== "")
    .map((command) => command.split(/\$\d+\r\n/).flatMap((part) => (part === "" ? [] : [part.slice(0, -2)])));
}

describe("createRedisRateLimits", () => {
  let server: SlowRedis;
  let url: string;
  const rule = { name: "login", limit: 1, windowMs: 1000.2 };

  beforeEach(async () => {
    server = new SlowRedis();
    url = await server.start();
  });

  afterEach(() => server.stop());

  it("refuses when Redis doesn't answer in time, although it is still there", async () => {
    const limiter = createRateLimiter({ store: await createRedisRateLimits(url) });

    await expect(limiter.consume(rule, "a")).rejects.toMatchObject({
      code: "SECURE_UNREACHABLE_COUNTERS",
      cause: { message: "Command timed out" },
    });
    await limiter.close();
  });

  it("keeps its counters under a prefix, for whole milliseconds", async () => {
    const [own, others] = [await createRedisRateLimits(url), await createRedisRateLimits(url, "other")];

    await own.set("a", 2, 1000.2);
    await own.delete("a");
    await others.set("a", 3, 5000);
    own.add("b", 1, 1000.2).catch(() => undefined);

    await expect.poll(() => server.commands.some(([name]) => name === "eval")).toBe(true);
    const sent = server.commands.filter(([name]) => ["set", "del", "eval"].includes(name ?? ""));
    expect(sent.map((command) => command.filter((part) => !part.includes("redis.call")))).toEqual([
      ["set", "buffkit:limit:a", "2", "PX", "1001"],
      ["del", "buffkit:limit:a"],
      ["set", "other:a", "3", "PX", "5000"],
      ["eval", "1", "buffkit:limit:b", "1", "1001"],
    ]);
    await Promise.all([own.close(), others.close()]);
  });

  it("refuses at once while there is no connection", async () => {
    const store = await createRedisRateLimits("redis://127.0.0.1:1");

    const away = { code: "SECURE_REDIS_NOT_READY", status: 503 };
    await expect(store.add("a", 1, 1000)).rejects.toMatchObject(away);
    await expect(store.set("a", 1, 1000)).rejects.toMatchObject(away);
    await expect(store.delete("a")).rejects.toMatchObject(away);
    await store.close();
  });

  it("closes its connection", async () => {
    const store = await createRedisRateLimits(url);
    const before = server.connections;

    await store.close();

    await expect.poll(() => server.connections).toBe(0);
    expect(before).toBe(1);
  });

  it("leaves expired counters to Redis", async () => {
    const store = await createRedisRateLimits(url);

    expect(await store.deleteExpired()).toBe(0);
    await store.close();
  });
});
