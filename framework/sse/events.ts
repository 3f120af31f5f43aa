/**
 * The named events of an app and their data. Declare them, and names and data are checked when the code is compiled:
 * `declare module "buffkit" { interface Events { "price": { id: string; cents: number } } }`. While it is empty any name will do.
 */
// biome-ignore lint/suspicious/noEmptyInterface: apps fill it
export interface Events {}

/** A name that `broadcast` takes. */
export type EventName = [keyof Events] extends [never] ? string : keyof Events & string;

/** The data that goes with the name; text goes out as it is, everything else as JSON. */
export type EventData<Name extends string> = Name extends keyof Events ? Events[Name] : unknown;

/** Data as the text of an event. */
export function formatEventData(data: unknown): string {
  return typeof data === "string" ? data : (JSON.stringify(data) ?? "");
}
