import { Duplex } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { closeSocket, type LentConnection, ServerPool } from "./server-pool.ts";
import { ServerWatch } from "./server-watch.ts";

/** A connection that replies, or doesn't, and says whether it was discarded. */
class TestConnection implements LentConnection {
  idleSince: number | undefined;
  pings = 0;
  isDiscarded = false;
  readonly #reply: () => Promise<unknown>;

  constructor(idleMs: number | undefined, reply: () => Promise<unknown> = async () => undefined) {
    this.idleSince = idleMs === undefined ? undefined : performance.now() - idleMs;
    this.#reply = reply;
  }

  ping(): Promise<unknown> {
    this.pings += 1;
    return this.#reply();
  }

  discard(): void {
    this.isDiscarded = true;
  }
}

const silent = () => new Promise<never>(() => {});
const broken = () => Promise.reject(Object.assign(new Error("gone"), { code: "ECONNRESET" }));

function prepare({ queryTimeoutMs = 15_000 } = {}) {
  const lost: unknown[] = [];
  const ended: unknown[] = [];
  const watch = new ServerWatch({ log: silentLogger, check: async () => undefined });
  watch.lost = (error) => void lost.push(Reflect.get(Object(error), "code"));
  const endOnServer = async (connection: unknown) => {
    ended.push(connection);
    throw new Error("it has ended by itself");
  };
  return { pool: new ServerPool({ watch, queryTimeoutMs, endOnServer }), watch, lost, ended };
}

/** Lends what is taken from the front of the list. */
async function lendFrom(pool: ServerPool, connections: readonly TestConnection[]): Promise<TestConnection> {
  const left = [...connections];
  return await pool.lend(async () => {
    const next = left.shift();
    if (next === undefined) throw new RangeError("none left");
    return next;
  });
}

describe("ServerPool", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("trusts a connection that is new or was in use a moment ago, and asks others first", async () => {
    const { pool, lost } = prepare();
    const [fresh, recent, idle] = [new TestConnection(undefined), new TestConnection(999), new TestConnection(1000)];

    const lent = [await lendFrom(pool, [fresh]), await lendFrom(pool, [recent]), await lendFrom(pool, [idle])];

    expect(lent).toEqual([fresh, recent, idle]);
    expect(lent.map(({ pings, isDiscarded }) => [pings, isDiscarded])).toEqual([
      [0, false],
      [0, false],
      [1, false],
    ]);
    expect([lost, vi.getTimerCount()]).toEqual([[], 0]);
  });

  it("trusts none that was in use while the server is away", async () => {
    const { pool, watch } = prepare();
    vi.spyOn(watch, "isAway", "get").mockReturnValue(true);

    const { pings } = await lendFrom(pool, [new TestConnection(10)]);

    expect(pings).toBe(1);
  });

  it.each([
    ["is broken", broken, 0],
    ["doesn't reply within two seconds", silent, 2000],
  ])(
    "replaces one that %s, and those that were idle at the same time without asking them",
    async (_name, reply, waitMs) => {
      const { pool, lost } = prepare();
      const [dead, too, fresh] = [
        new TestConnection(5000, reply),
        new TestConnection(3000),
        new TestConnection(undefined),
      ];

      const lending = lendFrom(pool, [dead, too, fresh]);
      await vi.advanceTimersByTimeAsync(waitMs);

      expect(await lending).toBe(fresh);
      expect([dead, too].map(({ pings, isDiscarded }) => [pings, isDiscarded])).toEqual([
        [1, true],
        [0, true],
      ]);
      expect(lost).toEqual(["DB_CONNECTION_SILENT"]);
    },
  );

  it("counts those that wait and those that are in use", async () => {
    const { pool, lost } = prepare();
    const counts: unknown[] = [];

    const lending = lendFrom(pool, [new TestConnection(undefined)]);
    counts.push([pool.waiting, pool.inUse]);
    await lending;
    counts.push([pool.waiting, pool.inUse]);
    pool.giveBack();
    await expect(lendFrom(pool, [])).rejects.toThrow("none left");
    counts.push([pool.waiting, pool.inUse]);

    expect(counts).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    expect(lost).toEqual([]);
  });

  it("lets the server be looked at when none can be opened", async () => {
    const { pool, lost } = prepare();

    await expect(pool.lend(broken)).rejects.toThrow("gone");

    expect(lost).toEqual(["ECONNRESET"]);
  });

  it("drops the connection of a query that breaks or takes too long, but not of one that fails", async () => {
    const { pool, lost } = prepare({ queryTimeoutMs: 500 });
    const drops: unknown[] = [];
    const run = (query: () => Promise<unknown>) => pool.run(query, (isAtWork) => void drops.push(isAtWork));

    await expect(run(() => Promise.reject(new RangeError("no such table")))).rejects.toThrow("no such table");
    const failed = [...drops];
    await expect(run(broken)).rejects.toThrow("gone");
    const tooLong = expect(run(silent)).rejects.toMatchObject({ code: "DB_QUERY_TIMEOUT" });
    await vi.advanceTimersByTimeAsync(500);
    await tooLong;

    expect([failed, drops, lost]).toEqual([[], [false, true], ["ECONNRESET"]]);
  });

  it("closes a socket, and tells the server to end what it does for it if it knows both numbers", () => {
    const { pool, ended } = prepare();
    const sockets = [new Duplex(), Object.assign(new Duplex(), { localPort: 5001 })];
    const [nameless, named] = sockets.map((stream) => ({ stream }));

    pool.drop(nameless, 7);
    pool.drop(named, 8);
    pool.drop({ stream: Object.assign(new Duplex(), { localPort: 5002 }) });

    expect([ended, sockets.map(({ destroyed }) => destroyed)]).toEqual([[{ id: 8, port: 5001 }], [true, true]]);
  });
});

describe("closeSocket", () => {
  it("leaves alone what has no socket", () => {
    expect([closeSocket(null), closeSocket({}), closeSocket({ stream: "text" })]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });
});
