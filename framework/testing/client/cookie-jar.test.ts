import { describe, expect, it } from "vitest";
import { createTestClock } from "../test-clock.ts";
import { CookieJar } from "./cookie-jar.ts";

function answer(...cookies: string[]): Response {
  const response = new Response();
  for (const cookie of cookies) response.headers.append("Set-Cookie", cookie);
  return response;
}

describe("CookieJar", () => {
  it("sends back what it was given, to the paths it is for", () => {
    const jar = new CookieJar(createTestClock());

    jar.keep(answer("a=1=2; Path=/; HttpOnly", "b=2; Path=/admin"));

    expect([jar.header("/"), jar.header("/admin/users"), jar.header("/administer")]).toEqual([
      "a=1=2",
      "a=1=2; b=2",
      "a=1=2",
    ]);
  });

  it("drops what is deleted, and what expires by the clock", () => {
    const clock = createTestClock();
    const jar = new CookieJar(clock);
    jar.keep(answer("a=1", "b=2; Max-Age=60", "c=3; Expires=Thu, 01 Jan 2099 00:00:00 GMT"));

    jar.keep(answer("a=; Max-Age=0", "c=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"));
    expect(jar.header("/")).toBe("b=2");

    clock.advance(60_000);
    expect(jar.header("/")).toBeUndefined();
  });
});
