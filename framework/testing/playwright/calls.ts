import type { User, UserRecord } from "../../auth/index.ts";
import type { NewUser } from "../create-user.ts";
import type { LastMailOptions, TestMail } from "../mailbox.ts";

/** What a browser test asks of the process that runs the app. */
export interface ServerCalls {
  /** Builds the app once more, and returns its address. */
  open(): Promise<string>;
  createUser(user: NewUser): Promise<UserRecord>;
  /** Returns the value of a `Cookie` header. */
  logIn(user: User): Promise<string>;
  lastMail(options: LastMailOptions): Promise<TestMail>;
  advanceClock(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export interface Call {
  readonly id: number;
  readonly name: keyof ServerCalls;
  readonly args: readonly unknown[];
}

export type CallResult =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: CallError };

/** An error as it is sent between the processes. */
export interface CallError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}
