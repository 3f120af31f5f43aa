/** What a load client is to do. Its arguments are these names, written `name=value`. */
export interface LoadOrder {
  readonly port: number;
  readonly connections: number;
  /** Stamped events that each stream is to receive. */
  readonly events: number;
  /** Path that is POSTed once all streams are open; none: the client only connects. */
  readonly trigger?: string;
  /** Path of the stream; `/events` unless given. */
  readonly path?: string;
  /** One more request header, `Name: value`. */
  readonly header?: string;
  /** Seconds between the last response head and the trigger; 0.3 unless given. */
  readonly settle?: number;
  /** Seconds that the whole run may take; 60 unless given. */
  readonly limit?: number;
  /** Seconds without news after which the rest counts as lost; 5 unless given. */
  readonly quiet?: number;
  /** 1: the delay of each delivery is kept and sorted. */
  readonly latency?: 0 | 1;
  /** So many streams stop reading at the trigger and never go on. */
  readonly stalled?: number;
  /** Microseconds that the client sleeps between reads (C client only). */
  readonly nap?: number;
  /** The server's process, whose CPU time and memory are reported. */
  readonly pid?: number;
}

/** The arguments that carry an order to a load client. */
export function formatLoadOrder(order: LoadOrder): readonly string[] {
  return Object.entries(order).map(([name, value]) => `${name}=${value}`);
}

/** Reads the arguments back; what is missing has its standard value. */
export function parseLoadOrder(texts: readonly string[]): Required<LoadOrder> {
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
