import { z } from "zod";
import type { RunningServer } from "../harness/running-server.ts";
import { openFiles } from "../load/process-usage.ts";

const answer = z.object({ heapBytes: z.number(), streams: z.number() });

/** The state of a server: memory in use after garbage collection, open streams, open file descriptors. */
export interface SoakState {
  readonly heapBytes: number;
  readonly streams: number;
  readonly files: number;
}

/** Asks the server under test; the connection is closed afterwards. */
export async function readState(server: RunningServer): Promise<SoakState> {
  const response = await fetch(`http://127.0.0.1:${server.port}/state`, { headers: { connection: "close" } });
  const { heapBytes, streams } = answer.parse(await response.json());
  return { heapBytes, streams, files: openFiles(server.pid) };
}
