import { see } from "./visitors.mjs";

/** The README's first sample: a vote, seen by two people. */
export const readme = {
  name: "README",
  guide: "../README.md",
  sections: ["Your own live page in ten minutes"],
  clicks: {},
};
