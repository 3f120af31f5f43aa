import { describe, expect, it } from "vitest";
import { createLogger } from "../../base/index.ts";
import { formatClose, logBrokenStream } from "./stream-ending.ts";

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
  it("warns of a failure, with the connection and the error", () => {
    expect(levelsOf(new Error("write EIO"))).toEqual([[40, "c1", "write EIO"]]);
  });

  it("makes little of a client that goes away", () => {
    const error = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

    expect(levelsOf(error)).toEqual([[20, "c1", "read ECONNRESET"]]);
  });
});

describe("formatClose", () => {
  it("sends the page to the login of the app", () => {
    expect(formatClose("expired", { loginPath: "/enter" })).toBe(
      'event: bk:close\ndata: {"reason":"expired","path":"/enter"}\n\n',
    );
  });

  it("leaves a page where it is that only may not hear a topic", () => {
    expect(formatClose("forbidden", {})).toBe('event: bk:close\ndata: {"reason":"forbidden"}\n\n');
  });
});
