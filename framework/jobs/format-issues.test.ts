import { describe, expect, it } from "vitest";
import { z } from "zod";
import { formatIssues } from "./format-issues.ts";

describe("formatIssues", () => {
  it("names the way to each value that does not fit, in one line", async () => {
    const schema = z.object({ to: z.array(z.object({ email: z.email("Not an address") })) });

    const result = await schema["~standard"].validate({ to: [{ email: "x" }] });

    expect(formatIssues(result.issues ?? [])).toBe("to.0.email: Not an address");
  });

  it("says what is wrong with the whole", () => {
    expect(formatIssues([{ message: "Expected an object" }])).toBe("Expected an object");
  });
});
