import type { Project } from "../../project/project.ts";
import type { Field } from "./fields.ts";

/** What to generate. */
export interface GeneratorInput {
  readonly project: Project;
  /** As typed. */
  readonly name: string;
  readonly fields: readonly Field[];
}

/** A file to write. */
export interface PlannedFile {
  readonly path: string;
  /** Name of the template, such as `resource/pages`: the file in the app's `generators/` folder that can replace it. */
  readonly template: string;
  readonly text: string;
}

export interface Plan {
  readonly files: readonly PlannedFile[];
  /** A part to add to `parts: […]` in the module with `createApp`. */
  readonly part?: { readonly name: string; readonly path: string };
  /** What the developer has to do next. */
  readonly nextSteps: readonly string[];
}

export interface Generator {
  readonly name: string;
  readonly summary: string;
  readonly takesFields: boolean;
  plan(input: GeneratorInput): Plan;
}
