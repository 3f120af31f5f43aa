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
      table.receive(says("n1", { here: [bob, ann] })),
      table.receive(says("n1", { here: [ann] })),
      table.receive(says("n1", { gone: [bob] })),
    ];

    expect(changes).toEqual([[changed("bob", true), changed("ann", true)], [], [changed("bob", false)]]);
    expect([table.members("room"), table.members("hall")]).toEqual([["ann"], []]);
  });

  it("takes a complete list for all there is", () => {
    const table = new PresenceTable();
    table.receive(says("n1", { here: [ann, bob] }));

    const changes = table.receive(says("n1", { isWhole: true, here: [bob] }));

    expect([changes, table.members("room")]).toEqual([[changed("ann", false)], ["bob"]]);
  });

  it("changes nothing for a member who is on another node as well", () => {
    const table = new PresenceTable();
    table.receive(says("n1", { here: [ann] }));

    const came = table.receive(says("n2", { here: [ann] }));
    const left = table.receive(says("n1", { gone: [ann] }));

    expect([came, left, table.members("room")]).toEqual([[], [], ["ann"]]);
    expect(table.receive(says("n2", { gone: [ann] }))).toEqual([changed("ann", false)]);
  });

  it("has the first node with members by name as its leader", () => {
    const table = new PresenceTable();
    const leaders = [table.leader];
    table.receive(says("n2", { here: [ann] }));
    leaders.push(table.leader);
    table.receive(says("n1", { here: [bob] }));
    leaders.push(table.leader);
    table.receive(says("n1", { isWhole: true }));

    expect([...leaders, table.leader]).toEqual([undefined, "n2", "n1", "n2"]);
  });

  it("says who left with a node that is removed, and nothing about one that it doesn't know", () => {
    const table = new PresenceTable();
    table.receive(says("n1", { here: [ann, bob] }));
    table.receive(says("n2", { here: [bob] }));

    const left = [table.remove("n3"), table.remove("n1")];

    expect([left, table.members("room")]).toEqual([[[], [changed("ann", false)]], ["bob"]]);
  });
});
