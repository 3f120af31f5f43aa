import { CompiledQuery, type DatabaseConnection, type QueryResult } from "kysely";
import { describe, expect, it } from "vitest";
import { createGate } from "../../test-support/create-gate.ts";
import type { QueryEvent } from "./query-log.ts";
import { SharedConnection, type SharedConnectionOptions } from "./shared-connection.ts";

const query = (sql: string) => CompiledQuery.raw(sql);

/** A connection whose queries end when the test says so, and fail as it says. */
function prepare(options: Partial<SharedConnectionOptions> = {}) {
  const events: QueryEvent[] = [];
  const begun: string[] = [];
  const gates = new Map<string, ReturnType<typeof createGate>>();
  const failures: unknown[] = [];
  const returned: string[] = [];
  const inner: DatabaseConnection = {
    async executeQuery<R>({ sql }: CompiledQuery): Promise<QueryResult<R>> {
      begun.push(sql);
      await gates.get(sql)?.opened;
      const failure = failures.shift();
      if (failure) throw failure;
      return { rows: [] };
    },
    async *streamQuery<R>({ sql }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
      begun.push(sql);
      try {
        for (let piece = 0; piece < 3; piece += 1) {
          const failure = piece === 1 ? failures.shift() : undefined;
          if (failure) throw failure;
          yield { rows: [] };
        }
      } finally {
        returned.push(sql);
      }
    },
  };
  const queryLog = (event: QueryEvent) => void events.push(event);
  const shared = new SharedConnection(inner, { lockWaitMs: 0, waitMs: 60_000, queryLog, ...options });
  const hold = (sql: string) => {
    const gate = createGate();
    gates.set(sql, gate);
    return gate;
  };
  return { shared, events, begun, failures, returned, hold };
}

const locked = () => Object.assign(new Error("database is locked"), { code: "SQLITE_BUSY" });

describe("SharedConnection", () => {
  it("runs one query after another, also after one that fails", async () => {
    const { shared, begun, failures, hold } = prepare();
    const [first, second] = [hold("first"), hold("second")];
    const running = ["first", "second", "third"].map((sql) => shared.executeQuery(query(sql)));
    const outcomes = Promise.allSettled(running);
    const seen: string[][] = [];

    await expect.poll(() => begun.length).toBe(1);
    seen.push([...begun]);
    failures.push(new Error("broken"));
    first.open();
    await expect.poll(() => begun.length).toBe(2);
    seen.push([...begun]);
    second.open();

    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect([...seen, begun]).toEqual([["first"], ["first", "second"], ["first", "second", "third"]]);
  });

  it("tries again while another process has the database locked, but not for ever", async () => {
    const { shared, failures, begun } = prepare({ lockWaitMs: 60_000 });
    failures.push(locked(), locked(), locked());

    await shared.executeQuery(query("insert"));

    expect(begun).toEqual(["insert", "insert", "insert", "insert"]);
  });

  it("says how long it waited for the lock", async () => {
    const { shared, failures } = prepare({ lockWaitMs: 20 });
    failures.push(...Array.from({ length: 100 }, locked));

    const error = await shared.executeQuery(query("insert")).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code: "DB_BUSY", status: 503, cause: { code: "SQLITE_BUSY" } });
    expect(Number(/for (\d+) ms/.exec(String(error))?.[1])).toBeGreaterThanOrEqual(20);
  });

  it("tries nothing again that fails for another reason", async () => {
    const { shared, failures, begun } = prepare({ lockWaitMs: 60_000 });
    failures.push(Object.assign(new Error("stale"), { code: "SQLITE_BUSY_SNAPSHOT" }));

    await expect(shared.executeQuery(query("insert"))).rejects.toThrow("stale");

    expect(begun).toEqual(["insert"]);
  });

  it("reports each query, with its error", async () => {
    const { shared, events, failures } = prepare();
    const failure = new Error("broken");

    await shared.executeQuery(query("select 1"));
    failures.push(failure);
    await shared.executeQuery(query("select 2")).catch(() => undefined);
    for await (const _piece of shared.streamQuery(query("select 3")));
    failures.push(failure);
    const failing = async () => {
      for await (const _piece of shared.streamQuery(query("select 4")));
    };
    await expect(failing()).rejects.toBe(failure);

    expect(events.map(({ query: { sql }, isStream, error }) => [sql, isStream, error])).toEqual([
      ["select 1", false, undefined],
      ["select 2", false, failure],
      ["select 3", true, undefined],
      ["select 4", true, failure],
    ]);
    expect(events.every(({ durationMs }) => durationMs >= 0 && durationMs < 60_000)).toBe(true);
    expect(Reflect.get(failure, "statement")).toBe("select 4");
  });

  it("doesn't wait for what its reports return, but hands it on", async () => {
    const gate = createGate();
    const failure = new RangeError("no report");
    const reports = [gate.opened, Promise.reject(failure)];
    const { shared, begun } = prepare({ queryLog: () => reports.shift() });

    await shared.executeQuery(query("select 1"));
    await shared.executeQuery(query("select 2"));
    const reported = shared.reports.take();
    gate.open();

    expect(begun).toEqual(["select 1", "select 2"]);
    await expect(reported).rejects.toBe(failure);
    expect(shared.reports.take()).toBeUndefined();
  });

  it("lets nothing run while a stream is read, and says so after a while", async () => {
    const { shared, begun } = prepare({ waitMs: 50 });
    const stream = shared.streamQuery(query("stream"))[Symbol.asyncIterator]();
    await stream.next();

    await expect(shared.executeQuery(query("select 1"))).rejects.toMatchObject({
      code: "DB_CONNECTION_BUSY",
      message: expect.stringContaining("50 ms"),
    });
    await stream.return?.();
    await shared.executeQuery(query("select 2"));

    expect(begun).toEqual(["stream", "select 2"]);
  });

  it("waits for a long query as long as it takes", async () => {
    const { shared, hold, begun } = prepare({ waitMs: 10 });
    const gate = hold("long");
    const long = shared.executeQuery(query("long"));
    const next = shared.executeQuery(query("next"));
    await new Promise((resolve) => setTimeout(resolve, 60));

    gate.open();
    await Promise.all([long, next]);

    expect(begun).toEqual(["long", "next"]);
  });

  it("ends the streams that nobody has read to their end, and tells who goes on reading", async () => {
    const { shared, returned, begun } = prepare();
    const stream = shared.streamQuery(query("stream"))[Symbol.asyncIterator]();
    await stream.next();

    await shared.cutStreams();
    await shared.executeQuery(query("commit"));

    expect([returned, begun]).toEqual([["stream"], ["stream", "commit"]]);
    await expect(stream.next()).rejects.toMatchObject({ code: "DB_STREAM_CUT" });
    expect((await stream.next()).done).toBe(true);
  });
});
