import { describe, expect, it } from "vitest";
import { z } from "zod";
import { formatIssues } from "./format-issues.ts";

describe("formatIssues", () => {
  it("lists the path of each invalid value in one line", async () => {
    const schema = z.object({ to: z.array(z.object({ email: z.email("Not an address") })) });

    const result = await schema["~standard"].validate({ to: [{ email: "x" }] });

    expect(formatIssues(result.issues ?? [])).toBe("to.0.email: Not an address");
  });

  it("reports a problem with the payload as a whole", () => {
    expect(formatIssues([{ message: "Expected an object" }])).toBe("Expected an object");
  });
});
