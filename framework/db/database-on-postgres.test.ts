import { describe } from "vitest";
import { services } from "../test-support/services.ts";
import { describeDatabase } from "./conformance/describe-database.ts";

describe.skipIf(services.postgres === null)("with a PostgreSQL server", () => {
  describeDatabase("PostgreSQL", services.postgres ?? "");
});
