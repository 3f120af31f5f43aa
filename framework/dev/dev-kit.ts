import type { Context } from "hono";
import type { Inbox, Mail } from "../../mail/index.ts";
import type { Logger } from "../base/index.ts";
import type { Jobs } from "../jobs/index.ts";
import type { Broker } from "../sse/index.ts";

/** Answers a failed request for a developer. */
export type ErrorPresenter = (error: Error, c: Context) => Response | Promise<Response>;

/** As much of the migrator as the development pages use. */
export interface DevMigrator {
  status(): Promise<{
    readonly entries: readonly { readonly name: string; readonly appliedAt: string | null }[];
    readonly pending: readonly string[];
    readonly problems: readonly { readonly text: string }[];
  }>;
  up(): Promise<readonly string[]>;
}

/** As much of the kit as the development pages use. What is missing is left out of the pages. */
export interface DevKit {
  readonly version: string;
  /** False: the kit is a production one, and the part refuses to be mounted. */
  readonly dev?: boolean;
  /** The app's folder; the working directory unless given. */
  readonly root?: string;
  /** Whether the server is about to stop; open pages are then let go, so that they hold it up for nobody. */
  readonly isDraining?: boolean;
  readonly log?: Logger;
  readonly mail: Pick<Mail, "appName" | "appUrl" | "messages" | "prepare" | "send">;
  readonly inbox?: Inbox | undefined;
  readonly broker?: Pick<Broker, "clientCount" | "stats">;
  readonly jobs?: Pick<Jobs, "engine" | "stats" | "list" | "dead" | "retry" | "cancel" | "start" | "onChange">;
  readonly importMap?: { list(): Iterable<unknown> };
  readonly components?: { names(): Iterable<string> };
  readonly db?: { readonly dialect: string };
  readonly migrator?: DevMigrator | undefined;
  /** How many users there are. */
  countUsers?(): Promise<number>;
  /** Puts the development error page in the place of the plain one. */
  presentErrors?(presenter: ErrorPresenter): void;
}
