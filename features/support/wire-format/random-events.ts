import { type SSEEvent, serializeEvent } from "buffkit";
import fc from "fast-check";
import { anyCharacter } from "../../../framework/test-support/any-character.ts";

/** An event as a client sees it. */
export interface SeenEvent {
  readonly type: string;
  readonly data: string;
  /** The last id sent before or with this event. */
  readonly id: string;
}

/** What breaks naive parsers: all line breaks, blank lines, characters that look like them or that decoders drop, text that looks like a field. */
const nasty = fc.constantFrom(
  ..."\r|\n|\r\n|\n\n|\r\r\n|\0|\ufeff|\u0085|\u2028|\u2029|:| |data: x|\nid: 7\n|\nevent: no\n|\rretry: 1\r|😀|\ud800".split(
    "|",
  ),
);
const text = fc
  .array(fc.oneof(fc.string({ unit: anyCharacter }), nasty), { maxLength: 12 })
  .map((parts) => parts.join(""));
const name = text.map((value) => wellFormed(value.replace(/[\r\n\0]/g, ""))).filter((value) => value !== "");

/** The same events for the same seed. Their types come from a short list, because EventSource has to subscribe to each. */
export function randomEvents(count: number, seed: number, length = 0): SSEEvent[] {
  const types = fc.sample(name, { numRuns: 30, seed });
  const long = fc.array(text, { minLength: 40, maxLength: 60 }).map((parts) => stretch(parts.join(""), length));
  const event = fc.record(
    { data: length > 0 ? long : text, event: fc.constantFrom(...types), id: fc.oneof(name, fc.constant("")) },
    { requiredKeys: ["data"] },
  );
  return fc.sample(event, { numRuns: count, seed });
}

/** What a conforming client reads (WHATWG HTML, section 9.2.6). */
export function expectedOf(events: readonly SSEEvent[]): SeenEvent[] {
  let last = "";
  return events.map(({ event = "message", data = "", id }) => {
    last = id ?? last;
    return { type: event, data: wellFormed(data).replace(/\r\n|\r/g, "\n"), id: last };
  });
}

/** The bytes of the events, split anywhere: inside a line, a line break or a character. */
export function splitAtRandom(events: readonly SSEEvent[], seed: number): Buffer[] {
  const bytes = Buffer.from(events.map(serializeEvent).join(""));
  const longest = Math.max(400, bytes.length / 2000);
  const sizes = fc.sample(fc.integer({ min: 1, max: Math.ceil(longest) }), { numRuns: 5000, seed });
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = sizes[chunks.length % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

function stretch(value: string, length: number): string {
  return value.repeat(Math.ceil(length / Math.max(1, value.length))).slice(0, length);
}

/** As it arrives in UTF-8: a lone surrogate is replaced. */
function wellFormed(value: string): string {
  return Buffer.from(value).toString();
}
