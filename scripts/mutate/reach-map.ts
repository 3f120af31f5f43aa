import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findFunctions } from "./function-names.ts";
import type { ParsedSources } from "./parsed-sources.ts";
import { markFunctions } from "./reach-marks.ts";
import { sourcesOf } from "./room-files.ts";
import { TestProcess } from "./test-process.ts";
import { copyTree } from "./tree-copy.ts";

/** What a test file does: the functions that it calls, also in processes that it starts. */
export interface Reach {
  readonly hash: string;
  readonly durationMs: number;
  /** It fails without any mutation, so it can't notice one. */
  readonly isBroken: boolean;
  readonly functions: readonly string[];
  /** The rooms whose functions were marked. */
  readonly rooms: readonly string[];
}

export interface ReachMap {
  /** The functions of the sources when they were marked. */
  readonly functions: readonly string[];
  readonly tests: Readonly<Record<string, Reach>>;
}

export interface ReachSubject {
  readonly root: string;
  readonly rooms: readonly string[];
  readonly tests: readonly string[];
  readonly parsed: ParsedSources;
}

/**
 * Runs each test once on marked sources. The answer is kept in a file: later only tests that changed run again, and functions
 * that are newer count as part of what is around them. Delete the file to measure everything.
 */
export async function measureReach(subject: ReachSubject, cacheFile: string): Promise<ReachMap> {
  const { root, rooms, tests, parsed } = subject;
  const known = readCache(cacheFile);
  const hashes = new Map(tests.map((test) => [test, hashOf(join(root, test))]));
  const stale = tests.filter((test) => isStale(known?.tests[test], { hash: hashes.get(test), rooms }));
  const measured = stale.length === 0 ? {} : await runMarked(subject, stale, hashes);
  const current = Object.entries({ ...known?.tests, ...measured }).filter(([test]) => hashes.has(test));
  const names = rooms
    .filter((room) => !known?.functions.some((name) => name.startsWith(`${room}/`)))
    .flatMap((room) => sourcesOf(root, room))
    .flatMap((file) => findFunctions(file, parsed.parse(file)).map(({ name }) => name));
  const functions = [...(known?.functions ?? []), ...names];
  const map = { functions, tests: Object.fromEntries(current) };
  mkdirSync(dirname(cacheFile), { recursive: true });
  writeFileSync(cacheFile, JSON.stringify(map));
  return map;
}

/** Whether a test has changed, or was measured without one of the rooms. */
export function isStale(known: Partial<Reach> | undefined, wanted: ReachWanted): boolean {
  return known?.hash !== wanted.hash || !wanted.rooms.every((room) => known?.rooms?.includes(room));
}

interface ReachWanted {
  readonly hash: string | undefined;
  readonly rooms: readonly string[];
}

async function runMarked(
  subject: ReachSubject,
  tests: readonly string[],
  hashes: ReadonlyMap<string, string>,
): Promise<Record<string, Reach>> {
  const { root, rooms, parsed } = subject;
  const copy = copyTree(root);
  const recorder = join(copy.root, "scripts/mutate/reach-recorder.mjs");
  const log = join(copy.root, "reach.log");
  const setupFiles = [join(copy.root, "scripts/mutate/reach-setup.ts")];
  const runner = new TestProcess(
    { root: copy.root, workers: 3, isBrief: false, setupFiles },
    { BUFFKIT_MUTATE_REACH: log },
  );
  try {
    for (const file of rooms.flatMap((room) => sourcesOf(root, room))) {
      copy.write(file, markFunctions(file, parsed.parse(file), recorder));
    }
    const report = await runner.run({ files: tests, changed: [] }, 30 * 60_000);
    if (report === "hung") throw new Error("the tests didn't end within half an hour");
    const calls = readCalls(log, copy.root);
    const broken = new Set(report.failures.map(({ file }) => file));
    return Object.fromEntries(
      tests.map((test) => [
        test,
        {
          hash: hashes.get(test) ?? "",
          durationMs: Math.round(report.durationsMs[test] ?? 0),
          isBroken: broken.has(test),
          functions: calls.get(test) ?? [],
          rooms,
        },
      ]),
    );
  } finally {
    runner.close();
    copy.close();
  }
}

/** The functions that each test file called. */
function readCalls(log: string, root: string): ReadonlyMap<string, readonly string[]> {
  const calls = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const line of existsSync(log) ? readFileSync(log, "utf8").split("\n") : []) {
    if (seen.has(line)) continue;
    seen.add(line);
    const [path = "", name] = line.split("\t");
    if (name === undefined) continue;
    const test = path.slice(root.length + 1);
    calls.set(test, [...(calls.get(test) ?? []), name]);
  }
  return calls;
}

function readCache(file: string): ReachMap | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as ReachMap) : undefined;
}

function hashOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
