import { openCommandContext } from "../../project/command-context.ts";
import { withMigrator } from "../../project/with-migrator.ts";
import { createCommand } from "../../terminal/command.ts";
import { formatRows } from "../../terminal/format-rows.ts";
import { print, printJson } from "../../terminal/print.ts";

/** `buffkit migrate:status`: applied and pending migrations, and inconsistencies. */
export const migrateStatusCommand = createCommand({
  args: {
    check: { type: "boolean", description: "Exit with code 1 if a migration is pending, for scripts" },
    json: { type: "boolean", description: "Print the status as JSON" },
  },
  async run({ check, json }) {
    const context = await openCommandContext();
    const status = await withMigrator(context, ({ migrator }) => migrator.status());
    if (check && status.pending.length > 0) process.exitCode = 1;
    if (json) return printJson(status);
    print(formatRows(status.entries.map(({ name, appliedAt }) => [appliedAt ?? "pending", name])));
    for (const { text } of status.problems) print(`Note: ${text}`);
    print(`\n${status.pending.length} pending, ${status.entries.length - status.pending.length} applied.`);
  },
});
