import { createParser, type EventSourceMessage } from "eventsource-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCharacter } from "../../test-support/any-character.ts";
import { formatBinary, type SSEEvent, serializeEvent } from "./wire-format.ts";

interface Parsed {
  readonly events: EventSourceMessage[];
  readonly comments: string[];
  readonly retries: number[];
}

/** Splits the bytes at the given positions, decodes them as a stream, and parses them. */
function parse(wire: string, cuts: readonly number[] = []): Parsed {
  const parsed: Parsed = { events: [], comments: [], retries: [] };
  const parser = createParser({
    onEvent: (event) => parsed.events.push(event),
    onComment: (comment) => parsed.comments.push(comment),
    onRetry: (retry) => parsed.retries.push(retry),
  });
  const bytes = new TextEncoder().encode(wire);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const borders = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  borders.forEach((border, index) => {
    parser.feed(decoder.decode(bytes.subarray(border, borders[index + 1] ?? bytes.length), { stream: true }));
  });
  return parsed;
}

function normalize(text: string): string {
  return text.replace(/\r\n|\r/g, "\n");
}

const nasty = fc.constantFrom(
  "\r",
  "\n",
  "\r\n",
  "\0",
  "\ufeff",
  "\u2028",
  ":",
  " ",
  "data: x",
  "\nid: 7\n",
  "\n\n",
  "😀",
);
const text = fc
  .array(fc.oneof(fc.string({ unit: anyCharacter }), nasty), { maxLength: 12 })
  .map((parts) => Buffer.from(parts.join("")).toString());
const name = text.map((value) => value.replace(/[\r\n\0]/g, "")).filter((value) => value !== "");
const cuts = fc.array(fc.nat(), { maxLength: 20 });

describe("serializeEvent", () => {
  it("writes one line per field and ends with a blank line", () => {
    const wire = serializeEvent({ comment: "hi", id: "7", event: "tick", retry: 1000, data: "a\nb" });

    expect(wire).toBe(": hi\nid: 7\nevent: tick\nretry: 1000\ndata: a\ndata: b\n\n");
  });

  it("sends empty data as an event with empty data", () => {
    expect(parse(serializeEvent({ data: "" })).events).toMatchObject([{ data: "" }]);
  });

  it("is the empty string for an event without fields", () => {
    expect(serializeEvent({})).toBe("");
  });

  it("round-trips any data, event name and id through a standard parser, however the bytes are split", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ data: text, event: name, id: name }), { maxLength: 5 }), cuts, (events, at) => {
        const parsed = parse(`:\n\n${events.map(serializeEvent).join("")}`, at);

        expect(parsed.events).toEqual(events.map((event) => ({ ...event, data: normalize(event.data) })));
      }),
      { numRuns: 2000 },
    );
  });

  it("does not let data or a comment inject fields", () => {
    fc.assert(
      fc.property(text, text, (data, comment) => {
        const parsed = parse(`:\n\n${serializeEvent({ data, comment })}`);

        expect(parsed.events).toEqual([{ data: normalize(data), id: undefined, event: undefined }]);
        expect(parsed.comments.slice(1).join("\n")).toBe(normalize(comment));
        expect(parsed.retries).toEqual([]);
      }),
    );
  });

  it("rejects NUL and line breaks in event and id", () => {
    const values = ["a\0", "a\n", "a\rb", "\r\n"];

    const refused = values.flatMap((value) => [{ event: value }, { id: value }]).map(attempt);

    expect(new Set(refused)).toEqual(new Set(["SSE_FIELD_NOT_SENDABLE"]));
  });

  it("rejects a retry that isn't a whole number of 0 or more, including text with line breaks", () => {
    const values: unknown[] = [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5\ndata: x", null];

    const refused = values.map((retry) => attempt({ retry } as SSEEvent));

    expect(new Set(refused)).toEqual(new Set(["SSE_RETRY_NOT_SENDABLE"]));
  });

  it("lets a client come back at once", () => {
    expect(serializeEvent({ retry: 0 })).toBe("retry: 0\n\n");
  });

  it("sends 10 MB as one event", () => {
    const data = `${"é😀x".repeat(1_500_000)}\n${"y".repeat(1_000_000)}`;

    const parsed = parse(serializeEvent({ data }), [1, 2_000_001, 5_000_003, 9_000_002]);

    expect(parsed.events).toHaveLength(1);
    expect(parsed.events[0]?.data === data).toBe(true);
  });
});

describe("formatBinary", () => {
  it("round-trips any bytes as base64", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const [event] = parse(serializeEvent({ data: formatBinary(bytes) })).events;

        expect(new Uint8Array(Buffer.from(event?.data ?? "", "base64"))).toEqual(bytes);
      }),
    );
  });
});

function attempt(event: SSEEvent): unknown {
  try {
    return serializeEvent(event);
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}
