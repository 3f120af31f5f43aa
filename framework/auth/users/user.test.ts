import { describe, expect, it } from "vitest";
import { emailField } from "../pages/fields.tsx";
import { normalizeEmail } from "./user.ts";

describe("normalizeEmail", () => {
  it.each([
    [" Ann@Example.com ", "ann@example.com"],
    ["info@MÜNCHEN.example", "info@xn--mnchen-3ya.example"],
    ["info@उदाहरण.परीक्षा", "info@xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g"],
    ["änn@example.com", "änn@example.com"],
    ["ann@127.1", "ann@127.1"],
    ["münchen", "münchen"],
    ["@MÜNCHEN.example", "@xn--mnchen-3ya.example"],
    ["a@b@MÜNCHEN.example", "a@b@xn--mnchen-3ya.example"],
    ["A\u0308nn@example.com", "änn@example.com"],
    ["ann@EX~ample.com", "ann@ex~ample.com"],
    ["ann@a\u007fb.com", "ann@a\u007fb.com"],
    ["ann@xn--ü.example", "ann@xn--ü.example"],
  ])("stores %j as %j", (typed, stored) => {
    expect(normalizeEmail(typed)).toBe(stored);
  });

  it("lets people with a domain in any script have an account", () => {
    expect(emailField.safeParse("info@ตัวอย่าง.ไทย").data).toBe("info@xn--72c1a1bt4awk9o.xn--o3cw4h");
  });
});
