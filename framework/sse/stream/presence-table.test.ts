import { describe, expect, it } from "vitest";
import type { PresenceMessage, Present } from "../backplane/backplane.ts";
import { PresenceTable } from "./presence-table.ts";

const says = (node: string, facts: Partial<PresenceMessage>): PresenceMessage => ({
  ...{ kind: "presence", node, isWhole: false, here: [], gone: [] },
  ...facts,
});
const ann: Present = ["room", "ann"];
const bob: Present = ["room", "bob"];
const changed = (member: string, isHere: boolean) => ({ topic: "room", member, isHere });

describe("PresenceTable", () => {
  it("says who came and who left, and who is there, sorted", () => {
    const table = new PresenceTable();

    const changes = [
      table.receive(says("n1", { here: [bob, ann] }), 1),
      table.receive(says("n1", { here: [ann] }), 2),
      table.receive(says("n1", { gone: [bob] }), 3),
    ];

    expect(changes).toEqual([[changed("bob", true), changed("ann", true)], [], [changed("bob", false)]]);
    expect([table.members("room"), table.members("hall")]).toEqual([["ann"], []]);
  });

  it("takes a complete list for all there is", () => {
    const table = new PresenceTable();
    table.receive(says("n1", { here: [ann, bob] }), 1);

    const changes = table.receive(says("n1", { isWhole: true, here: [bob] }), 2);

    expect([changes, table.members("room")]).toEqual([[changed("ann", false)], ["bob"]]);
  });

  it("changes nothing for a member who is on another node as well", () => {
    const table = new PresenceTable();
    table.receive(says("n1", { here: [ann] }), 1);

    const came = table.receive(says("n2", { here: [ann] }), 2);
    const left = table.receive(says("n1", { gone: [ann] }), 3);

    expect([came, left, table.members("room")]).toEqual([[], [], ["ann"]]);
    expect(table.receive(says("n2", { gone: [ann] }), 4)).toEqual([changed("ann", false)]);
  });

  it("has the first node with members by name as its leader", () => {
    const table = new PresenceTable();
    const leaders = [table.leader];
    table.receive(says("n2", { here: [ann] }), 1);
    leaders.push(table.leader);
    table.receive(says("n1", { here: [bob] }), 1);
    leaders.push(table.leader);
    table.receive(says("n1", { isWhole: true }), 2);

    expect([...leaders, table.leader]).toEqual([undefined, "n2", "n1", "n2"]);
  });

  it("removes nodes that were heard before a time, unless they count as heard since", () => {
    const table = new PresenceTable();
    table.receive(says("n1", { here: [ann] }), 10);
    table.receive(says("n2", { here: [bob] }), 20);

    const early = table.expire(10);
    const expired = table.expire(11);
    table.refresh(30);

    expect([early, expired, table.expire(30), table.members("room")]).toEqual([
      [],
      [changed("ann", false)],
      [],
      ["bob"],
    ]);
  });
});
