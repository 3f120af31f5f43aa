import { AsyncLocalStorage } from "node:async_hooks";
import type { Logger } from "../../base/index.ts";
import { afterCommit, currentTransaction, type Database, outsideTransaction, type QueryEvent } from "../../db/index.ts";
import { type Change, everyTable, type Read } from "./change.ts";
import { changesOf } from "./changes-of.ts";
import { isNode, type QueryNode } from "./query-node.ts";
import { readsOf } from "./reads-of.ts";
import { TableFacts } from "./table-facts.ts";
import { mergeChanges } from "./touches.ts";

export interface DatabaseWatchOptions {
  readonly db: Database;
  readonly log: Logger;
  /** Tells all nodes what was changed. */
  readonly publish: (changes: readonly Change[]) => Promise<void>;
}

/** Tables that the framework writes to all the time, and that no page shows. */
const quietTables = new Set(
  "sessions tokens audit_log rate_limits jobs job_schedules second_factors recovery_codes schema_migrations".split(" "),
);

/** How many changes a transaction may make before they are summed up. */
const maxPending = 1000;
/** How long to wait before the structure is read again that couldn't be read. */
const retryMs = 5000;

/** Sees every query: records what a function reads, and tells what committed transactions have changed. */
export class DatabaseWatch {
  readonly #options: DatabaseWatchOptions;
  readonly #facts: TableFacts;
  readonly #recorders = new AsyncLocalStorage<Read[]>();
  /** What open transactions have changed so far. */
  readonly #pending = new WeakMap<object, Change[]>();
  /** Transactions without a scope (`startTransaction`), and what was changed while one was open. */
  #controlled = 0;
  #changedMeanwhile: Change[] = [];
  #state: "new" | "started" | "stopped" = "new";
  /** Whether the structure changed while it was being read. */
  #isOutdated = false;
  #learning: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  readonly #unobserve: () => void;

  constructor(options: DatabaseWatchOptions) {
    this.#options = options;
    this.#facts = new TableFacts(options.db);
    this.#unobserve = options.db.observe((event) => this.#see(event));
  }

  /** Reads the structure of the database. Until then, each deletion counts as a change to everything. */
  async start(): Promise<void> {
    this.#state = "started";
    await this.#learn();
  }

  stop(): void {
    this.#state = "stopped";
    this.#unobserve();
    clearTimeout(this.#retry);
  }

  /** Resolves when the structure of the database is known, or couldn't be read. */
  async settled(): Promise<void> {
    await this.#learning;
  }

  /** Runs a function, and returns what it read. */
  async record<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly reads: readonly Read[] }> {
    const reads: Read[] = [];
    const result = await this.#recorders.run(reads, work);
    return {
      result,
      reads: reads.map((read) => (this.#facts.isOpaque(read) ? { table: everyTable, where: {} } : read)),
    };
  }

  #see({ query }: QueryEvent): void | Promise<void> {
    const node: unknown = query.query;
    if (!isNode(node)) return;
    this.#recorders.getStore()?.push(...readsOf(node));
    // What has failed may have been done all the same, as when the answer is lost.
    const changes = changesOf(node).filter(({ table }) => !quietTables.has(table));
    const transaction = currentTransaction();
    if (!transaction) return this.#seeOutside(node, changes);
    if (changes.length === 0) return;
    const pending = this.#pending.get(transaction);
    if (pending) {
      pending.push(...this.#complete(node, changes));
      if (pending.length > maxPending) pending.splice(0, pending.length, ...mergeChanges(pending));
    } else {
      const begun = this.#complete(node, changes);
      this.#pending.set(transaction, begun);
      afterCommit(() => this.#publish(begun));
    }
  }

  #seeOutside(node: QueryNode, changes: readonly Change[]): void | Promise<void> {
    const word = node.kind === "RawNode" && Array.isArray(node.sqlFragments) ? String(node.sqlFragments[0]).trim() : "";
    if (/^(begin|start transaction)\b/i.test(word)) this.#controlled += 1;
    else if (/^(commit|rollback)$/i.test(word) && this.#controlled > 0) {
      this.#controlled -= 1;
      const changed = this.#changedMeanwhile;
      if (this.#controlled === 0) this.#changedMeanwhile = [];
      if (changed.length > 0 && /^commit/i.test(word)) return this.#publish(changed);
    }
    if (changes.length === 0) return;
    const all = this.#complete(node, changes);
    if (this.#controlled > 0) this.#changedMeanwhile.push(...all);
    return this.#publish(all);
  }

  /** With what foreign keys change along. */
  #complete(node: QueryNode, changes: readonly Change[]): Change[] {
    const isStructural = changes.some(({ table }) => table === everyTable);
    if (isStructural) {
      this.#relearn();
      return [{ table: everyTable, only: {} }];
    }
    const deletes = node.kind !== "InsertQueryNode" && node.kind !== "UpdateQueryNode";
    return deletes ? changes.flatMap((change) => [change, ...this.#facts.cascade(change.table)]) : [...changes];
  }

  /** The structure has changed. */
  #relearn(): void {
    this.#facts.forget();
    this.#isOutdated = true;
    if (this.#state === "started") void this.#learn();
  }

  #learn(): Promise<void> {
    // Not in the transaction whose statement this is.
    this.#learning ??= outsideTransaction(() => this.#load()).finally(() => {
      this.#learning = undefined;
    });
    return this.#learning;
  }

  async #load(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      do {
        this.#isOutdated = false;
        await this.#facts.load();
      } while (this.#isOutdated);
    } catch (err) {
      if (this.#state === "stopped") return;
      this.#options.log.warn({ err }, "foreign keys can't be read, so each deletion updates all live regions");
      this.#retry = setTimeout(() => void this.#learn(), retryMs).unref();
    }
  }

  async #publish(changes: readonly Change[]): Promise<void> {
    try {
      await this.#options.publish(mergeChanges(changes));
    } catch (err) {
      this.#options.log.error({ err }, "a change could not be told to the other nodes; their pages may be out of date");
    }
  }
}
