import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { CspParser } from "csp_evaluator/dist/parser.js";

/** csp_evaluator's levels: 10 is high, 20 a syntax error, 30 medium; the rest are remarks. */
const seriousAtMost = 30;

/** What csp_evaluator finds serious about a policy, one line each. */
export function seriousFindings(policy: string): string[] {
  const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();
  const serious = findings.filter(({ severity }) => severity <= seriousAtMost);
  return serious.map(({ directive, description }) => `${directive}: ${description}`);
}
