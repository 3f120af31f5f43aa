import { type Field, parseFields } from "../plan/fields.ts";
import type { Generator } from "../plan/generator.ts";
import { parseName } from "../plan/names.ts";
import { addColumnsCode, createTableCode, dropColumnsCode, dropTableCode, migrationSource } from "./migration-code.ts";
import { migrationFile } from "./migration-file.ts";

/** `create_posts`, `add_slug_to_posts`, `remove_slug_from_posts`; any other name creates an empty migration. */
export const migrationGenerator: Generator = {
  name: "migration",
  summary: "A migration that does what its name says: create_posts, add_slug_to_posts, remove_slug_from_posts",
  takesFields: true,
  plan({ project, name, fields }) {
    const { snake } = parseName(name);
    return { files: [migrationFile(project, snake, sourceFor(snake, fields))], nextSteps: ["npx buffkit migrate"] };
  },
};

function sourceFor(name: string, fields: readonly Field[]): string {
  const [, created] = /^create_(.+)$/.exec(name) ?? [];
  if (created) return migrationSource(createTableCode(created, fields), dropTableCode(created), true);
  const [, added, grown] = /^add_(.+)_to_(.+)$/.exec(name) ?? [];
  if (added && grown) {
    const columns = columnsFor(added, fields);
    return migrationSource(addColumnsCode(grown, columns), dropColumnsCode(grown, columns), true);
  }
  const [, removed, shrunk] = /^(?:remove|drop)_(.+)_from_(.+)$/.exec(name) ?? [];
  if (removed && shrunk) {
    const columns = columnsFor(removed, fields);
    return migrationSource(dropColumnsCode(shrunk, columns), addColumnsCode(shrunk, columns), true);
  }
  return migrationSource(["await db.schema;"], ["await db.schema;"], false);
}

/** The given fields, or those in the name: `add_slug_and_title_to_posts`. */
function columnsFor(names: string, fields: readonly Field[]): readonly Field[] {
  return fields.length > 0 ? fields : parseFields(names.split("_and_"));
}
