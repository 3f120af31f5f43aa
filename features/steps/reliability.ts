import { missingProgram } from "../../framework/test-support/missing-program.ts";
import { cannotMount } from "../reliability/full-disk.ts";
import type { ProxyName } from "../reliability/guide-proxy.ts";
import { cannotStall } from "../reliability/stalled-stop.ts";
import { Given, Then, When } from "../support/test.ts";

When("another program keeps the database locked for {int} seconds under load", ({ faults }, seconds: number) =>
  faults.lockDatabase(seconds * 1000),
);

Then("every request succeeds, and every acknowledged row exists", ({ faults }) => faults.expectAllWritten());

Then(
  "the 99th percentile of the event loop delay stays within {int} ms of a process that doesn't use the database",
  ({ faults }, ms: number) => faults.expectLag(ms),
);

Given("a machine that can mount a small disk", ({ $test }) => {
  const reason = cannotMount();
  $test.skip(reason !== undefined, reason);
});

When("the disk fills up under a running server and is freed again", ({ faults }) => faults.fillDisk());

Then("writes fail with a page that reveals nothing about the server", ({ faults }) => faults.expectWriteRefused());

Then("reads and live streams keep working", ({ faults }) => faults.expectReadsAndStreams());

Then("writes work again without a restart, with nothing lost and the file intact", ({ faults }) =>
  faults.expectRecovery(),
);

When("the server is killed {int} times while eight clients write", ({ faults }, rounds: number) =>
  faults.killWriters(rounds),
);

Then("every acknowledged row exists, no transaction is partial, and the file is intact", ({ faults }) =>
  faults.expectNothingLost(),
);

When("mail is sent to a mail server that never responds, and later both servers are restarted", ({ faults }) =>
  faults.silenceMailServer(),
);

Then("each page responds within {int} ms, and every mail arrives", ({ faults }, ms: number) =>
  faults.expectMailDelivered(ms),
);

Given("a machine with Redis installed", ({ $test }) => {
  const reason = missingProgram("redis-server");
  $test.skip(reason !== null, reason ?? "");
});

When("Redis is down for {int} second under load", ({ faults }, seconds: number) => faults.restartRedis(seconds * 1000));

Then("no page fails, and every acknowledged job runs", ({ faults }) => faults.expectJobsRun());

When("one of two servers is killed right after a commit, and another takes its place", async ({ faults, $test }) => {
  // Three processes start.
  $test.setTimeout(120_000);
  await faults.dieUntold();
});

Then("the pages of both show the commit within a heartbeat", ({ faults }) => faults.expectPagesTrue());

Then("a server that is stopped in an orderly way makes the other one load nothing", ({ faults }) =>
  faults.expectQuietGoodbye(),
);

When("a server is told to shut down while ten jobs run and one waits", ({ faults }) => faults.endServerWithJobs());

Then("it exits cleanly with ten jobs done, and the next server runs the remaining one", ({ faults }) =>
  faults.expectHandover(),
);

Given("a machine with Redis and {word} installed", ({ $test }, proxy: ProxyName) => {
  const reason = missingProgram("redis-server") ?? missingProgram(proxy, proxy === "nginx" ? "-v" : "version");
  $test.skip(reason !== null, reason ?? "");
});

When(
  "two servers behind {word}, set up as in the guide, are restarted one after the other under load",
  async ({ faults, $test }, proxy: ProxyName) => {
    // Six processes start and stop.
    $test.setTimeout(300_000);
    await faults.restartRolling(proxy);
  },
);

Then("no request has failed, and every page has received every broadcast", ({ faults }) =>
  faults.expectNothingNoticed(),
);

Then("each server has exited within its grace period", ({ faults }) => faults.expectExitsInTime());

When("a server is told to shut down while a stream of its own is open", ({ faults }) =>
  faults.stopStalled("own stream"),
);

When("a server is told to shut down while Redis hangs", ({ faults }) => faults.stopStalled("Redis"));

Given("a machine with PostgreSQL running", ({ $test }) => {
  const reason = cannotStall("database");
  $test.skip(reason !== undefined, reason);
});

When("a server is told to shut down while the database hangs", ({ faults }) => faults.stopStalled("database"));

When("a server crashes while a stream of its own is open", ({ faults }) => faults.stopStalled("crash"));

When("a server that waits for a request is told to shut down twice", ({ faults }) =>
  faults.stopStalled("second signal"),
);

Then("it exits in time with code {int}", ({ faults }, code: number) => faults.expectExit(code));
