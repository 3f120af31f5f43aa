import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { readHtmxRequest } from "./htmx-request.ts";

async function read(headers: Record<string, string>): Promise<unknown> {
  const app = new Hono().get("/", (c) => c.json(readHtmxRequest(c)));
  return (await app.request("/", { headers })).json();
}

describe("readHtmxRequest", () => {
  it("finds nothing in a plain visit", async () => {
    expect(await read({})).toEqual({
      isHtmx: false,
      isPartial: false,
      isBoosted: false,
      isHistoryRestore: false,
      currentUrl: null,
      source: null,
      target: null,
    });
  });

  it("reads the elements with their ids decoded", async () => {
    const headers = {
      "HX-Request": "true",
      "HX-Request-Type": "partial",
      "HX-Source": "button#a%20b",
      "HX-Target": "div",
    };

    expect(await read(headers)).toMatchObject({
      isHtmx: true,
      isPartial: true,
      source: { tag: "button", id: "a b" },
      target: { tag: "div", id: null },
    });
  });

  it("treats Back and Forward as full pages, regardless of other headers", async () => {
    const headers = { "HX-History-Restore-Request": "true", "HX-Request-Type": "partial" };

    expect(await read(headers)).toMatchObject({ isPartial: false, isHistoryRestore: true });
  });

  it("ignores malformed elements", async () => {
    expect(await read({ "HX-Source": "<script>#x", "HX-Target": "div#%zz" })).toMatchObject({
      source: null,
      target: { tag: "div", id: null },
    });
  });
});
