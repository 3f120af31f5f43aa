import { describe, expect, it } from "vitest";
import type { ControlMessage, StreamSelector } from "../backplane/backplane.ts";
import { RecentCommands } from "./recent-commands.ts";

const command = (selector: StreamSelector, reason = ""): ControlMessage => ({
  kind: "control",
  action: "disconnect",
  selector,
  reason,
});
const ann = { userId: "ann", sessionId: "s1" };

describe("RecentCommands", () => {
  it.each([
    ["its user", { user: "ann" }, true],
    ["another user", { user: "bob" }, false],
    ["its session", { session: "s1" }, true],
    ["another session", { session: "s2" }, false],
    ["a topic it asked for", { topic: "room" }, true],
    ["another topic", { topic: "hall" }, false],
    ["an open connection", { connection: "c1" }, false],
  ] satisfies [string, StreamSelector, boolean][])(
    "applies to a new stream if it is about %s",
    (_about, selector, applies) => {
      const commands = new RecentCommands();
      commands.add(command(selector), 1_000);

      expect(commands.find(ann, ["room"], 1_000) !== undefined).toBe(applies);
    },
  );

  it("applies to nobody who isn't logged in, by user or session", () => {
    const commands = new RecentCommands();
    commands.add(command({ user: "ann" }), 1_000);
    commands.add(command({ session: "s1" }), 1_000);

    expect(commands.find({}, [], 0)).toBeUndefined();
  });

  it("finds the latest since a time", () => {
    const commands = new RecentCommands();
    commands.add(command({ user: "ann" }, "first"), 1_000);
    commands.add(command({ user: "ann" }, "second"), 1_001);
    commands.add(command({ user: "bob" }, "third"), 1_002);

    const found = [1_000, 1_001, 1_002].map((since) => commands.find(ann, [], since)?.reason);

    expect(found).toEqual(["second", "second", undefined]);
  });

  it("remembers them for half a minute", () => {
    const commands = new RecentCommands();
    commands.add(command({ user: "ann" }), 1_000);

    commands.add(command({ user: "bob" }), 31_000);
    const atTheEnd = commands.find(ann, [], 0);
    commands.add(command({ user: "bob" }), 31_001);

    expect([atTheEnd === undefined, commands.find(ann, [], 0)]).toEqual([false, undefined]);
  });

  it("remembers the last thousand", () => {
    const commands = new RecentCommands();
    commands.add(command({ user: "ann" }), 1_000);
    const addOthers = (count: number) => {
      for (let n = 0; n < count; n += 1) commands.add(command({ user: "bob" }), 1_000);
    };

    addOthers(999);
    const before = commands.find(ann, [], 0);
    addOthers(1);

    expect([before === undefined, commands.find(ann, [], 0)]).toEqual([false, undefined]);
  });
});
