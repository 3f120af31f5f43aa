import { reasonOf } from "../base/index.ts";
import { configProblems } from "../kit/index.ts";
import { type Finding, note, problem } from "./finding.ts";
import { withMigrator } from "./open-migrator.ts";
import type { Setting } from "./setting.ts";

/** Whether the database answers, and which migrations it lacks. */
export async function inspectDatabase(setting: Setting): Promise<readonly Finding[]> {
  const isUrlWrong = configProblems(setting.config).some((found) => found.setting === "databaseUrl");
  if (isUrlWrong) return [];
  try {
    const { pending, problems } = await withMigrator(setting, ({ migrator }) => migrator.status());
    return [
      ...(pending.length > 0 ? [problem("migrations", pendingText(pending))] : []),
      ...problems.map(({ kind, text }) =>
        kind === "missing" ? problem("migrations", text) : note("migrations", text),
      ),
    ];
  } catch (error) {
    return [problem("database", reasonOf(error))];
  }
}

function pendingText(pending: readonly string[]): string {
  const count = pending.length === 1 ? "1 migration is" : `${pending.length} migrations are`;
  return `${count} pending: ${pending.join(", ")}. \`buffkit migrate\` applies them.`;
}
