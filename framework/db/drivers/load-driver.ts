import { driverMissing } from "./errors.ts";

/** An optional database driver, loaded on first use. */
export interface OptionalDriver<Module> {
  /** The setting that asks for it, for the error text. */
  readonly setting: string;
  readonly driver: string;
  readonly dialect: string;
  load(): Promise<{ readonly default: Module }>;
}

/** Loads a driver that the app installs itself. Throws `DB_DRIVER_MISSING`. */
export async function loadDriver<Module>({ load, ...facts }: OptionalDriver<Module>): Promise<Module> {
  try {
    return (await load()).default;
  } catch (cause) {
    throw driverMissing({ ...facts, cause });
  }
}
