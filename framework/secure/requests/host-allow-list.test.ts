import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { type HostAllowListOptions, hostAllowList } from "./host-allow-list.ts";

async function statusFor(
  request: { host?: string; url?: string; rawHeaders?: string[] },
  options: Partial<HostAllowListOptions> = {},
) {
  const app = new Hono();
  app.use(hostAllowList({ appUrl: "https://app.example", hosts: [".wild.example"], ...options }));
  app.all("*", (c) => c.text("ok"));
  const headers: Record<string, string> = request.host === undefined ? {} : { Host: request.host };
  const env = request.rawHeaders ? { incoming: { rawHeaders: request.rawHeaders } } : undefined;
  return (await app.request(request.url ?? "http://app.example/", { headers }, env)).status;
}

/** A request whose target is taken as it is; `Request` would correct it. */
class AbsoluteRequest extends Request {
  readonly #target: string;

  constructor(target: string, host: string) {
    super("http://app.example/", { headers: { Host: host } });
    this.#target = target;
  }

  override get url(): string {
    return this.#target;
  }
}

describe("hostAllowList", () => {
  it.each([
    "app.example",
    "APP.example:8080",
    "a.wild.example",
    "localhost:3000",
    "127.0.0.1",
    "[::1]:3000",
    "x.localhost",
  ])("allows %s", async (host) => {
    expect(await statusFor({ host, url: `http://${host}/` })).toBe(200);
  });

  it.each([
    "evil.example",
    "app.example.evil.example",
    "wild.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
  ])("refuses %s", async (host) => {
    expect(await statusFor({ host })).toBe(403);
  });

  it.each(["app.example@evil.example", "app.example, evil.example", "a b", "app.example:99999x", "<script>"])(
    "calls %s malformed",
    async (host) => {
      expect(await statusFor({ host })).toBe(400);
    },
  );

  it("checks the target of an absolute-form request too", async () => {
    expect(await statusFor({ host: "app.example", url: "http://evil.example/" })).toBe(403);
  });

  it("refuses several Host headers", async () => {
    const rawHeaders = ["Host", "app.example", "Accept", "*/*", "host", "evil.example"];

    expect(await statusFor({ host: "app.example", rawHeaders })).toBe(400);
  });

  it.each([
    "*.example",
    "_x.example",
    "-a.example",
    ".example",
    "",
    "a".repeat(254),
    "[::1",
    "::1",
    "a:",
    "a:123456",
    "[::1]x",
  ])("calls the target %j malformed", async (host) => {
    const url = `http://${host}/`;
    const app = new Hono().use(hostAllowList({ appUrl: "https://app.example" })).all("*", (c) => c.text("ok"));

    const answer = await app.request(new AbsoluteRequest(url, "app.example"));

    expect(answer.status).toBe(400);
  });

  it("takes the host of the target when there is no header", async () => {
    expect(await statusFor({ url: "http://app.example/" })).toBe(200);
    expect(await statusFor({ url: "http://evil.example/" })).toBe(403);
  });

  it.each(["http://app.example", "http://app.example?x=http://evil.example/", "http://app.example/#@evil.example"])(
    "reads the host out of %s",
    async (url) => {
      const app = new Hono().use(hostAllowList({ appUrl: "https://app.example", allowLoopback: false }));
      app.all("*", (c) => c.text("ok"));

      expect((await app.request(new AbsoluteRequest(url, "app.example"))).status).toBe(200);
    },
  );

  it("takes a port only where the list names it", async () => {
    const hosts = ["other.example:8443", "Case.Example", ".WILD.example"];

    const statuses = [];
    for (const host of [
      ...["other.example:8443", "other.example", "other.example:80"],
      ...["case.example", "CASE.example:1", "a.wild.EXAMPLE:99", "awild.example"],
    ]) {
      statuses.push(await statusFor({ host, url: `http://${host.toLowerCase()}/` }, { hosts }));
    }

    expect(statuses).toEqual([200, 403, 403, 200, 200, 200, 403]);
  });

  it.each(["a.b.localhost", "LOCALHOST:1", "127.255.0.1:9999"])("takes %s for this machine", async (host) => {
    expect(await statusFor({ host, url: `http://${host}/` })).toBe(200);
  });

  it.each(["xlocalhost", "127.0.0.1.example", "x127.0.0.1", "128.0.0.1", "localhost.example:1"])(
    "doesn't take %s for this machine",
    async (host) => {
      expect(await statusFor({ host })).toBe(403);
    },
  );

  it("exempts /healthz and /readyz alone, or what the app names", async () => {
    const at = (path: string, options = {}) =>
      statusFor({ host: "evil.example", url: `http://evil.example${path}` }, options);

    const standard = [await at("/healthz"), await at("/readyz"), await at("/healthz/x"), await at("/")];
    const own = [await at("/healthz", { exempt: ["/up"] }), await at("/up", { exempt: ["/up"] })];

    expect([standard, own]).toEqual([
      [200, 200, 403, 403],
      [403, 200],
    ]);
  });

  it("reads names, not values, in the list of raw headers", async () => {
    const rawHeaders = ["Host", "app.example", "X-Say", "host", "Hosts", "x", "hxst", "y"];

    expect(await statusFor({ host: "app.example", rawHeaders })).toBe(200);
  });

  it("allows health checks on any host", async () => {
    expect(await statusFor({ host: "10.1.2.3", url: "http://10.1.2.3/healthz" })).toBe(200);
  });

  it("refuses loopback names if configured", async () => {
    expect(await statusFor({ host: "localhost" }, { allowLoopback: false })).toBe(403);
  });
});
