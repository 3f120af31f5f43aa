import { join } from "node:path";
import { samplesOf } from "../../../docs/checks/samples.ts";
import { copyDriver, copyPackages } from "../copy-packages.mjs";
import { proveProduction } from "../prove-production.mjs";
import { runCommand } from "../run-command.mjs";
import { documents } from "./documents.mjs";
import { commandsOf, Reader } from "./reader.mjs";
import { openVisitors } from "./visitors.mjs";

const production = { build: ["npx", "buffkit", "build"], start: ["npx", "buffkit", "start"] };

/**
 * Does what a reader of the documents does: types their commands and files into an empty folder, with the versions that npm chooses, looks at
 * the pages in Chromium, and compiles, builds and starts what comes of it. `only` is the name of one document.
 */
export async function proveSamples({ apps, environment, results, driverFrom, only }) {
  const reached = await runCommand("npm", ["view", "hono", "version"], { folder: apps, environment });
  if (reached.code !== 0)
    return results.skip("the samples as a reader types them", "npm's public packages can't be had");
  const visitors = await openVisitors(environment.BUFFKIT_BROWSER);
  try {
    let installed;
    for (const document of documents.filter(({ name }) => name === (only ?? name))) {
      const folder = join(apps, `reads-${document.name}`);
      const from = installed;
      const reader = new Reader({
        folder,
        environment: from ? { ...environment, npm_config_prefer_offline: "true" } : environment,
        // The first document installs everything but the driver, the others over its packages.
        beforeInstall(place) {
          if (from) copyPackages(from, place);
          else if (driverFrom) copyDriver(driverFrom, place);
        },
      });
      const isRead = await proveDocument({ document, reader, visitors, results, environment });
      if (isRead) installed ??= reader.folder;
    }
  } finally {
    await visitors.close();
  }
}

async function proveDocument({ document, reader, visitors, results, environment }) {
  const { name, guide, sections, clicks, atTheEnd = [] } = document;
  const steps = stepsOf(guide, sections);
  const check = (what, isPassed, details) => results.add(`${name}: ${what}`, isPassed, details);
  const unknown = Object.keys(clicks).filter((section) => !steps.some((step) => step.section === section));
  check("has every section that is looked at", unknown.length === 0, unknown.join(", "));
  const actions = [
    ...steps.flatMap(({ section, blocks }) => [
      ...actionsOf(blocks, reader),
      ...clicksOf(clicks[section], reader, visitors),
    ]),
    ["its app stops", () => reader.stop()],
    ...atTheEnd.map(({ says, look }) => [says, () => look(reader)]),
    ["its files compile", () => reader.type("npx tsc --noEmit")],
  ];
  try {
    for (const [what, action] of actions) {
      if (!(await attempt(check, what, action))) return false;
    }
    await proveProduction({ folder: reader.folder, environment, check, commands: production });
    return true;
  } finally {
    await reader.stop();
  }
}

/** Records whether the action succeeds. */
async function attempt(check, what, action) {
  try {
    await action();
    check(what, true);
    return true;
  } catch (error) {
    check(what, false, error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** The blocks of a document, section by section; of these sections alone if there are any. */
function stepsOf(guide, sections) {
  const steps = [];
  for (const sample of samplesOf(guide)) {
    if (sections && !sections.includes(sample.section)) continue;
    if (sample.section !== steps.at(-1)?.section) steps.push({ section: sample.section, blocks: [] });
    steps.at(-1).blocks.push(sample);
  }
  return steps;
}

/** What the reader does with blocks: each is either typed or saved. */
function actionsOf(blocks, reader) {
  return blocks.flatMap((block) => {
    if (block.language === "sh") return commandsOf(block.text).map((line) => [`\`${line}\``, () => reader.type(line)]);
    if (block.file) return [[`saves ${block.file}`, () => reader.save(block)]];
    return [];
  });
}

/** What the visitors see after a section. */
function clicksOf(click, reader, visitors) {
  if (!click) return [];
  const look = async () => {
    await reader.lookAtTerminal();
    await click.look(reader, visitors);
  };
  return [[click.sees, look]];
}
