import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { MemoryBackplane } from "../backplane/memory-backplane.ts";
import { EventLog } from "../delivery/event-log.ts";
import { type EventId, parseEventId } from "../event/wire-format.ts";
import { ClientCursors } from "./client-cursors.ts";

/** A node whose log ends at 5-2 and whose backplane says which ids are foreign, and what it was asked to reach. */
function prepare(foreignEpoch?: number) {
  const reached: EventId[] = [];
  const errors: unknown[] = [];
  const backplane = new MemoryBackplane();
  backplane.reach = async (id) => {
    reached.push(id);
    return true;
  };
  backplane.isForeign = ({ epoch }) => epoch === foreignEpoch;
  const log = new EventLog({ maxEntries: 8, maxBytes: 1000, maxAgeMs: 1000 });
  log.reset({ epoch: 5, sequence: 2 });
  const error = (facts: object) => void errors.push(Reflect.get(Object(Reflect.get(facts, "err")), "code"));
  const cursors = new ClientCursors({ backplane, log: { ...silentLogger, error } }, log);
  const app = new Hono().get("/", async (c) => c.json(await cursors.read(c, parseEventId(c.req.query("region")))));
  const read = async (query: string, header?: string) => {
    const answer = await app.request(`/${query}`, { headers: header === undefined ? {} : { "Last-Event-ID": header } });
    return await answer.json();
  };
  return { read, reached, errors };
}

describe("ClientCursors", () => {
  it("reads the cursor from the header, or else from the address", async () => {
    const { read } = prepare();

    const cursors = [await read("?since=5-1"), await read("?since=5-1", "5-2"), await read(""), await read("?since=")];

    expect(cursors).toEqual([{ epoch: 5, sequence: 1 }, { epoch: 5, sequence: 2 }, null, null]);
  });

  it("doesn't know what isn't a cursor", async () => {
    expect(await prepare().read("", "yesterday")).toBe("unknown");
  });

  it("waits only for what this node has not received yet", async () => {
    const { read, reached } = prepare();

    for (const cursor of ["5-1", "5-2", "5-3"]) await read("", cursor);

    expect(reached).toEqual([{ epoch: 5, sequence: 3 }]);
  });

  it("waits for what the regions of the page show, which a node that is ahead may have drawn", async () => {
    const { read, reached } = prepare();

    for (const region of ["5-1", "5-2", "5-4"]) await read(`?region=${region}`);

    expect(reached).toEqual([{ epoch: 5, sequence: 4 }]);
  });

  it("says once that another process has told a client its cursor", async () => {
    const { read, errors } = prepare(9);

    await read("", "5-1");
    const before = [...errors];
    await read("", "9-1");
    await read("", "9-2");

    expect([before, errors]).toEqual([[], ["SSE_SEPARATE_PROCESSES"]]);
  });
});
