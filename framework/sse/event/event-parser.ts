/** An event as a client receives it. */
export interface ReceivedEvent {
  /** `message` if it has no name of its own. */
  readonly name: string;
  readonly id: string;
  readonly data: string;
}

/** Reads the bytes of a stream as its events, until it ends or the reader is canceled. Lines end with LF alone, as the broker writes them; comments are left out. */
export async function* readEvents(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<ReceivedEvent> {
  const decoder = new TextDecoder();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + decoder.decode(part.value, { stream: true })).split("\n\n");
    rest = blocks.pop() ?? "";
    yield* blocks.flatMap(readEvent);
  }
}

function readEvent(block: string): readonly ReceivedEvent[] {
  const lines = block.split("\n").map((line): [string, string] => {
    const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    return [field, value];
  });
  const last = (field: string) => lines.findLast(([given]) => given === field)?.[1] ?? "";
  const data = lines.filter(([field]) => field === "data").map(([, value]) => value);
  const name = last("event");
  // A lone id or a comment is not an event.
  return data.length === 0 && name === "" ? [] : [{ name: name || "message", id: last("id"), data: data.join("\n") }];
}
