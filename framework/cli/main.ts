#!/usr/bin/env node
import { reportFailure } from "./report-failure.ts";
import { runCli } from "./run-cli.ts";

await runCli(process.argv.slice(2)).catch(reportFailure);
