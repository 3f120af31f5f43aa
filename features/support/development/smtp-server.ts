import { SMTPServer } from "smtp-server";
import { listenLocally } from "../listen.ts";

export interface TestSmtpServer {
  readonly url: string;
  /** The messages received so far, as sent over the wire. */
  readonly received: readonly string[];
  stop(): Promise<void>;
}

/** A real SMTP server on a free port that accepts everything. */
export async function startSmtpServer(): Promise<TestSmtpServer> {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.once("end", () => {
        received.push(text);
        done();
      });
    },
  });
  return {
    url: `smtp://127.0.0.1:${await listenLocally(server.server)}`,
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
