/** A database server of its own for a test, with its own port and folder, which can be restarted. */
export interface OwnDatabase {
  readonly url: string;
  /** Restarts it as after a crash: connections drop, running transactions are rolled back. Resolves when it is ready again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}
