import { Agent, type ClientRequest, get, type IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** What one page of the crowd has heard. */
interface Listener {
  readonly numbers: Set<number>;
  lastEventId: string | undefined;
  retryMs: number;
  resyncs: number;
  isOpen: boolean;
  request: ClientRequest | undefined;
}

export interface CrowdFindings {
  /** Broadcasts that a page should have heard and did not, summed up over all pages. */
  readonly missed: number;
  /** How often a page was told that it missed something. */
  readonly resyncs: number;
  /** For how long pages had no stream after it had ended: the median and the maximum. */
  readonly deafMs: { readonly median: number; readonly max: number };
}

const firstRetryMs = 1000;

/** Many pages with an open stream. Each reconnects as browsers do: after the time that the server said, with the last event's id. */
export class StreamCrowd {
  readonly #url: string;
  readonly #listeners: readonly Listener[];
  readonly #agent = new Agent({ keepAlive: false });
  readonly #deaf: number[] = [];
  #isOver = false;

  constructor(url: string, size: number) {
    this.#url = url;
    this.#listeners = Array.from({ length: size }, () => ({
      numbers: new Set<number>(),
      lastEventId: undefined,
      retryMs: firstRetryMs,
      resyncs: 0,
      isOpen: false,
      request: undefined,
    }));
    for (const listener of this.#listeners) void this.#listen(listener);
  }

  get open(): number {
    return this.#listeners.filter(({ isOpen }) => isOpen).length;
  }

  /** How many of these numbers are missing, over all pages. */
  missing(numbers: readonly number[]): number {
    return this.#listeners.reduce((sum, { numbers: heard }) => sum + numbers.filter((n) => !heard.has(n)).length, 0);
  }

  findings(numbers: readonly number[]): CrowdFindings {
    const sorted = [...this.#deaf].sort((left, right) => left - right);
    return {
      missed: this.missing(numbers),
      resyncs: this.#listeners.reduce((sum, { resyncs }) => sum + resyncs, 0),
      deafMs: { median: Math.round(sorted[sorted.length >> 1] ?? 0), max: Math.round(sorted.at(-1) ?? 0) },
    };
  }

  leave(): void {
    this.#isOver = true;
    for (const { request } of this.#listeners) request?.destroy();
    this.#agent.destroy();
  }

  async #listen(listener: Listener): Promise<void> {
    let deafSince: number | undefined;
    while (!this.#isOver) {
      const response = await this.#connect(listener);
      if (response?.statusCode === 200) {
        if (deafSince !== undefined) this.#deaf.push(performance.now() - deafSince);
        listener.isOpen = true;
        await read(response, listener);
        listener.isOpen = false;
        deafSince = performance.now();
        await pause(listener.retryMs);
        listener.retryMs = firstRetryMs;
      } else {
        response?.resume();
        await pause(firstRetryMs);
      }
    }
  }

  #connect(listener: Listener): Promise<IncomingMessage | undefined> {
    const headers = listener.lastEventId === undefined ? {} : { "Last-Event-ID": listener.lastEventId };
    return new Promise((resolve) => {
      listener.request = get(`${this.#url}/events`, { agent: this.#agent, headers }, resolve);
      listener.request.on("error", () => resolve(undefined));
    });
  }
}

/** Reads until the stream ends. */
async function read(response: IncomingMessage, listener: Listener): Promise<void> {
  let text = "";
  try {
    for await (const bytes of response.setEncoding("utf8")) {
      const blocks = (text + bytes).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) take(block, listener);
    }
  } catch {
    // The connection broke; the next one resumes.
  }
}

function take(block: string, listener: Listener): void {
  const fields = new Map(
    block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.replace(/^\w*: ?/, "")]),
  );
  listener.lastEventId = fields.get("id") ?? listener.lastEventId;
  listener.retryMs = Number(fields.get("retry") ?? listener.retryMs);
  if (fields.get("event") === "number") listener.numbers.add(Number(fields.get("data")));
  if (fields.get("event") === "bk:resync") listener.resyncs += 1;
}
