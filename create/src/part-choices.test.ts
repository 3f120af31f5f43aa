import { describe, expect, it } from "vitest";
import { completeChoices } from "./part-choices.ts";

describe("completeChoices", () => {
  it("includes everything but the Dockerfile and Gherkin by default", () => {
    expect(completeChoices({})).toEqual({
      login: true,
      mail: true,
      jobs: true,
      board: true,
      docker: false,
      gherkin: false,
    });
  });

  it("leaves out the board without the accounts it needs", () => {
    expect(completeChoices({ login: false })).toMatchObject({ login: false, board: false });
  });

  it("refuses a board that is requested without accounts", () => {
    expect(completeChoices({ login: false, board: true })).toBeNull();
  });
});
