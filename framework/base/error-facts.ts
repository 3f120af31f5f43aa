/** The `code` of an error, or "" if it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Why something failed, in the error's own words: its message, or the code or name of an error without one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== "") return error.message;
  return error instanceof AggregateError ? error.errors.map(reasonOf).join("; ") : codeOf(error) || error.name;
}
