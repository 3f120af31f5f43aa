import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { addressKey, readClientAddress } from "./client-address.ts";
import { createProxyTrust } from "./proxy-trust.ts";

async function addressOf(peer: string, forwarded: string | undefined, trustProxy?: string | boolean) {
  const app = new Hono();
  app.use(readClientAddress(trustProxy === undefined ? {} : { trustProxy }));
  app.get("/", (c) => c.text(c.var.clientAddress));
  const headers: Record<string, string> = forwarded === undefined ? {} : { "X-Forwarded-For": forwarded };
  const env = { incoming: { socket: { remoteAddress: peer } } };
  return (await app.request("/", { headers }, env)).text();
}

describe("readClientAddress", () => {
  it("takes the socket's address unless a proxy is trusted", async () => {
    expect(await addressOf("192.0.2.1", "203.0.113.9")).toBe("192.0.2.1");
    expect(await addressOf("192.0.2.1", "203.0.113.9", "10.0.0.0/8")).toBe("192.0.2.1");
  });

  it("takes the address from what other servers say about the connection", async () => {
    const app = new Hono().use(readClientAddress());
    app.get("/", (c) => c.text(c.var.clientAddress));
    const bun = {
      address: "192.0.2.8",
      requestIP(request: Request) {
        return request.url.endsWith("/") ? { address: this.address, family: "IPv4", port: 1 } : null;
      },
    };
    const addressFrom = async (env: unknown) => (await app.request("/", {}, Object(env))).text();

    expect(await addressFrom(bun)).toBe("192.0.2.8");
    expect(await addressFrom({ server: bun })).toBe("192.0.2.8");
    expect(await addressFrom({ requestIP: () => null })).toBe("unknown");
    expect(await addressFrom({ remoteAddr: { transport: "tcp", hostname: "::ffff:192.0.2.9", port: 1 } })).toBe(
      "192.0.2.9",
    );
    expect(await addressFrom({})).toBe("unknown");
  });

  it("takes the right-most address that is not a proxy's", async () => {
    expect(await addressOf("10.0.0.2", "6.6.6.6, 203.0.113.9, 10.0.0.7", "10.0.0.0/8")).toBe("203.0.113.9");
  });

  it("takes the left-most proxy if all are trusted", async () => {
    expect(await addressOf("127.0.0.1", "10.0.0.7, 10.0.0.8", true)).toBe("10.0.0.7");
  });

  it("stops at a hop that isn't an address", async () => {
    expect(await addressOf("127.0.0.1", "203.0.113.9, <script>, 10.0.0.8", true)).toBe("10.0.0.8");
    expect(await addressOf("127.0.0.1", "", true)).toBe("127.0.0.1");
  });

  it("reads IPv4 mapped into IPv6 as IPv4", async () => {
    expect(await addressOf("::ffff:127.0.0.1", "::ffff:203.0.113.9", "loopback")).toBe("203.0.113.9");
  });

  it.each([
    ["203.0.113.7:51008", "203.0.113.7"],
    ["[2001:db8::1]:51008", "2001:db8::1"],
    ["[2001:DB8::1]", "2001:db8::1"],
    ['"[2001:db8::1]:4711"', "2001:db8::1"],
    ["::ffff:cb00:7107", "203.0.113.7"],
    ["[::FFFF:203.0.113.7]:80", "203.0.113.7"],
    ["0:0:0:0:0:ffff:cb00:7107", "203.0.113.7"],
    ["2001:db8::ffff:cb00:7107", "2001:db8::ffff:cb00:7107"],
  ])("reads %s as proxies write it", async (forwarded, address) => {
    expect(await addressOf("127.0.0.1", forwarded, "loopback")).toBe(address);
    expect(await addressOf("127.0.0.1", `${forwarded}, 127.0.0.1:80`, "loopback")).toBe(address);
  });

  it.each([
    ["203.0.113.9:", "203.0.113.9"],
    ["2001:db8::1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    ["::ffff:203.0.113.9%1", "203.0.113.9"],
    ["::ffff:0:203.0.113.9", "::ffff:0:203.0.113.9"],
    ["0:0:0:0:0:ffff:203.0.113.9", "203.0.113.9"],
    ["64:ff9b::203.0.113.9", "64:ff9b::203.0.113.9"],
    ["1:0:0:0:0:ffff:cb00:7107", "1:0:0:0:0:ffff:cb00:7107"],
    ["::ffff:ff00:1", "255.0.0.1"],
    ["x203.0.113.9:80", "127.0.0.1"],
    ["203.0.113.9:80x", "127.0.0.1"],
    ["x[2001:db8::1]", "127.0.0.1"],
    ["[2001:db8::1]x", "127.0.0.1"],
    ['"203.0.113.9', "127.0.0.1"],
    ['203.0.113.9"', "127.0.0.1"],
    ["x::ffff:203.0.113.9", "127.0.0.1"],
  ])("takes %j for %s", async (forwarded, address) => {
    expect(await addressOf("127.0.0.1", forwarded, "loopback")).toBe(address);
  });

  it("logs 100 characters, nothing for an empty hop, and says what follows from it", async () => {
    const logged: unknown[] = [];
    const app = new Hono().use(
      readClientAddress({
        trustProxy: "loopback",
        log: { ...silentLogger, warn: (...line) => void logged.push(line) },
      }),
    );
    const env = { incoming: { socket: { remoteAddress: "127.0.0.1" } } };

    for (const hop of ["", "192.0.2.1,", `${"x".repeat(99)}yz`]) {
      await app.request("/", { headers: { "X-Forwarded-For": hop } }, env);
    }

    expect(logged).toEqual([[{ address: `${"x".repeat(99)}y` }, expect.stringMatching(/its own address counts/)]]);
  });

  it("logs once what it can't read", async () => {
    const logged: object[] = [];
    const app = new Hono();
    app.use(
      readClientAddress({ trustProxy: true, log: { ...silentLogger, warn: (facts) => void logged.push(facts) } }),
    );
    const env = { incoming: { socket: { remoteAddress: "127.0.0.1" } } };

    for (const hop of ["_hidden", "unknown", "192.0.2.1"]) {
      await app.request("/", { headers: { "X-Forwarded-For": hop } }, env);
    }

    expect(logged).toEqual([{ address: "_hidden" }]);
  });

  it("is unknown without a socket", async () => {
    const app = new Hono();
    app.use(readClientAddress());
    app.get("/", (c) => c.text(c.var.clientAddress));

    expect(await (await app.request("/")).text()).toBe("unknown");
  });
});

describe("createProxyTrust", () => {
  it.each([
    "10.0.0.0/33",
    "somewhere",
    "10.0.0.0/",
    "::1/129",
    "constructor",
    "10.0.0.0/-1",
    "10.0.0.0/1.5",
    "/8",
    "10.0.0.0/x",
  ])("refuses %s", (setting) => {
    expect(() => createProxyTrust(setting)).toThrow(expect.objectContaining({ code: "SECURE_INVALID_PROXY" }));
  });

  it.each([
    ["127.0.0.0/8", "127.255.255.255", "128.0.0.0"],
    ["10.0.0.0/8", "10.255.255.255", "11.0.0.0"],
    ["10.0.0.7", "10.0.0.7", "10.0.0.8"],
    ["2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"],
    ["2001:db8::7", "2001:db8::7", "2001:db8::8"],
    ["0.0.0.0/0", "255.255.255.255", "::1"],
    ["192.0.2.1/32", "192.0.2.1", "192.0.2.2"],
    ["::1/128", "::1", "::2"],
    ["loopback", "127.0.0.1", "10.0.0.1"],
    ["LOOPBACK", "::1", "::2"],
    ["private", "172.31.255.255", "172.32.0.1"],
    ["private", "10.1.2.3", "127.0.0.1"],
    ["private", "192.168.1.1", "192.169.1.1"],
    ["private", "169.254.1.1", "169.255.1.1"],
    ["private", "fd00::1", "fe00::1"],
    ["private", "fe80::1", "fec0::1"],
    [" 192.0.2.1 , loopback ,", "127.0.0.1", "192.0.2.2"],
    [" 192.0.2.1 , loopback ,", "192.0.2.1", "10.0.0.1"],
    ["true", "127.0.0.1", "192.0.2.1"],
    ["1", "10.0.0.1", "192.0.2.1"],
  ])("with %j trusts %s, and not %s", (setting, inside, outside) => {
    const { trusts } = createProxyTrust(setting);

    expect([trusts(inside), trusts(outside), trusts("unknown")]).toEqual([true, false, false]);
  });

  it("trusts loopback and private networks when it is on", () => {
    const { trusts } = createProxyTrust(true);

    expect(["127.0.0.1", "::1", "10.0.0.1", "192.0.2.1"].map((address) => trusts(address))).toEqual([
      ...[true, true, true, false],
    ]);
  });

  it.each([false, undefined, "", "false", "0", " , false "])("trusts nobody with %j", (setting) => {
    expect(createProxyTrust(setting).trusts("127.0.0.1")).toBe(false);
  });

  it("trusts no proxy when it is off", () => {
    expect(createProxyTrust("false").trusts("127.0.0.1")).toBe(false);
    expect(createProxyTrust("").trusts("127.0.0.1")).toBe(false);
  });
});

describe("addressKey", () => {
  it("counts IPv6 by its first 64 bits", () => {
    expect(addressKey("2001:db8:0:7::1")).toBe("2001:db8:0:7::/64");
    expect(addressKey("2001:0DB8:0000:0007:ffff:ffff:ffff:ffff")).toBe("2001:db8:0:7::/64");
    expect(addressKey("::1")).toBe("0:0:0:0::/64");
    expect(addressKey("1::2:3:4:5:6:7")).toBe("1:0:2:3::/64");
    expect(addressKey("1:2:3:4:5:6:7::")).toBe("1:2:3:4::/64");
    expect(addressKey("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
  });

  it("reads every way to shorten an address", () => {
    expect(addressKey("::")).toBe("0:0:0:0::/64");
    expect(addressKey("1::")).toBe("1:0:0:0::/64");
    expect(addressKey("1:2::")).toBe("1:2:0:0::/64");
    expect(addressKey("0:0:0:1::")).toBe("0:0:0:1::/64");
    expect(addressKey("1:2:3:4::5")).toBe("1:2:3:4::/64");
    expect(addressKey("1:2:3:4:5:6:7:8")).toBe("1:2:3:4::/64");
    expect(addressKey("1:2:3::192.0.2.1")).toBe("1:2:3:0::/64");
    expect(addressKey("unknown")).toBe("unknown");
  });

  it("counts the whole IPv4 address", () => {
    expect(addressKey("192.0.2.1")).toBe("192.0.2.1");
  });
});
