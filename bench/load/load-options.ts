/** What a load client does. Its arguments have these names, written `name=value`. */
export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  /** The number of stamped events that each stream should receive. */
  readonly events: number;
  /** Path that is POSTed once all streams are open (default: none, the client only connects). */
  readonly trigger?: string;
  /** Path of the stream (default: `/events`). */
  readonly path?: string;
  /** An additional request header, `Name: value`. */
  readonly header?: string;
  /** Seconds between the last response head and the trigger (default: 0.3). */
  readonly settle?: number;
  /** Seconds that the whole run may take (default: 60). */
  readonly limit?: number;
  /** Seconds without an event after which the rest counts as lost (default: 5). */
  readonly quiet?: number;
  /** 1 records the delay of each delivery. */
  readonly latency?: 0 | 1;
  /** The number of streams that stop reading at the trigger for good. */
  readonly stalled?: number;
  /** Microseconds that the client sleeps between reads (C client only). */
  readonly nap?: number;
  /** The server process whose CPU time and memory are reported. */
  readonly pid?: number;
}

/** The command line arguments for these options. */
export function formatLoadOptions(options: LoadOptions): readonly string[] {
  return Object.entries(options).map(([name, value]) => `${name}=${value}`);
}

/** Parses the arguments; missing ones get their defaults. */
export function parseLoadOptions(texts: readonly string[]): Required<LoadOptions> {
  const given = new Map(texts.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]));
  const number = (name: string, otherwise: number) => Number(given.get(name) ?? otherwise);
  return {
    port: number("port", 3000),
    connections: number("connections", 1),
    events: number("events", 0),
    trigger: given.get("trigger") ?? "",
    path: given.get("path") ?? "/events",
    header: given.get("header") ?? "",
    settle: number("settle", 0.3),
    limit: number("limit", 60),
    quiet: number("quiet", 5),
    latency: given.get("latency") === "1" ? 1 : 0,
    stalled: number("stalled", 0),
    nap: number("nap", 0),
    pid: number("pid", 0),
  };
}
