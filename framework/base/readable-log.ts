import type { DestinationStream } from "pino";
import { escapeControls } from "./escape-controls.ts";
import { isRecord } from "./is-record.ts";

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
  const { level, time: _time, msg, err, ...others } = JSON.parse(line);
  const name = levels[Number(level)] ?? String(level);
  const facts = Object.entries(others);
  const words = facts.filter(([, value]) => !isError(value)).map(([key, value]) => `${key}=${formatValue(value)}`);
  const head = [name.padEnd(6), escaped(String(msg ?? "")), ...words].join(" ").trimEnd();
  const errors = [err, ...facts.map(([, value]) => value).filter(isError)].flatMap(errorLines);
  return `${[head, ...errors].map(escapeControls).join("\n")}\n`;
}

/** Simple text as it is, everything else as JSON, which also escapes control characters. */
function formatValue(value: unknown): string {
  return typeof value === "string" && /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
}

function isError(value: unknown): boolean {
  return isRecord(value) && typeof value.stack === "string";
}

function errorLines(error: unknown): readonly string[] {
  if (!isRecord(error)) return [];
  const { stack, message, cause } = error;
  const text = typeof stack === "string" ? stack : String(message ?? JSON.stringify(error));
  const lines = text.split("\n").map((line) => `       ${escaped(line)}`);
  const deeper = errorLines(cause);
  return deeper.length > 0 ? [...lines, "       caused by", ...deeper] : lines;
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\");
}
