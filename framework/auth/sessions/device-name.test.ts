import { describe, expect, it } from "vitest";
import { deviceName } from "./device-name.ts";

const [gecko, mozilla] = ["Gecko/20100101", "Mozilla/5.0"];
const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("deviceName", () => {
  it.each([
    ["Firefox on Linux", `${mozilla} (X11; Linux x86_64; rv:140.0) ${gecko} Firefox/140.0`],
    ["Chrome on Windows", `${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/138.0.0.0 Safari/537.36`],
    ["Edge on Windows", `${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/138.0 Safari/537.36 Edg/138.0`],
    ["Edge on Windows", `${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/64.0 Safari/537.36 Edge/17.17134`],
    [
      "Edge on Android",
      `${mozilla} (Linux; Android 15; Pixel 9) ${webkit} Chrome/138.0 Mobile Safari/537.36 EdgA/138.0`,
    ],
    ["Edge on iPhone", `${mozilla} (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webkit} EdgiOS/138.0 Safari/604.1`],
    ["Opera on macOS", `${mozilla} (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Chrome/136.0 Safari/537.36 OPR/120.0`],
    ["Safari on macOS", `${mozilla} (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/18.5 Safari/605.1.15`],
    [
      "Safari on iPad",
      `${mozilla} (iPad; CPU OS 18_5 like Mac OS X) ${webkit} Version/18.5 Mobile/15E148 Safari/604.1`,
    ],
    ["Chrome on iPhone", `${mozilla} (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webkit} CriOS/138.0 Safari/604.1`],
    ["Firefox on iPhone", `${mozilla} (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webkit} FxiOS/140.0 Safari/605.1`],
    ["Chrome on Android", `${mozilla} (Linux; Android 15; Pixel 9) ${webkit} Chrome/138.0 Mobile Safari/537.36`],
    ["Chrome on ChromeOS", `${mozilla} (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/138.0 Safari/537.36`],
    ["Chrome on Linux", `${mozilla} (X11; Linux x86_64) ${webkit} HeadlessChrome/138.0 Safari/537.36`],
    ["curl", "curl/8.14.1"],
    ["Windows", "SomeTool/1.0 (Windows)"],
    ["Unknown device", "not a browser, but it mentions curl/8.14.1"],
    ["Unknown device", ""],
    ["Unknown device", null],
  ])("says %s for %j", (name, userAgent) => {
    expect(deviceName(userAgent)).toBe(name);
  });
});
