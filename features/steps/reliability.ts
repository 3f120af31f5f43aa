import { missingProgram } from "../../framework/test-support/missing-program.ts";
import { cannotMount } from "../reliability/full-disk.ts";
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

When("a server is told to shut down while ten jobs run and one waits", ({ faults }) => faults.endServerWithJobs());

Then("it exits cleanly with ten jobs done, and the next server runs the remaining one", ({ faults }) =>
  faults.expectHandover(),
);
