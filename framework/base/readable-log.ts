import type { DestinationStream } from "pino";

const levels: Readonly<Record<number, string>> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
  60: "fatal",
};

/**
 * Turns a logger's JSON lines into readable text for the terminal in development: level, message, facts, and an error's stack on separate
 * lines. Control characters stay escaped, so that input can't forge a line.
 */
export function readableLines(write: (text: string) => void): DestinationStream {
  return { write: (line) => write(formatEntry(line)) };
}

function formatEntry(line: string): string {
  const { level, time: _time, msg, err, ...facts } = JSON.parse(line);
  const name = levels[Number(level)] ?? String(level);
  const words = Object.entries(facts).map(([key, value]) => `${key}=${formatValue(value)}`);
  const head = [name.padEnd(6), escaped(String(msg ?? "")), ...words].join(" ").trimEnd();
  return `${[head, ...errorLines(err)].join("\n")}\n`;
}

/** Simple text as it is, everything else as JSON, which also escapes control characters. */
function formatValue(value: unknown): string {
  return typeof value === "string" && /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
}

function errorLines(error: unknown): readonly string[] {
  if (typeof error !== "object" || error === null) return [];
  const { stack, message, cause } = error as Record<string, unknown>; // each property is checked before use
  const text = typeof stack === "string" ? stack : String(message ?? JSON.stringify(error));
  const lines = text.split("\n").map((line) => `       ${escaped(line)}`);
  const deeper = errorLines(cause);
  return deeper.length > 0 ? [...lines, "       caused by", ...deeper] : lines;
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\");
}
