import { describe } from "vitest";
import { services } from "../test-support/services.ts";
import { describeDatabase } from "./conformance/describe-database.ts";

describe.skipIf(services.mysql === null)("with a MySQL server", () => {
  describeDatabase("MySQL or MariaDB", services.mysql ?? "");
});
