import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { loggedError, silentLogger } from "../../framework/base/index.ts";
import { sampleMessage } from "../conformance/sample-message.ts";
import { senderChecks } from "../conformance/sender-conformance.ts";
import { createMail } from "../mail.ts";
import { refusedIn } from "../message/refused-recipient.ts";
import { createSmtpSender } from "./smtp-sender.ts";

const disposables: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of disposables.splice(0).reverse()) await close();
});

interface Delivery {
  readonly raw: Buffer;
  readonly recipients: string[];
}

async function startServer(options: SMTPServerOptions = {}, wantedPort = 0, refuse: () => Error | null = () => null) {
  const deliveries: Delivery[] = [];
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    ...options,
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const refusal = refuse();
      if (refusal) return done(refusal);
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

/** Nobody is at `gone@`, and `busy@` comes later. */
const refuseSome: SMTPServerOptions["onRcptTo"] = ({ address }, _session, done) => {
  if (address.startsWith("gone")) return done(smtpError(550, `<${address}>: no such user`));
  if (address.startsWith("busy")) return done(smtpError(451, `<${address}>: later`));
  done();
};

function smtpError(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
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

const mailOptions = { log: silentLogger, from: "App <app@example.com>", appName: "App", appUrl: "http://a.de" };

function sendTo(url: string, timeoutMs?: number) {
  const sender = createSmtpSender(url, { acceptAnyCertificate: true, ...(timeoutMs ? { timeoutMs } : {}) });
  const mail = createMail({ ...mailOptions, sender });
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

  it("sends to domains in any script, in their ASCII form", async () => {
    const { deliveries, port } = await startServer();
    const { mail } = sendTo(`smtp://127.0.0.1:${port}`);

    await mail.send({
      from: "app@उदाहरण.परीक्षा",
      to: ["info@उदाहरण.परीक्षा", "info@ตัวอย่าง.ไทย", "info@münchen.example"],
      subject: "Hi",
      text: "Hi",
    });

    const raw = deliveries[0]?.raw.toString().replace(/\r\n\s+/g, " ") ?? "";
    expect(/^To: (.*)$/m.exec(raw)?.[1]).toBe(
      "info@xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g, info@xn--72c1a1bt4awk9o.xn--o3cw4h, info@xn--mnchen-3ya.example",
    );
    expect(raw).toMatch(/^Message-ID: <[^@]+@xn--p1b6ci4b4b3a\.xn--11b5bs3a9aj6g>$/im);
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

  it("says who was refused, for now or for good, although others got the message", async () => {
    const { port } = await startServer({ onRcptTo: refuseSome });
    const { sender } = sendTo(`smtp://127.0.0.1:${port}`);
    const addresses = ["ada@example.com", "busy@exämple.de", "gone@example.com"];

    const { refused } = await sender.send({ ...sampleMessage, to: addresses.map((address) => ({ address })) });

    expect(refused).toEqual([
      { address: "busy@exämple.de", isFinal: false, reason: "451 <bu…@exämple.de>: later" },
      { address: "gone@example.com", isFinal: true, reason: "550 <go…@example.com>: no such user" },
    ]);
  });

  it("rejects with the refused recipients if nobody got the message, without addresses in the texts", async () => {
    const { port } = await startServer({ onRcptTo: refuseSome });
    const { sender } = sendTo(`smtp://127.0.0.1:${port}`);

    const error: unknown = await sender
      .send({ ...sampleMessage, to: [{ address: "gone@example.com" }] })
      .catch((e) => e);

    expect(error).toMatchObject({
      code: "MAIL_SEND_FAILED",
      refused: [{ address: "gone@example.com", isFinal: true, reason: "550 <go…@example.com>: no such user" }],
    });
    expect(JSON.stringify(loggedError(error))).not.toContain("gone@");
  });

  it.each([
    [554, [{ address: "person@example.com", isFinal: true, reason: "554 spam" }]],
    [451, undefined],
    [530, undefined],
  ])(
    "takes the answer %i to the content as final for everybody, or as a failure to try again",
    async (code, refused) => {
      const { port } = await startServer({}, 0, () => smtpError(code, "spam"));
      const { sender } = sendTo(`smtp://127.0.0.1:${port}`);

      const error: unknown = await sender.send(sampleMessage).catch((e) => e);

      expect(refusedIn(error)).toEqual(refused);
    },
  );

  it("doesn't deliver a message later whose time is up", async () => {
    const greetings: (() => void)[] = [];
    const { deliveries, port } = await startServer({
      onConnect: (_session, done) => (greetings.length === 0 ? void greetings.push(done) : done()),
    });
    const sender = createSmtpSender(`smtp://127.0.0.1:${port}`, { acceptAnyCertificate: true, maxConnections: 1 });
    disposables.push(() => sender.close?.());
    const mail = createMail({ ...mailOptions, sender, timeoutMs: 300 });
    const late = mail.send({ to: "b@example.com", subject: "Late", text: "Hi" });
    await expect(late).rejects.toMatchObject({ code: "MAIL_SEND_TIMED_OUT" });

    for (const greet of greetings) greet();
    await sender.send({ ...sampleMessage, subject: "Next" });

    expect(deliveries.map(({ raw }) => /^Subject: (.*)$/m.exec(raw.toString())?.[1]?.trim())).toEqual(["Next"]);
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
