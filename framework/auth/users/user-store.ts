import type { UserRecord } from "./user.ts";

/** The fields of a user that may change. */
export type UserChanges = Partial<Omit<UserRecord, "id" | "createdAt">>;

/** What an insert or a change of address came to: `taken` when another account has the address. */
export type UserWrite = { readonly ok: true } | { readonly ok: false; readonly reason: "taken" };

/** Where users are kept. An app may bring its own. Addresses arrive normalized. */
export interface UserStore {
  findById(id: string): Promise<UserRecord | null>;
  findByEmail(email: string): Promise<UserRecord | null>;
  /** Must be atomic: of two inserts with one address, one is refused. */
  insert(user: UserRecord): Promise<UserWrite>;
  update(id: string, changes: UserChanges): Promise<UserWrite>;
  delete(id: string): Promise<void>;
}
