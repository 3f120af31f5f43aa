import type { Project } from "../../project/project.ts";
import type { Field } from "./fields.ts";

/** What a generator is asked for. */
export interface GeneratorInput {
  readonly project: Project;
  /** As it was typed. */
  readonly name: string;
  readonly fields: readonly Field[];
}

/** One file to be written. */
export interface PlannedFile {
  readonly path: string;
  /** `resource/queries`: the file of the app's folder `generators/` that may take the place of the built-in template. */
  readonly template: string;
  readonly text: string;
}

export interface Plan {
  readonly files: readonly PlannedFile[];
  /** A part to put into `parts: […]` of the module with `createApp`. */
  readonly part?: { readonly name: string; readonly path: string };
  /** What is left for a person to do. */
  readonly nextSteps: readonly string[];
}

export interface Generator {
  readonly name: string;
  readonly summary: string;
  readonly takesFields: boolean;
  plan(input: GeneratorInput): Plan;
}
