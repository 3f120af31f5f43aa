import { commandUnknown } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { actionGenerator } from "./action.ts";
import { componentGenerator } from "./component.ts";
import type { Generator } from "./generator.ts";
import { jobGenerator } from "./job.ts";
import { mailerGenerator } from "./mailer.ts";
import { migrationGenerator } from "./migration.ts";
import { modelGenerator } from "./model.ts";
import { resourceGenerator } from "./resource.ts";
import { sseGenerator } from "./sse.ts";

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

/** Throws `CLI_COMMAND_UNKNOWN`. */
export function findGenerator(name: string): Generator {
  const found = generators.find((generator) => generator.name === name);
  if (found) return found;
  const names = generators.map((generator) => generator.name);
  const meant = nearest(name, names);
  throw commandUnknown({ name: `generate ${name}`, nearest: meant === null ? null : `generate ${meant}` });
}
