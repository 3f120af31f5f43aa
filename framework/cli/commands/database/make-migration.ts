import { generate } from "../../generate/generate.ts";
import { reportGenerated } from "../../generate/report-generated.ts";
import { readProject } from "../../project/project.ts";
import { createCommand } from "../../terminal/command.ts";

/** `buffkit make:migration <name> [fields]`: the same as `buffkit generate migration`. */
export const makeMigrationCommand = createCommand({
  args: {
    name: { type: "positional", description: "What it does: create_posts, add_slug_to_posts, remove_slug_from_posts" },
    fields: {
      type: "positional",
      required: false,
      description: "Columns as name:type[:nullable][:unique], separated by spaces",
    },
    json: { type: "boolean", description: "Print which files were written, as JSON" },
  },
  takesMore: true,
  async run({ name, _: words, json }) {
    const request = { generator: "migration", name, fields: words.slice(1), isDryRun: false };
    reportGenerated(await generate(readProject(), request), json);
  },
});
