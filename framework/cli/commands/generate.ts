import { generate } from "../generate/generate.ts";
import { reportGenerated } from "../generate/report-generated.ts";
import { readProject } from "../project/project.ts";
import { createCommand } from "../terminal/command.ts";

/** `buffkit generate <generator> <name> [fields]`. */
export const generateCommand = createCommand({
  args: {
    generator: { type: "positional", description: "model, migration, action, resource, component, job, mailer or sse" },
    name: { type: "positional", description: "The name, in any case style: blog_post, BlogPost, blog-post" },
    fields: {
      type: "positional",
      required: false,
      description: "Fields as name:type[:nullable][:unique], separated by spaces",
    },
    "dry-run": { type: "boolean", description: "Show the files without writing them; with --json, their text too" },
    json: { type: "boolean", description: "Print which files were written, as JSON" },
  },
  takesMore: true,
  async run({ generator, name, _: words, "dry-run": isDryRun = false, json }) {
    const request = { generator, name, fields: words.slice(2), isDryRun };
    reportGenerated(await generate(readProject(), request), json);
  },
});
