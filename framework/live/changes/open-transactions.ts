import { type Change, everyTable } from "./change.ts";
import { statementIn } from "./raw-sql.ts";
import { mergeChanges } from "./touches.ts";

/** How many changes a transaction may make before they are summed up. */
const maxPending = 1000;

interface Statement {
  readonly connection: object;
  readonly sql: string;
  readonly hasFailed: boolean;
}

/** What the transactions that are open on each connection have changed so far. */
export class OpenTransactions {
  readonly #pending = new WeakMap<object, Change[]>();

  /** Notes what a statement has changed. Returns the changes that others can see from now on. */
  add({ connection, sql, hasFailed }: Statement, changes: readonly Change[]): readonly Change[] {
    const step = changes.length > 0 ? undefined : stepOf(sql);
    const pending = this.#pending.get(connection);
    if (step === "begin") {
      if (hasFailed) return [];
      this.#pending.set(connection, []);
      // MySQL commits the one before.
      return pending ?? [];
    }
    // What failed may still be rolled back, or may be done.
    if (step === "commit" && hasFailed) return pending ?? [];
    if (step === "commit" || step === "rollback") {
      if (/\band\s+chain\b/i.test(sql)) this.#pending.set(connection, []);
      else this.#pending.delete(connection);
      return step === "commit" ? (pending ?? []) : [];
    }
    if (!pending) return changes;
    pending.push(...changes);
    if (pending.length > maxPending) pending.splice(0, pending.length, ...mergeChanges(pending));
    // MySQL commits before it changes the structure, and before it locks tables.
    const mayCommit = changes.some(({ table }) => table === everyTable) || /^\s*(un)?lock\s+table/i.test(sql);
    return mayCommit ? [...pending] : [];
  }
}

function stepOf(sql: string): "begin" | "commit" | "rollback" | undefined {
  const text = statementIn(sql);
  if (/^(begin|start\s+transaction)\b/i.test(text)) return "begin";
  if (/^(commit|end)\b/i.test(text)) return "commit";
  // Back to a savepoint, the transaction goes on.
  return /^(rollback|abort)\b(?!.*\bto\b)/i.test(text) ? "rollback" : undefined;
}
