/** `node --import tsx bench/check-budgets.ts [results.json]`: exits with 0 if no measured budget is missed, else 1. */
import { formatFinding, judge, loadBudgets } from "./harness/budgets.ts";
import { latestResults, loadResults } from "./harness/results.ts";

const findings = judge(loadBudgets(), loadResults(process.argv[2] ?? latestResults));
const count = (verdict: string) => findings.filter((finding) => finding.verdict === verdict).length;

for (const finding of findings) process.stdout.write(`${formatFinding(finding)}\n`);
process.stdout.write(`${count("kept")} kept, ${count("missed")} missed, ${count("unmeasured")} not measured\n`);
process.exitCode = count("missed") > 0 ? 1 : 0;
