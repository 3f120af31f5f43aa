import { describe, expect, it } from "vitest";
import { formatBanner } from "./startup-banner.ts";

const listening = { appName: "Board", url: "http://localhost:3000" };

describe("formatBanner", () => {
  it("prints the app's public address in production, and where it listens", () => {
    const banner = formatBanner({ ...listening, appUrl: "https://board.example.com", dev: false });

    expect(banner).toBe("Board is running at https://board.example.com, listening on http://localhost:3000\n");
  });

  it("prints only where it listens when the app has no other address", () => {
    const banner = formatBanner({ ...listening, appUrl: "http://127.0.0.1:3000", dev: false });

    expect(banner).toBe("Board is running at http://localhost:3000\n");
  });

  it("prints the development pages in development", () => {
    const banner = formatBanner({ ...listening, appUrl: "http://localhost:3000", dev: true });

    expect(banner).toContain("http://localhost:3000/__mail");
  });
});
