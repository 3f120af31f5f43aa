import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../framework/base/index.ts";
import { senderChecks } from "../conformance/sender-conformance.ts";
import { createMail } from "../mail.ts";
import { createSmtpSender } from "./smtp-sender.ts";

const disposables: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of disposables.splice(0).reverse()) await close();
});

interface Delivery {
  readonly raw: Buffer;
  readonly recipients: string[];
}

async function startServer(options: SMTPServerOptions = {}, wantedPort = 0) {
  const deliveries: Delivery[] = [];
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    ...options,
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      deliveries.push({
        raw: Buffer.concat(chunks),
        recipients: session.envelope.rcptTo.map(({ address }) => address),
      });
      done();
    },
  });
  server.on("error", () => {});
  const port = await listen(server.server, wantedPort);
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  disposables.push(stop);
  return { deliveries, port, stop };
}

async function startBlackHole(): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  disposables.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return listen(server);
}

async function listen(server: Server, wantedPort = 0): Promise<number> {
  server.listen(wantedPort, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return address !== null && typeof address === "object" ? address.port : 0;
}

function sendTo(url: string, timeoutMs?: number) {
  const sender = createSmtpSender(url, { acceptAnyCertificate: true, ...(timeoutMs ? { timeoutMs } : {}) });
  const mail = createMail({
    sender,
    log: silentLogger,
    from: "App <app@example.com>",
    appName: "App",
    appUrl: "http://a.de",
  });
  disposables.push(() => mail.close({ graceMs: 0 }));
  return { sender, mail };
}

describe("createSmtpSender", () => {
  const open = async () => {
    const { deliveries, port } = await startServer();
    const { sender } = sendTo(`smtp://127.0.0.1:${port}`);

    return {
      sender,
      delivered: () =>
        Promise.all(
          deliveries.map(async ({ raw }) => {
            const { subject = "", text = "" } = await PostalMime.parse(raw);
            return { subject, text };
          }),
        ),
    };
  };

  it.each(senderChecks(open))("$name", ({ run }) => run());

  it("delivers HTML, text, attachments, inline images and headers; bcc only in the envelope", async () => {
    const { deliveries, port } = await startServer();
    const { mail } = sendTo(`smtp://127.0.0.1:${port}`);

    await mail.send({
      to: ["Ada <ada@example.com>", "bob@example.com"],
      bcc: "hidden@example.com",
      replyTo: "reply@example.com",
      subject: "Report",
      html: '<p>See <img src="cid:logo" alt="logo"></p>',
      headers: { "X-Kind": "report" },
      attachments: [
        { filename: "r.csv", content: "a,b" },
        { filename: "logo.png", content: new Uint8Array([137, 80]), cid: "logo" },
      ],
    });

    const { raw = Buffer.alloc(0), recipients = [] } = deliveries[0] ?? {};
    const parsed = await PostalMime.parse(raw);
    expect(recipients).toEqual(["ada@example.com", "bob@example.com", "hidden@example.com"]);
    expect(raw.toString()).not.toContain("hidden@example.com");
    expect(parsed.html).toContain("cid:logo");
    expect(parsed.text).toContain("See");
    expect(parsed.replyTo?.[0]?.address).toBe("reply@example.com");
    expect(parsed.headers.find(({ key }) => key === "x-kind")?.value).toBe("report");
    expect(parsed.attachments.map(({ filename, disposition }) => [filename, disposition])).toEqual(
      expect.arrayContaining([
        ["r.csv", "attachment"],
        ["logo.png", "inline"],
      ]),
    );
  });

  it("logs in over TLS", async () => {
    const users: string[] = [];
    const { port } = await startServer({
      authOptional: false,
      onAuth: ({ username = "", password = "" }, session, done) => {
        users.push(`${username}:${password}:${session.secure}`);
        done(null, { user: username });
      },
    });
    const { mail } = sendTo(`smtp://ada:p%40ss@127.0.0.1:${port}?tls=required`);

    await mail.send({ to: "b@example.com", subject: "Hi", text: "Hi" });

    expect(users).toEqual(["ada:p@ss:true"]);
  });

  it("doesn't send the password without TLS when TLS is required", async () => {
    const { port } = await startServer({ disabledCommands: ["STARTTLS"] });
    const { mail } = sendTo(`smtp://ada:secret@127.0.0.1:${port}?tls=required`);

    await expect(mail.send({ to: "b@example.com", subject: "Hi", text: "Hi" })).rejects.toMatchObject({
      code: "MAIL_SEND_FAILED",
    });
  });

  it("says which server refused the message and why, without the password", async () => {
    const { port } = await startServer({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(new Error("unknown user")),
    });
    const { mail } = sendTo(`smtp://ada:hunter2@127.0.0.1:${port}`);

    const refused = mail.send({ to: "b@example.com", subject: "Hi", text: "Hi" });

    await expect(refused).rejects.toThrow(new RegExp(`127.0.0.1:${port} did not accept`));
    await expect(refused).rejects.not.toThrow(/hunter2/);
  });

  it("verifies a server that answers and rejects one that is down", async () => {
    const { port } = await startServer();

    await expect(sendTo(`smtp://127.0.0.1:${port}`).mail.verify()).resolves.toBeUndefined();
    await expect(sendTo("smtp://127.0.0.1:1").mail.verify()).rejects.toMatchObject({ code: "MAIL_SEND_FAILED" });
  });

  it("gives up on a server that never answers", async () => {
    const port = await startBlackHole();
    const { mail } = sendTo(`smtp://127.0.0.1:${port}`, 200);

    await expect(mail.send({ to: "b@example.com", subject: "Hi", text: "Hi" })).rejects.toMatchObject({
      code: "MAIL_SEND_FAILED",
    });
  });

  it("returns from sendLater at once while the server never answers", async () => {
    const port = await startBlackHole();
    const { mail } = sendTo(`smtp://127.0.0.1:${port}`);
    await mail.prepare({ to: "b@example.com", subject: "Warm", html: "<p>Hi</p>" });
    const started = performance.now();

    await mail.sendLater({ to: "b@example.com", subject: "Hi", html: "<p>Hi</p>" });

    expect(performance.now() - started).toBeLessThan(500);
  });

  it("delivers again after the server comes back", async () => {
    const before = await startServer();
    const { mail } = sendTo(`smtp://127.0.0.1:${before.port}`);
    const message = { to: "b@example.com", subject: "Hi", text: "Hi" };
    await mail.send(message);
    await before.stop();

    const refused = await mail.send(message).catch((error: unknown) => error);
    const after = await startServer({}, before.port);
    await mail.send(message);

    expect(refused).toMatchObject({ code: "MAIL_SEND_FAILED" });
    expect(after.deliveries).toHaveLength(1);
  });

  it("rejects an invalid URL right away", () => {
    expect(() => createSmtpSender("http://mail")).toThrow(/SMTP_URL/);
  });
});
