import { reasonOf } from "../../base/index.ts";
import { configProblems } from "../../kit/index.ts";
import type { CommandContext } from "../project/command-context.ts";
import { withMigrator } from "../project/with-migrator.ts";
import { type Diagnostic, note, problem } from "./diagnostic.ts";

/** Problems with the database and its migrations. */
export async function inspectDatabase(context: CommandContext): Promise<readonly Diagnostic[]> {
  const isUrlWrong = configProblems(context.config).some((found) => found.setting === "databaseUrl");
  if (isUrlWrong) return [];
  try {
    const { pending, problems } = await withMigrator(context, ({ migrator }) => migrator.status());
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
  return `${count} pending: ${pending.join(", ")}. Run \`npx buffkit migrate\`.`;
}
