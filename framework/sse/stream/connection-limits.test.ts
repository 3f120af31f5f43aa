import { describe, expect, it } from "vitest";
import { standardLimits } from "../broker-options.ts";
import { ConnectionLimits } from "./connection-limits.ts";

const limitsOf = (limits: { connections?: number; connectionsPerUser?: number; connectionsPerAddress?: number }) =>
  new ConnectionLimits({ ...standardLimits, ...limits });
const owner = (userId?: string, address = "") => ({ userId, address });

describe("ConnectionLimits", () => {
  it("counts all streams, those of a user and those of an address", () => {
    const all = limitsOf({ connections: 2 });
    const user = limitsOf({ connectionsPerUser: 2 });
    const address = limitsOf({ connectionsPerAddress: 2 });

    expect([1, 2, 3].map(() => all.acquire(owner()))).toEqual([null, null, "connections"]);
    expect([1, 2, 3].map(() => user.acquire(owner("ann")))).toEqual([null, null, "connectionsPerUser"]);
    expect([1, 2, 3].map(() => address.acquire(owner("ann", "192.0.2.1")))).toEqual([
      ...[null, null, "connectionsPerAddress"],
    ]);
    expect([user.acquire(owner("bob")), address.acquire(owner("ann", "192.0.2.2"))]).toEqual([null, null]);
  });

  it("counts visitors and those without an address in total alone", () => {
    const limits = limitsOf({ connectionsPerUser: 1, connectionsPerAddress: 1 });

    expect([1, 2, 3].map(() => limits.acquire(owner()))).toEqual([null, null, null]);
  });

  it("counts nothing that it refused, and looks without counting", () => {
    const limits = limitsOf({ connections: 2, connectionsPerUser: 1 });
    limits.acquire(owner("ann"));

    const looked = [limits.exceeded(owner("ann")), limits.exceeded(owner("bob")), limits.acquire(owner("ann"))];

    expect(looked).toEqual(["connectionsPerUser", null, "connectionsPerUser"]);
    expect(limits.acquire(owner("bob"))).toBeNull();
  });

  it("has room again for what was released, and only for that", () => {
    const limits = limitsOf({ connections: 3, connectionsPerUser: 2, connectionsPerAddress: 2 });
    const ann = owner("ann", "192.0.2.1");
    limits.acquire(ann);
    limits.acquire(ann);

    limits.release(ann);

    expect([limits.acquire(ann), limits.acquire(ann)]).toEqual([null, "connectionsPerUser"]);
    limits.release(ann);
    limits.release(ann);
    expect([1, 2, 3, 4].map((n) => limits.acquire(owner(`u${n}`)))).toEqual([null, null, null, "connections"]);
  });
});
