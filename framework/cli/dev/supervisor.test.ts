import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Supervisor } from "./supervisor.ts";

let folder: string;
let supervisor: Supervisor;
let spawned: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "buffkit-supervisor-"));
  // Says when it starts and ends, and takes its time to end.
  writeFileSync(
    join(folder, "child.mjs"),
    `import { appendFileSync } from "node:fs";
const say = (what) => appendFileSync("log", what + process.env.NUMBER + " ");
process.on("SIGTERM", () => setTimeout(() => { say("end"); process.exit(0); }, 150));
say("start");
setInterval(() => {}, 1000);
`,
  );
  spawned = 0;
  supervisor = new Supervisor({
    args: ["child.mjs"],
    folder,
    environment: (starts) => {
      spawned += 1;
      return { ...process.env, NUMBER: String(starts) };
    },
    onExit: () => {},
  });
});

afterEach(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true, force: true });
});

const log = () => {
  try {
    return readFileSync(join(folder, "log"), "utf8").trim();
  } catch {
    return "";
  }
};
const patience = { timeout: 15_000 };

describe("Supervisor", () => {
  it("never runs two children, however quickly restarts follow one another", async () => {
    supervisor.start();
    await expect.poll(log, patience).toBe("start0");

    await Promise.all([supervisor.restart(), supervisor.restart(), supervisor.restart()]);

    await expect.poll(log, patience).toBe("start0 end0 start1");
    expect(spawned).toBe(2);
  });

  it("starts no child after it was stopped in the middle of a restart", async () => {
    supervisor.start();
    await expect.poll(log, patience).toBe("start0");

    const restarted = supervisor.restart();
    await supervisor.stop();
    await restarted;

    expect(log()).toBe("start0 end0");
    expect(spawned).toBe(1);
  });
});
