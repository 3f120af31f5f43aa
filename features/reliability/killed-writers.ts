import { join } from "node:path";
import { freeFolder } from "../support/free-folder.ts";
import { FaultProcess } from "./fault-process.ts";
import { checkIntegrity } from "./full-disk.ts";

export interface KilledFindings {
  readonly rounds: number;
  readonly acknowledged: number;
  /** The number of acknowledged rows that are missing. */
  readonly lost: number;
  /** The number of transactions with only one of their rows. */
  readonly halves: number;
  readonly integrity: string;
}

/** Kills the server with SIGKILL while eight clients write numbered rows, again and again on the same database. */
export async function killWriters(
  rounds: number,
  eachRound: (done: number) => void = () => undefined,
): Promise<KilledFindings> {
  const folder = freeFolder("killed");
  const file = join(folder.path, "app.db");
  const environment = { DATABASE_URL: `sqlite:${file}`, FAULT_FOLDER: folder.path };
  const acknowledged = new Set<number>();
  let next = 0;
  async function write(server: FaultProcess): Promise<void> {
    for (;;) {
      const n = ++next;
      const { status } = await server.ask("POST", `/faults/rows/${n}`);
      if (status === 0) return;
      if (status === 201) acknowledged.add(n);
    }
  }
  try {
    for (let round = 1; round <= rounds; round++) {
      const server = await FaultProcess.start({ environment });
      const writers = Promise.all(Array.from({ length: 8 }, () => write(server)));
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 300));
      await server.end("SIGKILL");
      await writers;
      eachRound(round);
    }
    return {
      rounds,
      acknowledged: acknowledged.size,
      ...(await count(environment, acknowledged)),
      integrity: checkIntegrity(file),
    };
  } finally {
    folder.remove();
  }
}

async function count(environment: Readonly<Record<string, string>>, acknowledged: ReadonlySet<number>) {
  const server = await FaultProcess.start({ environment });
  const rows = await server.read<{ n: number; half: number }[]>("/faults/rows");
  await server.end("SIGKILL");
  return judgeRows(rows, acknowledged);
}

/** Counts missing rows and partial transactions. */
export function judgeRows(rows: readonly { readonly n: number }[], acknowledged: ReadonlySet<number>) {
  const pieces = new Map<number, number>();
  for (const { n } of rows) pieces.set(n, (pieces.get(n) ?? 0) + 1);
  return {
    lost: [...acknowledged].filter((n) => !pieces.has(n)).length,
    halves: [...pieces.values()].filter((count) => count !== 2).length,
  };
}
