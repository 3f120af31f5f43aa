/**
 * The named events of an app and their data. Once declared, names and data are type-checked:
 * `declare module "buffkit" { interface Events { "price": { id: string; cents: number } } }`. While it is empty, any name is allowed.
 */
// biome-ignore lint/suspicious/noEmptyInterface: apps fill it
export interface Events {}

/** An event name that `broadcast` accepts. */
export type EventName = [keyof Events] extends [never] ? string : keyof Events & string;

/** The data of a named event; strings are sent as they are, everything else as JSON. */
export type EventData<Name extends string> = Name extends keyof Events ? Events[Name] : unknown;
