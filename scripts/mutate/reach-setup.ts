import { expect } from "vitest";

// Set again for each test file, and inherited by the processes that it starts.
process.env.BUFFKIT_MUTATE_TEST = expect.getState().testPath ?? "";
