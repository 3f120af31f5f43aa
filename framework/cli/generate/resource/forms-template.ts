import { schemaCode } from "../model/field-code.ts";
import type { Model } from "../model/model.ts";

/** `forms.ts`: the form's schema. */
export function formsSource({ thing, fields }: Model): string {
  const readUtc = fields.some((field) => field.type === "datetime") ? readUtcSource : "";
  return `import { z } from "zod";

export const ${thing.camel}Form = z.object({
${fields.map((field) => `  ${field.property}: ${schemaCode(field)},`).join("\n")}
});
${readUtc}`;
}

const readUtcSource = `
/** Browsers send the time without a zone. The form labels it as UTC. */
function readUtc(at: string): number {
  return Date.parse(at.endsWith("Z") ? at : \`\${at}Z\`);
}
`;
