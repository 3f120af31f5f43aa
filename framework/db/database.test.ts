import { describeDatabase } from "./conformance/describe-database.ts";

describeDatabase("SQLite", "sqlite:");
