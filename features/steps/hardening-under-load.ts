import { Agent } from "node:http";
import { expect } from "@playwright/test";
import { randomRequests } from "../support/random-requests.ts";
import { sendRaw } from "../support/raw-request.ts";
import { tellTales } from "../support/tell-tales.ts";
import { Then, When } from "../support/test.ts";

When("{int} random requests are sent to it", async ({ scene }, count: number) => {
  const url = String(scene.notes.get("url"));
  const agent = new Agent({ keepAlive: true, maxSockets: 24 });
  const requests = randomRequests(20_260_101);
  const bad: string[] = [];
  const statuses = new Map<number, number>();
  let left = count;
  async function worker(): Promise<void> {
    while (left-- > 0) {
      const asked = requests.next().value;
      const answer = await sendRaw(url, { ...asked, agent });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status >= 500 || tellTales.test(answer.body)) bad.push(`${answer.status} to ${JSON.stringify(asked)}`);
    }
  }
  const start = performance.now();
  await Promise.all(Array.from({ length: 24 }, worker));
  scene.notes.set("took", performance.now() - start);
  agent.destroy();
  scene.notes.set("bad", bad);
  scene.notes.set("fuzzed", Object.fromEntries(statuses));
});

Then("none was answered with a server error, and none told of stack, path or secret", ({ scene, $testInfo }) => {
  const seconds = (Number(scene.notes.get("took")) / 1000).toFixed(1);
  const description = `${JSON.stringify(scene.notes.get("fuzzed"))} in ${seconds} s`;
  $testInfo.annotations.push({ type: "measured", description });
  expect(scene.notes.get("bad")).toEqual([]);
});

Then("the app is alive and well", async ({ production }) => {
  expect((await sendRaw(production.url, { method: "GET", path: "/readyz" })).status).toBe(200);
  expect(production.output()).not.toMatch(/unhandled|uncaught/i);
});

interface LoginLoad {
  readonly idleMs: number;
  readonly busyMs: number;
  readonly statuses: readonly number[];
}

function p99(times: readonly number[]): number {
  const sorted = [...times].sort((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.POSITIVE_INFINITY;
}

When("{int} people log in at once while others read the front page", async ({ production, scene }, count: number) => {
  const { url } = production;
  const agent = new Agent({ keepAlive: true });
  async function read(times: number[], isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      const start = performance.now();
      await sendRaw(url, { method: "GET", path: "/", headers: { Accept: "text/html" }, agent });
      times.push(performance.now() - start);
    }
  }
  const idle: number[] = [];
  await read(idle, () => idle.length >= 100);
  const busy: number[] = [];
  let isOver = false;
  const reading = read(busy, () => isOver && busy.length >= 100);
  const answers = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const body = `email=person-${index}@example.test&password=${"x".repeat(20)}`;
      const headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": `198.19.0.${index + 1}`,
      };
      return sendRaw(url, { method: "POST", path: "/login", headers, body });
    }),
  );
  isOver = true;
  await reading;
  agent.destroy();
  const load: LoginLoad = { idleMs: p99(idle), busyMs: p99(busy), statuses: answers.map(({ status }) => status) };
  scene.notes.set("load", load);
});

Then("99 of 100 front pages came within the bound", ({ scene, $testInfo }) => {
  const { idleMs, busyMs, statuses } = scene.notes.get("load") as LoginLoad;
  const description = `p99 of / was ${idleMs.toFixed(0)} ms before and ${busyMs.toFixed(0)} ms during the logins`;
  $testInfo.annotations.push({ type: "measured", description });
  expect(new Set(statuses)).toEqual(new Set([422]));
  // 200 ms is the goal on a machine of its own; on a busy one, not much worse than what it does without logins.
  expect(busyMs, description).toBeLessThan(Math.max(1_000, 10 * idleMs));
});
