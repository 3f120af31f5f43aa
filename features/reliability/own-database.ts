/** A database server of the test's own, on its own port and folder, which may be restarted. */
export interface OwnDatabase {
  readonly url: string;
  /** As after a crash: connections are cut, running transactions rolled back. Resolves when it is ready again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}
