import { openCommandContext } from "../../project/command-context.ts";
import { withMigrator } from "../../project/with-migrator.ts";
import { createCommand } from "../../terminal/command.ts";
import { print, printJson, printProgress } from "../../terminal/print.ts";

/** `buffkit migrate`: applies pending migrations. */
export const migrateCommand = createCommand({
  args: {
    "dry-run": { type: "boolean", description: "Print the SQL that would run, without running it" },
    json: { type: "boolean", description: "Print the result as JSON" },
  },
  async run({ "dry-run": isDryRun, json }) {
    const context = await openCommandContext();
    await withMigrator(context, async ({ migrator }) => {
      if (isDryRun) {
        const plan = await migrator.dryRun();
        return json ? printJson({ pending: plan }) : print(formatPlan(plan));
      }
      const { pending, problems } = await migrator.status();
      for (const { text } of problems) printProgress(`Note: ${text}`);
      if (pending.length > 0)
        printProgress(`Applying ${pending.length} ${pending.length === 1 ? "migration" : "migrations"} …`);
      const applied = await migrator.up();
      if (json) return printJson({ applied });
      print(applied.length === 0 ? "No pending migrations." : applied.map((name) => `Applied ${name}`).join("\n"));
    });
  },
});

function formatPlan(plan: readonly { readonly name: string; readonly statements: readonly string[] }[]): string {
  if (plan.length === 0) return "No pending migrations.";
  return plan
    .map(({ name, statements }) => `-- ${name}\n${statements.map((sql) => `${sql};`).join("\n")}`)
    .join("\n\n");
}
