// Writes docs/api.md and docs/errors.md from the doc comments in the code: `node --import tsx docs/checks/write-reference.ts`.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { declarationOf } from "./declaration.ts";
import { type DoorExport, exportsOf, publicDoors } from "./door-exports.ts";
import { knownErrors } from "./known-errors.ts";
import { docsFolder } from "./samples.ts";

const intro: Readonly<Record<string, string>> = {
  buffkit: "What an app works with.",
  "buffkit/components": "The shipped components, and what is needed for registries of your own.",
  "buffkit/mail": "Senders, the inbox, the pieces of messages.",
  "buffkit/testing": "For tests of apps; never needed in production. See [testing](testing.md).",
  "buffkit/testing/playwright": "For tests in browsers; needs `@playwright/test`. See [testing](testing.md).",
};

const rooms: Readonly<Record<string, string>> = {
  framework: "Everything together",
  "framework/kit": "Configuration and running",
  "framework/html": "Pages and fragments",
  "framework/forms": "Forms",
  "framework/sse": "Live pages and streams",
  "framework/auth": "Accounts",
  "framework/secure": "Security",
  "framework/db": "Database",
  "framework/jobs": "Jobs",
  "framework/assets": "Assets and import map",
  "framework/base": "Errors, clock, ids, log",
  components: "Components",
  mail: "Mail",
  "mail/messages": "Props of the built-in messages",
  "framework/testing": "Testing",
  "framework/testing/playwright": "Testing in browsers",
};

function formatDoor(door: string, file: string): string {
  const all = exportsOf(file).map((one) => ({ ...one, room: titledRoom(one.room) }));
  const order = Object.keys(rooms);
  const used = [...new Set(all.map(({ room }) => room))].sort(
    (one, other) => order.indexOf(one) - order.indexOf(other),
  );
  const sections = used.map((room) =>
    formatRoom(
      room,
      all.filter((one) => one.room === room),
    ),
  );
  return [`## \`${door}\``, intro[door] ?? "", ...sections].join("\n\n");
}

/** The room whose heading a name goes under: a room inside a room belongs to the outer one. */
function titledRoom(folder: string): string {
  return folder in rooms || dirname(folder) === "." ? folder : titledRoom(dirname(folder));
}

function formatRoom(room: string, names: readonly DoorExport[]): string {
  return [`### ${rooms[room] ?? room}`, ...names.map(formatExport)].join("\n\n");
}

function formatExport({ name, file, isType }: DoorExport): string {
  const { text, source } = declarationOf(name, file);
  const code = source === "" ? [] : [`\`\`\`typescript\n${source}\n\`\`\``];
  return [`#### \`${name}\`${isType ? " (type)" : ""}`, ...(text === "" ? [] : [text]), ...code].join("\n\n");
}

function formatErrors(): string {
  const all = knownErrors();
  const groups = [...new Set(all.map(groupOf))];
  const tables = groups.map((group) => {
    const errors = all.filter((error) => groupOf(error) === group);
    const rows = errors.map(
      ({ code, status, meaning, remedy }) => `| \`${code}\` | ${status} | ${meaning} | ${remedy} |`,
    );
    return [
      `## ${group}`,
      ["| code | status | what it says | what to do |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    ];
  });
  return tables.flat().join("\n\n");
}

function groupOf({ code }: { readonly code: string }): string {
  return code.split("_")[0] ?? "";
}

const api = `# API reference

Everything that the package exports, by entry point. Generated from the doc comments in the code; a test checks that the list is complete.
The guides explain how the pieces fit together: [live pages](live-pages.md), [accounts](accounts.md), [mail](mail.md),
[jobs](jobs.md), [database](database.md), [assets and components](assets-and-components.md), [testing](testing.md).

Names marked *(type)* exist only for the compiler: import them with \`import type\`.

`;

const errors = `# Error codes

Buffkit throws one class, \`KitError\`. Its \`code\` never changes, so you can rely on it; \`message\` and \`hint\` are for people and may
improve. \`status\` is the HTTP status of a request that fails this way. What users may cause (a wrong password, an empty field) is a value,
not an error. In production visitors see a sentence and a request id; these texts only appear in the log.

\`…\` stands for a value. A test checks this list against the code.

`;

writeFileSync(
  join(docsFolder, "api.md"),
  `${api}${Object.entries(publicDoors)
    .map(([door, file]) => formatDoor(door, file))
    .join("\n\n")}\n`,
);
writeFileSync(join(docsFolder, "errors.md"), `${errors}${formatErrors()}\n`);
