import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { freePort } from "../../framework/test-support/free-port.ts";
import { freeFolder } from "../support/free-folder.ts";
import { FaultProcess } from "./fault-process.ts";
import { waitFor } from "./wait-for.ts";

export interface DeadMailFindings {
  readonly status: number;
  /** The slowest page that sent a mail while the mail server was silent. */
  readonly slowestMs: number;
  /** The number of mails that arrived after the web server was killed and restarted, with a working mail server. */
  readonly delivered: number;
  readonly sent: number;
}

/** A mail server accepts connections and never responds; then the web server is killed, and both are restarted. */
export async function silenceMailServer(): Promise<DeadMailFindings> {
  const folder = freeFolder("mail");
  const mailPort = await freePort();
  const environment = {
    DATABASE_URL: `sqlite:${join(folder.path, "app.db")}`,
    FAULT_FOLDER: folder.path,
    SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
  };
  const hole = await openBlackHole(mailPort);
  let server = await FaultProcess.start({ environment });
  const received: string[] = [];
  const sent = 5;
  try {
    const answers = [];
    for (let n = 0; n < sent; n++) answers.push(await server.ask("POST", "/faults/mail"));
    await server.end("SIGKILL");
    await hole.close();
    const mailServer = await startMailServer(mailPort, received);
    server = await FaultProcess.start({ environment });
    await waitFor("the mails", () => received.length >= sent).catch(() => undefined);
    mailServer.close();
    return {
      status: Math.max(...answers.map(({ status }) => status)),
      slowestMs: Math.max(...answers.map(({ tookMs }) => tookMs)),
      delivered: received.length,
      sent,
    };
  } finally {
    await server.end("SIGKILL");
    folder.remove();
  }
}

async function openBlackHole(port: number): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

async function startMailServer(port: number, received: string[]): Promise<SMTPServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, _session, done) {
      stream.resume();
      stream.once("end", () => {
        received.push("mail");
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}
