import { createCommand } from "../command.ts";
import { formatRows } from "../format-rows.ts";
import { withMigrator } from "../open-migrator.ts";
import { print, printJson } from "../print.ts";
import { openSetting } from "../setting.ts";

/** `buffkit migrate:status`: what is applied, what is pending, what is odd. */
export const migrateStatusCommand = createCommand({
  args: {
    check: { type: "boolean", description: "End with code 1 when a migration is pending, for scripts" },
    json: { type: "boolean", description: "Print the status as JSON" },
  },
  async run({ check, json }) {
    const setting = await openSetting();
    const status = await withMigrator(setting, ({ migrator }) => migrator.status());
    if (check && status.pending.length > 0) process.exitCode = 1;
    if (json) return printJson(status);
    print(formatRows(status.entries.map(({ name, appliedAt }) => [appliedAt ?? "pending", name])));
    for (const { text } of status.problems) print(`Note: ${text}`);
    print(`\n${status.pending.length} pending, ${status.entries.length - status.pending.length} applied.`);
  },
});
