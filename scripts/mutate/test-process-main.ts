// The process that runs tests: one Vitest, kept warm between requests, so that unchanged files aren't transformed again.
import { join, relative } from "node:path";
import { createVitest, type TestModule, type TestSpecification } from "vitest/node";
import type { TestProcessOptions, TestReport, TestRequest } from "./test-protocol.ts";

/** Keeps the order in which the files were asked for. */
class GivenOrder {
  sort(files: TestSpecification[]): TestSpecification[] {
    return files;
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

const { root, workers, isBrief, setupFiles }: TestProcessOptions = JSON.parse(process.argv[2] ?? "{}");
const vitest = await createVitest(
  "test",
  {
    root,
    config: join(root, "vitest.config.ts"),
    watch: false,
    bail: isBrief ? 1 : 0,
    maxWorkers: workers,
    setupFiles: [...setupFiles],
    reporters: [{}],
    sequence: { sequencer: GivenOrder },
  },
  { cacheDir: join(root, ".vite"), logLevel: "silent" },
);
await vitest.standalone();

async function answer({ files, changed }: TestRequest): Promise<TestReport> {
  // Vitest counts failures of earlier runs as well when it decides whether to stop.
  vitest.state.filesMap.clear();
  vitest.state.errorsSet.clear();
  for (const file of changed) vitest.invalidateFile(join(root, file));
  const specifications = files.flatMap((file) => vitest.getModuleSpecifications(join(root, file)));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const failures = testModules.flatMap((module) => failureOf(module));
  if (failures.length === 0 && unhandledErrors.length > 0) {
    failures.push({ file: files[0] ?? "", test: `unhandled: ${String(unhandledErrors[0])}` });
  }
  const durations = testModules.map((module) => [
    nameOf(module),
    module.diagnostic().duration + module.diagnostic().collectDuration,
  ]);
  return { failures, durationsMs: Object.fromEntries(durations) };
}

function failureOf(module: TestModule): { file: string; test: string }[] {
  if (module.state() !== "failed") return [];
  for (const test of module.children.allTests("failed")) return [{ file: nameOf(module), test: test.fullName }];
  const error = module.errors()[0] ?? [...module.children.allSuites()].flatMap((suite) => suite.errors())[0];
  return [{ file: nameOf(module), test: `the file itself: ${error?.message ?? "no message"}` }];
}

const nameOf = (module: TestModule) => relative(root, module.moduleId);

process.on("message", (request: TestRequest) => {
  answer(request).then(
    (report) => process.send?.({ report }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });
