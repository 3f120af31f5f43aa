import { randomUUID } from "node:crypto";
import type { PostgresCursor } from "kysely";

/** The connection that a cursor reads from. */
export interface CursorClient {
  readonly isInTransaction: boolean;
  query<R>(sql: string, parameters: readonly unknown[]): Promise<{ readonly rows: R[] }>;
}

const cursorFits = /^[\s(]*(?:select|with|values|table)\b/i;

/**
 * Streams a query of PostgreSQL with the statements `declare`, `fetch` and `close`, so no package is needed. Outside a transaction it
 * opens one for as long as it reads, because a cursor can't outlive its transaction.
 */
export class SqlCursor<T> implements PostgresCursor<T> {
  readonly #sql: string;
  readonly #parameters: unknown[];
  readonly #name = `buffkit_${randomUUID().replaceAll("-", "")}`;
  #client: CursorClient | undefined;
  #state: "new" | "open" | "open in its own transaction" | "failed" | "closed" = "new";

  constructor(sql: string, parameters: unknown[]) {
    this.#sql = sql;
    this.#parameters = parameters;
  }

  /** Called before the first `read`. */
  attach(client: CursorClient): this {
    this.#client = client;
    return this;
  }

  async read(rowsCount: number): Promise<T[]> {
    const wasNew = this.#state === "new";
    // What can't be read with a cursor, such as `insert … returning`, has run after the first read.
    if (!cursorFits.test(this.#sql))
      return wasNew ? await this.#query(this.#sql, this.#parameters).finally(() => this.#end()) : [];
    if (wasNew) await this.#open();
    return await this.#query(`fetch forward ${rowsCount} from ${this.#name}`);
  }

  async close(): Promise<void> {
    const before = this.#state;
    this.#end();
    if (before === "open") await this.#client?.query(`close ${this.#name}`, []);
    if (before === "open in its own transaction") await this.#client?.query("commit", []);
  }

  async #open(): Promise<void> {
    const isOwn = this.#client?.isInTransaction === false;
    if (isOwn) await this.#query("begin");
    this.#state = isOwn ? "open in its own transaction" : "open";
    await this.#query(`declare ${this.#name} no scroll cursor for ${this.#sql}`, this.#parameters);
  }

  async #query(sql: string, parameters: unknown[] = []): Promise<T[]> {
    try {
      const result = await this.#client?.query<T>(sql, parameters);
      return result?.rows ?? [];
    } catch (error) {
      const isOwn = this.#state === "open in its own transaction";
      this.#state = "failed";
      // The first error says what happened; a lost connection can't roll back.
      if (isOwn) await this.#client?.query("rollback", []).catch(() => undefined);
      throw error;
    }
  }

  #end(): void {
    this.#state = "closed";
  }
}
