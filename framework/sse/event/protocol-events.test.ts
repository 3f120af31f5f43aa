import { describe, expect, it } from "vitest";
import {
  formatHello,
  formatPing,
  formatPresence,
  formatResync,
  formatRetry,
  formatRetryField,
} from "./protocol-events.ts";

describe("the framework's own events", () => {
  it("are written as pages and proxies read them", () => {
    const hello = { connectionId: "c1", cursor: "1-2", heartbeatMs: 25_000, retryMs: 1_000 };

    expect(formatHello(hello)).toBe(
      'id: 1-2\nevent: bk:hello\nretry: 1000\ndata: {"connectionId":"c1","cursor":"1-2","heartbeatMs":25000}\n\n',
    );
    expect(formatPing("1-2")).toBe("id: 1-2\nevent: bk:ping\ndata: \n\n");
    expect(formatResync("1-2")).toBe("id: 1-2\nevent: bk:resync\ndata: missed\n\n");
    expect(formatRetry(99.5)).toBe("event: bk:retry\nretry: 100\ndata: 100\n\n");
    expect(formatRetryField(99.4)).toBe("retry: 99\n\n");
    expect(formatPresence({ member: "ann" })).toBe('event: bk:presence\ndata: {"member":"ann"}\n\n');
  });
});
