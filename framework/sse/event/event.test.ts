import { createParser, type EventSourceMessage } from "eventsource-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBinary, type SSEEvent, serialiseEvent } from "./event.ts";

interface Parsed {
  readonly events: EventSourceMessage[];
  readonly comments: string[];
  readonly retries: number[];
}

/** Cuts the bytes at the given places, decodes as a stream does, and parses. */
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

function normalise(text: string): string {
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
  .array(fc.oneof(fc.string({ unit: "binary" }), nasty), { maxLength: 12 })
  .map((parts) => Buffer.from(parts.join("")).toString());
const name = text.map((value) => value.replace(/[\r\n\0]/g, "")).filter((value) => value !== "");
const cuts = fc.array(fc.nat(), { maxLength: 20 });

describe("serialiseEvent", () => {
  it("writes one line a field and ends with a blank line", () => {
    const wire = serialiseEvent({ comment: "hi", id: "7", event: "tick", retry: 1000, data: "a\nb" });

    expect(wire).toBe(": hi\nid: 7\nevent: tick\nretry: 1000\ndata: a\ndata: b\n\n");
  });

  it("sends empty data as an event with empty data", () => {
    expect(parse(serialiseEvent({ data: "" })).events).toMatchObject([{ data: "" }]);
  });

  it("is the empty string for an event without fields", () => {
    expect(serialiseEvent({})).toBe("");
  });

  it("brings any data, event name and id through a standard parser, however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ data: text, event: name, id: name }), { maxLength: 5 }), cuts, (events, at) => {
        const parsed = parse(`:\n\n${events.map(serialiseEvent).join("")}`, at);

        expect(parsed.events).toEqual(events.map((event) => ({ ...event, data: normalise(event.data) })));
      }),
      { numRuns: 2000 },
    );
  });

  it("lets no field break out of data or a comment", () => {
    fc.assert(
      fc.property(text, text, (data, comment) => {
        const parsed = parse(`:\n\n${serialiseEvent({ data, comment })}`);

        expect(parsed.events).toEqual([{ data: normalise(data), id: undefined, event: undefined }]);
        expect(parsed.comments.slice(1).join("\n")).toBe(normalise(comment));
        expect(parsed.retries).toEqual([]);
      }),
    );
  });

  it("refuses NUL and line breaks in event and id", () => {
    const values = ["a\0", "a\n", "a\rb", "\r\n"];

    const refused = values.flatMap((value) => [{ event: value }, { id: value }]).map(attempt);

    expect(new Set(refused)).toEqual(new Set(["SSE_FIELD_NOT_SENDABLE"]));
  });

  it("refuses a retry that is no whole number from 0 up, text with line breaks included", () => {
    const values: unknown[] = [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5\ndata: x", null];

    const refused = values.map((retry) => attempt({ retry } as SSEEvent));

    expect(new Set(refused)).toEqual(new Set(["SSE_RETRY_NOT_SENDABLE"]));
  });

  it("sends 10 MB as one event", () => {
    const data = `${"é😀x".repeat(1_500_000)}\n${"y".repeat(1_000_000)}`;

    const parsed = parse(serialiseEvent({ data }), [1, 2_000_001, 5_000_003, 9_000_002]);

    expect(parsed.events).toHaveLength(1);
    expect(parsed.events[0]?.data === data).toBe(true);
  });
});

describe("formatBinary", () => {
  it("brings any bytes through as base64", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const [event] = parse(serialiseEvent({ data: formatBinary(bytes) })).events;

        expect(new Uint8Array(Buffer.from(event?.data ?? "", "base64"))).toEqual(bytes);
      }),
    );
  });
});

function attempt(event: SSEEvent): unknown {
  try {
    return serialiseEvent(event);
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}
