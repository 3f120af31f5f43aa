/** Whether a value is an object whose properties can be read; arrays are, too. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
