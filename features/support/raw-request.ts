import { type Agent, request } from "node:http";

export interface RawRequest {
  readonly method: string;
  /** Sent as it is, in the request line. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly agent?: Agent;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends what `fetch` would clean up first. Of a stream only the head is read. */
export async function sendRaw(
  url: string,
  { method, path, headers = {}, body, agent }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return await new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, headers, ...(agent ? { agent } : {}) }, (answer) => {
      const chunks: Buffer[] = [];
      const end = () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() });
      if (String(answer.headers["content-type"]).startsWith("text/event-stream")) {
        end();
        answer.destroy();
        return;
      }
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("end", end);
      answer.once("error", reject);
    });
    asked.once("error", reject);
    asked.end(body);
  });
}
