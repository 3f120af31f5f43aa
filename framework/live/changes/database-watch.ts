import { AsyncLocalStorage } from "node:async_hooks";
import type { Logger } from "../../base/index.ts";
import { type Database, outsideTransaction, type QueryEvent } from "../../db/index.ts";
import { type Change, isOfStructure, type Read } from "./change.ts";
import { changesOf } from "./changes-of.ts";
import { OpenTransactions } from "./open-transactions.ts";
import { isNode, type QueryNode } from "./query-node.ts";
import { readsOf } from "./reads-of.ts";
import { TableFacts } from "./table-facts.ts";
import { mergeChanges } from "./touches.ts";

export interface DatabaseWatchOptions {
  readonly db: Database;
  readonly log: Logger;
  /** Whether changes say which statements made them. */
  readonly namesStatements: boolean;
  /** Tells all nodes what was changed. */
  readonly publish: (changes: readonly Change[]) => Promise<void>;
}

/** How long to wait before the structure is read again that couldn't be read. */
const retryMs = 5000;
/** How many characters of a statement are told. */
const maxStatement = 300;

/** Sees every query: records what a function reads, and tells what committed transactions have changed. */
export class DatabaseWatch {
  readonly #options: DatabaseWatchOptions;
  readonly #facts: TableFacts;
  readonly #recorders = new AsyncLocalStorage<QueryNode[]>();
  readonly #transactions = new OpenTransactions();
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

  /** Reads the structure of the database. Until then, each change counts as one to everything. */
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
    const queries: QueryNode[] = [];
    const result = await this.#recorders.run(queries, work);
    await this.#learning;
    return { result, reads: queries.flatMap((query) => this.understand(readsOf(query, this.#facts.kindOf))) };
  }

  /** What is read if these tables are, some of which may be views. */
  understand(reads: readonly Read[]): readonly Read[] {
    return reads.map((read) => this.#facts.readOf(read));
  }

  /** The structure has changed. */
  relearn(): void {
    this.#facts.forget();
    this.#isOutdated = true;
    if (this.#state === "started") void this.#learn();
  }

  #see({ query, connection, error }: QueryEvent): void | Promise<void> {
    const node: unknown = query.query;
    if (!isNode(node)) return;
    this.#recorders.getStore()?.push(node);
    const { kindOf } = this.#facts;
    const writes = changesOf({ query: node, sql: query.sql }, kindOf);
    const changes = this.#named(
      writes.flatMap((write) => this.#facts.changesOf(write)),
      query.sql,
    );
    // What has failed may have been done all the same, as when the answer is lost.
    const statement = { connection, sql: query.sql, hasFailed: error !== undefined };
    const seen = this.#transactions.add(statement, changes);
    if (seen.length === 0) return;
    if (seen.some(isOfStructure)) this.relearn();
    return this.#publish(seen);
  }

  #named(changes: readonly Change[], sql: string): readonly Change[] {
    if (!this.#options.namesStatements) return changes;
    const by = sql.length > maxStatement ? `${sql.slice(0, maxStatement)} …` : sql;
    return changes.map((change) => (isOfStructure(change) ? change : { ...change, by }));
  }

  #learn(): Promise<void> {
    // Not in the transaction whose statement this is.
    this.#learning ??= outsideTransaction(() => this.#recorders.exit(() => this.#load())).finally(() => {
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
      this.#options.log.warn(
        { err },
        "the structure of the database can't be read, so each change updates all live regions",
      );
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
