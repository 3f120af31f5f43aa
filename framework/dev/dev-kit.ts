import type { Context } from "hono";
import type { Inbox, Mail } from "../../mail/index.ts";
import type { Logger } from "../base/index.ts";
import type { Jobs } from "../jobs/index.ts";
import type { LiveReport } from "../live/index.ts";
import type { Broker } from "../sse/index.ts";

/** Responds to a failed request with details for the developer. */
export type ErrorPresenter = (error: Error, c: Context) => Response | Promise<Response>;

/** The part of the migrator that the development pages use. */
export interface DevMigrator {
  status(): Promise<{
    readonly entries: readonly { readonly name: string; readonly appliedAt: string | null }[];
    readonly pending: readonly string[];
    readonly problems: readonly { readonly text: string }[];
  }>;
  up(): Promise<readonly string[]>;
}

/** The part of the kit that the development pages use. Anything missing is left out of the pages. */
export interface DevKit {
  readonly version: string;
  /** False for a production kit, on which the part refuses to be mounted. */
  readonly dev?: boolean;
  /** The folder of the app. Default: the working directory. */
  readonly root?: string;
  /** Whether the server is about to stop; open pages are then disconnected so that they don't delay it. */
  readonly isDraining?: boolean;
  readonly log?: Logger;
  readonly mail: Pick<Mail, "appName" | "appUrl" | "messages" | "prepare" | "send">;
  readonly inbox?: Inbox;
  readonly broker?: Pick<Broker, "clientCount" | "stats">;
  readonly live?: { readonly report: LiveReport };
  readonly jobs?: Pick<Jobs, "engine" | "stats" | "list" | "dead" | "retry" | "cancel" | "start" | "onChange">;
  readonly importMap?: { list(): Iterable<unknown> };
  readonly components?: { names(): Iterable<string> };
  readonly db?: { readonly dialect: string };
  readonly migrator?: DevMigrator;
  /** The number of users. */
  countUsers?(): Promise<number>;
  /** Replaces the plain error page with the development one. */
  presentErrors?(presenter: ErrorPresenter): void;
}
