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
 * Turns the JSON lines of a logger into text for people: level, sentence, facts, and an error's stack on lines of its own. For a
 * terminal in development; programs read the JSON. Control characters stay escaped, so that no input can forge a line.
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

/** A text as it is where that is clear, everything else as JSON, which also escapes what is no letter. */
function formatValue(value: unknown): string {
  return typeof value === "string" && /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
}

function errorLines(error: unknown): readonly string[] {
  if (typeof error !== "object" || error === null) return [];
  const { stack, message, cause } = error as Record<string, unknown>; // whatever it holds is looked at before it is used
  const text = typeof stack === "string" ? stack : String(message ?? JSON.stringify(error));
  const lines = text.split("\n").map((line) => `       ${escaped(line)}`);
  const deeper = errorLines(cause);
  return deeper.length > 0 ? [...lines, "       caused by", ...deeper] : lines;
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\");
}
