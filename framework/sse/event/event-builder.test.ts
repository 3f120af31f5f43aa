import { describe, expect, it } from "vitest";
import { createEvent } from "./event-builder.ts";
import { serializeEvent } from "./wire-format.ts";

describe("createEvent", () => {
  it("builds the event step by step", () => {
    const event = createEvent().id("1").event("tick").retry(5).comment("c").json({ n: 1 }).build();

    expect(event).toEqual({ id: "1", event: "tick", retry: 5, comment: "c", data: '{"n":1}' });
  });

  it("encodes bytes as base64", () => {
    expect(
      serializeEvent(
        createEvent()
          .binary(Uint8Array.of(1, 2, 255))
          .build(),
      ),
    ).toBe("data: AQL/\n\n");
  });

  it("throws for an invalid event when it is built", () => {
    const builder = createEvent().event("a\nb");

    expect(() => builder.build()).toThrow(expect.objectContaining({ code: "SSE_FIELD_NOT_SENDABLE" }));
  });
});
