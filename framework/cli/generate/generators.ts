import { commandUnknown } from "../errors.ts";
import { nearest } from "../terminal/nearest.ts";
import { actionGenerator } from "./action-generator.ts";
import { componentGenerator } from "./component-generator.ts";
import { jobGenerator } from "./job-generator.ts";
import { mailerGenerator } from "./mailer-generator.ts";
import { migrationGenerator } from "./migration/migration-generator.ts";
import { modelGenerator } from "./model/model-generator.ts";
import type { Generator } from "./plan/generator.ts";
import { resourceGenerator } from "./resource/resource-generator.ts";
import { sseGenerator } from "./sse-generator.ts";

export const generators: readonly Generator[] = [
  modelGenerator,
  migrationGenerator,
  resourceGenerator,
  actionGenerator,
  componentGenerator,
  jobGenerator,
  mailerGenerator,
  sseGenerator,
];

/** Finds a generator by name. Throws `CLI_COMMAND_UNKNOWN`. */
export function findGenerator(name: string): Generator {
  const found = generators.find((generator) => generator.name === name);
  if (found) return found;
  const names = generators.map((generator) => generator.name);
  const meant = nearest(name, names);
  throw commandUnknown({ name: `generate ${name}`, nearest: meant === null ? null : `generate ${meant}` });
}
