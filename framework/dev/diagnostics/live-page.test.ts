import { describe, expect, it } from "vitest";
import { type LiveReport, type OpenRegion, type RegionUpdate, UpdateHistory } from "../../live/index.ts";
import { createTestApp, textOf } from "../test-app.ts";

function withReport(open: readonly OpenRegion[] = []) {
  const report: LiveReport = { history: new UpdateHistory(), open };
  return { ...createTestApp({ kit: { live: { report } } }), report };
}

const update: RegionUpdate = {
  region: "tickets",
  params: '{"q":"printer"}',
  at: 0,
  tables: ["tickets"],
  statements: ['delete from "tickets" where "id" = ?'],
  pages: 2,
  bytes: 480,
  ms: 1.5,
};

describe("/__dev/live", () => {
  it("says that nothing is open and nothing has changed", async () => {
    const page = await textOf(withReport().app.request("/__dev/live"));

    expect(page).toContain("No page shows a live region.");
    expect(page).toContain("Nothing has changed yet.");
  });

  it("shows what is open, for whom, and what it reads", async () => {
    const audiences = [
      { audience: "owner", pages: 1 },
      { audience: "member", pages: 3 },
    ];
    const { app } = withReport([{ region: "board", params: "{}", reads: ["cards (board_id)"], audiences }]);

    const page = await textOf(app.request("/__dev/live"));

    for (const words of ["board", "owner: 1, member: 3", "4 pages", "cards (board_id)"]) expect(page).toContain(words);
  });

  it("warns of a region that reads what can't be seen", async () => {
    const { app } = withReport([{ region: "totals", params: "{}", reads: ["*"], audiences: [] }]);

    expect(await textOf(app.request("/__dev/live"))).toContain("it is loaded after every change");
  });

  it("shows each update with the statement that caused it and what it cost", async () => {
    const { app, report } = withReport();
    report.history.add(update);
    report.history.add({ ...update, tables: ["notes"], statements: [], pages: 0, bytes: 0 });
    report.history.add({ ...update, error: "no such table: tickets" });

    const page = await textOf(app.request("/__dev/live"));

    for (const words of [
      "printer",
      "delete from",
      "480 bytes to 2 pages",
      "1.5 ms",
      "nothing to send",
      "no such table",
    ])
      expect(page).toContain(words);
  });

  it("tells open pages of it", () => {
    const { report } = withReport();
    let told = 0;
    const stop = report.history.onChange(() => {
      told += 1;
    });

    report.history.add(update);
    report.history.tell();
    stop();
    report.history.add(update);

    expect(told).toBe(2);
  });

  it("forgets the oldest of more than 200 updates", () => {
    const history = new UpdateHistory();
    for (let number = 0; number < 205; number += 1) history.add({ ...update, ms: number });

    expect(history.latest).toHaveLength(200);
    expect(history.latest.map(({ ms }) => ms).slice(-1)).toEqual([5]);
  });
});
