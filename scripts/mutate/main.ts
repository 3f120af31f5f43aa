// `npm run mutate`: changes the sources a little, one place at a time, and counts how often the tests notice.
//   npm run mutate                                      60 mutations of each of four rooms
//   npm run mutate -- --room framework/sse --count 200 --seed 7
//   npm run mutate -- --survivors                       what survived the last run, again
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chooseTests } from "./choose-tests.ts";
import { drawMutations } from "./draw-mutations.ts";
import { findMutations } from "./find-mutations.ts";
import { findFunctions, functionsAt } from "./function-names.ts";
import { mutationKey } from "./mutation.ts";
import { MutationBench, type Outcome, type Trial } from "./mutation-bench.ts";
import { openSources } from "./parsed-sources.ts";
import { measureReach, type ReachMap } from "./reach-map.ts";
import { defaultRooms, readOptions } from "./read-options.ts";
import { sourcesOf, testsOf } from "./room-files.ts";
import { formatRoom, formatSurvivor, isSurvivor, lastSurvivors, saveRoom } from "./room-report.ts";
import { shuffleMutations } from "./sample.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const results = join(root, "test-results/mutate");
const options = readOptions(process.argv.slice(2));
const say = (text: string) => process.stdout.write(`${text}\n`);
/** After so many mutations, the tests are run without one. */
const controlEvery = 15;

const parsed = openSources(root);
const benches: MutationBench[] = [];
process.on("exit", () => {
  for (const bench of benches) bench.close();
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));

async function runRoom(room: string, reach: ReachMap): Promise<string> {
  const sources = sourcesOf(root, room);
  const all = sources.flatMap((file) => findMutations(file, parsed.parse(file)));
  const survivors = options.survivorsOnly ? lastSurvivors(results, room) : undefined;
  const wanted = survivors ? all.filter((mutation) => survivors.has(mutationKey(mutation))) : all;
  const draw = drawMutations(shuffleMutations(wanted, options.seed), options.count, parsed);
  say(`\n${room}: ${draw.mutations.length} of ${all.length} mutations, seed ${options.seed}`);
  const queue = draw.mutations.map((mutation) => planTrial(mutation, room, reach));
  const outcomes: Outcome[] = [];
  await Promise.all(benches.map((bench) => work(bench, queue, outcomes)));
  const report = { room, seed: options.seed, outcomes, ...draw };
  saveRoom(results, report);
  say("");
  return formatRoom(report);
}

function planTrial(mutation: Trial["mutation"], room: string, reach: ReachMap): Trial {
  const { file, start } = mutation;
  const tests = chooseTests(reach, {
    file,
    room,
    functions: functionsAt(findFunctions(file, parsed.parse(file)), start),
  });
  const usualMs = tests.reduce((sum, test) => sum + (reach.tests[test]?.durationMs ?? 0), 0);
  return { mutation, tests, usualMs };
}

async function work(bench: MutationBench, queue: Trial[], outcomes: Outcome[]): Promise<void> {
  for (let trial = queue.shift(); trial; trial = queue.shift()) {
    const outcome = await bench.try(trial);
    outcomes.push(outcome);
    process.stdout.write(isSurvivor(outcome) ? `\n${formatSurvivor(outcome)}` : marks[outcome.verdict]);
    if (outcomes.length % controlEvery !== 0 || trial.tests.length === 0) continue;
    const failure = await bench.control(trial);
    if (failure !== undefined) say(`\n  fails without a mutation: ${failure}`);
  }
}

const marks = { killed: ".", hung: "h", undecided: "?", survived: "", unreached: "" };

const started = Date.now();
for (let worker = 0; worker < options.workers; worker += 1) benches.push(new MutationBench(root));
say("Which tests call which functions? The first time, this takes as long as the tests.");
// Always with the usual rooms, or a test that was measured for one room would have to be measured again for the next.
const measured = [...new Set([...defaultRooms, ...options.rooms])];
const subject = { root, rooms: measured, tests: testsOf(root), parsed };
const reach = await measureReach(subject, join(results, "reach.json"));
const lines: string[] = [];
for (const room of options.rooms) lines.push(await runRoom(room, reach));
parsed.close();
say(`\n${lines.join("\n")}\n${Math.round((Date.now() - started) / 60_000)} minutes`);
process.exit(0);
