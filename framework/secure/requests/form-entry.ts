/** One name and value of a form. */
export type FormEntry = readonly [name: string, value: string | File];

export type FormEntries =
  | { readonly ok: true; readonly entries: readonly FormEntry[] }
  | { readonly ok: false; readonly reason: "malformed" | "too-many" };
