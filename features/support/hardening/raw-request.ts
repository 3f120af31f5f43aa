import { type Agent, request } from "node:http";

export interface RawRequest {
  readonly method: string;
  /** Sent unchanged in the request line. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly agent?: Agent;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a request that `fetch` would normalize first. Of an event stream only the head is read. */
export async function sendRaw(
  url: string,
  { method, path, headers = {}, body, agent }: RawRequest,
): Promise<RawResponse> {
  const { hostname, port } = new URL(url);
  return await new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers, ...(agent ? { agent } : {}) }, (incoming) => {
      const chunks: Buffer[] = [];
      const finish = () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString(),
        });
      if (String(incoming.headers["content-type"]).startsWith("text/event-stream")) {
        finish();
        incoming.destroy();
        return;
      }
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.once("end", finish);
      incoming.once("error", reject);
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}
