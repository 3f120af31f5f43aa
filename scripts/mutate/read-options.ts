import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export interface MutateOptions {
  readonly rooms: readonly string[];
  /** Mutations of each room. */
  readonly count: number;
  readonly seed: number;
  readonly workers: number;
  /** Try what survived the last run of each room again, instead of a sample. */
  readonly survivorsOnly: boolean;
}

/** The rooms of a run without arguments. */
export const defaultRooms: readonly string[] = ["framework/sse", "framework/auth", "framework/db", "framework/secure"];

export function readOptions(args: readonly string[]): MutateOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      room: { type: "string", multiple: true, default: [...defaultRooms] },
      count: { type: "string", default: "60" },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: String(availableParallelism()) },
      survivors: { type: "boolean", default: false },
    },
  });
  return {
    rooms: values.room.map((room) => room.replace(/\/$/, "")),
    count: Number(values.count),
    seed: Number(values.seed),
    workers: Number(values.workers),
    survivorsOnly: values.survivors,
  };
}
