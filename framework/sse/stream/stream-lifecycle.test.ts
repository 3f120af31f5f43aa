import { describe, expect, it } from "vitest";
import { createLogger } from "../../base/index.ts";
import { logBrokenStream } from "./stream-lifecycle.ts";

function levelsOf(error: unknown): unknown[] {
  const lines: string[] = [];
  const log = createLogger({ level: "debug", destination: { write: (line: string) => void lines.push(line) } });
  logBrokenStream(log, "c1", error);
  return lines.map((line) => {
    const { level, connectionId, err } = JSON.parse(line);
    return [level, connectionId, err.message];
  });
}

describe("logBrokenStream", () => {
  it("warns about a failure, with the connection and the error", () => {
    expect(levelsOf(new Error("write EIO"))).toEqual([[40, "c1", "write EIO"]]);
  });

  it("logs a client that disconnects at debug level only", () => {
    const error = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

    expect(levelsOf(error)).toEqual([[20, "c1", "read ECONNRESET"]]);
  });
});
