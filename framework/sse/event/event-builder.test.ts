import { describe, expect, it } from "vitest";
import { serialiseEvent } from "./event.ts";
import { createEvent } from "./event-builder.ts";

describe("createEvent", () => {
  it("builds the event step by step", () => {
    const event = createEvent().id("1").event("tick").retry(5).comment("c").json({ n: 1 }).build();

    expect(event).toEqual({ id: "1", event: "tick", retry: 5, comment: "c", data: '{"n":1}' });
  });

  it("carries bytes as base64", () => {
    expect(
      serialiseEvent(
        createEvent()
          .binary(Uint8Array.of(1, 2, 255))
          .build(),
      ),
    ).toBe("data: AQL/\n\n");
  });

  it("refuses what cannot be sent when it is built", () => {
    const builder = createEvent().event("a\nb");

    expect(() => builder.build()).toThrow(expect.objectContaining({ code: "SSE_FIELD_NOT_SENDABLE" }));
  });
});
