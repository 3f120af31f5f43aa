import { describe, expect, it } from "vitest";
import { completeChoices } from "./part-choices.ts";

describe("completeChoices", () => {
  it("takes everything but the Dockerfile when nothing is said", () => {
    expect(completeChoices({})).toEqual({ login: true, mail: true, jobs: true, board: true, docker: false });
  });

  it("leaves the board out with the log-in that it needs", () => {
    expect(completeChoices({ login: false })).toMatchObject({ login: false, board: false });
  });

  it("refuses a board that is wanted without log-in", () => {
    expect(completeChoices({ login: false, board: true })).toBeNull();
  });
});
