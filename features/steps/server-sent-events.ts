import { expect } from "@playwright/test";
import { LiveStream } from "buffkit";
import { createUser, logInAs } from "buffkit/testing";
import { html } from "hono/html";
import { BrokerRig } from "../support/broker-rig.ts";
import { live } from "../support/live.ts";
import type { Scene } from "../support/scene.ts";
import { Given, Then, When } from "../support/test.ts";

Given("a wired app on a port", async ({ scene }) => {
  await scene.wire();
});

Given("the heartbeat is {int} ms", async ({ scene }, heartbeatMs: number) => {
  await scene.wire({ config: { sse: { heartbeatMs } } });
});

When("a client connects to {string}", async ({ scene }, path: string) => {
  scene.clients = [await scene.app.connect(path)];
});

Then("the answer is 200 with the type {string}", async ({ scene }, type: string) => {
  expect(scene.clients[0]?.status).toBe(200);
  expect(scene.clients[0]?.headers.get("Content-Type")).toContain(type);
});

async function connectClients(scene: Scene, count: number): Promise<void> {
  scene.clients = await Promise.all(Array.from({ length: count }, () => scene.app.connect()));
  await Promise.all(scene.clients.map((client) => client.event("bk:hello")));
}

Given("{int} connected client(s)", async ({ scene }, count: number) => {
  await connectClients(scene, count);
});

Given(
  "{int} connected clients and a browser page listening for {string}",
  async ({ scene, page }, count: number, event: string) => {
    scene.app.app.get("/listening", (c) =>
      c.render(
        html`${LiveStream({ since: c.var.liveCursor })}
        <output id="heard" hx-get="/heard" hx-trigger="${event} from:body" hx-swap="innerHTML"></output>`,
        { title: "Listening" },
      ),
    );
    await connectClients(scene, count);
    await page.goto(`${scene.app.url}/listening`);
    await page.evaluate((name) => {
      document.addEventListener(name, (heard) => {
        document.documentElement.dataset.heard = (heard as CustomEvent<{ data: string }>).detail.data;
      });
    }, event);
    await live(page);
  },
);

When("the broker broadcasts {string} with the data {string}", async ({ scene }, event: string, data: string) => {
  await scene.app.kit.broker.broadcast(event, data);
});

Then("each of them receives {string} with the data {string}", async ({ scene, page }, event: string, data: string) => {
  for (const client of scene.clients) expect((await client.event(event)).data).toBe(data);
  await expect(page.locator("html")).toHaveAttribute("data-heard", data);
});

Then("the broker counts {int} client(s)", async ({ scene }, count: number) => {
  await expect.poll(() => scene.app.kit.broker.clientCount).toBe(count);
});

Then("the client receives a heartbeat", async ({ scene }) => {
  await scene.clients[0]?.event("bk:ping");
});

When("one client leaves", async ({ scene }) => {
  scene.clients[0]?.leave();
});

Then("a later broadcast costs one delivery", async ({ scene }) => {
  const { broker } = scene.app.kit;
  const before = broker.stats().deliveries;
  await broker.broadcast("later", "on");
  await scene.clients[1]?.event("later");
  expect(broker.stats().deliveries - before).toBe(1);
});

When("the broker broadcasts a rendered card saying {string}", async ({ scene }, text: string) => {
  await scene.app.kit.broker.broadcastHTML(html`<article id="card-7">${text}</article>`, { target: "#card-7" });
});

Then("the client receives well-formed HTML in which the card says {string}", async ({ scene, page }, text: string) => {
  const message = await scene.clients[0]?.event(undefined, ({ data }) => data.includes("card-7"));
  await page.setContent("<main></main>");
  const found = await page.evaluate((markup) => {
    const template = document.createElement("template");
    template.innerHTML = markup;
    const partial = template.content.querySelector("hx-partial");
    return {
      target: partial?.getAttribute("hx-target"),
      text: partial?.querySelector("article")?.textContent,
      roots: template.content.childElementCount,
    };
  }, message?.data ?? "");
  expect(found).toEqual({ target: "#card-7", text, roots: 1 });
});

Given("a client of Ann, a client of Bob and a client of Cleo", async ({ scene }) => {
  const { kit } = scene.app;
  for (const name of ["Ann", "Bob", "Cleo"]) {
    const user = await createUser(kit, { name });
    scene.notes.set(name, user.id);
    const client = await scene.app.connect("/events", { Cookie: await logInAs(kit, user) });
    await client.event("bk:hello");
    scene.clients.push(client);
  }
});

When("the broker broadcasts {string} to Ann and Bob", async ({ scene }, event: string) => {
  const to = ["Ann", "Bob"].map((name) => `user:${scene.notes.get(name)}`);
  await scene.app.kit.broker.broadcast(event, "meet at noon", { to });
  // What everybody gets afterwards shows that whatever was meant for Cleo has come.
  await scene.app.kit.broker.broadcast("after", "");
});

Then("the clients of Ann and Bob receive {string}", async ({ scene }, event: string) => {
  for (const client of scene.clients.slice(0, 2)) expect((await client.event(event)).data).toBe("meet at noon");
});

Then("the client of Cleo receives nothing of it", async ({ scene }) => {
  const cleo = scene.clients[2];
  await cleo?.event("after");
  expect(cleo?.events.map((event) => event.event)).not.toContain("secret-plan");
});

Given("a browser page with a live counter showing {string}", async ({ scene, page }, count: string) => {
  scene.app.app.get("/counter", (c) =>
    c.render(html`${LiveStream({ since: c.var.liveCursor })}<output id="counter">${count}</output>`, {
      title: "Counter",
    }),
  );
  await page.goto(`${scene.app.url}/counter`);
  await page.evaluate(() => {
    document.documentElement.dataset.visit = "first";
  });
  await live(page);
});

When("the broker broadcasts the counter showing {string}", async ({ scene }, count: string) => {
  await scene.app.kit.broker.broadcastHTML(html`<output id="counter">${count}</output>`, { target: "#counter" });
});

Then("the page shows {string} without having been loaded again", async ({ page }, count: string) => {
  await expect(page.locator("#counter")).toHaveText(count);
  await expect(page.locator("html")).toHaveAttribute("data-visit", "first");
});

async function startRig(scene: Scene, heartbeatMs?: number): Promise<BrokerRig> {
  const rig = await BrokerRig.start(heartbeatMs);
  scene.rig = rig;
  scene.atEnd(() => rig.stop());
  return rig;
}

async function register(rig: BrokerRig, count: number): Promise<void> {
  // One after another: the rig finds a client's socket by the order in which they came.
  for (let index = 0; index < count; index++) await rig.register();
}

Given("{int} connected clients, one of which fails when written to", async ({ scene }, count: number) => {
  const rig = await startRig(scene);
  await register(rig, count);
  rig.breakClient(0);
});

Then(
  "the {int} healthy clients receive {string} with the data {string}",
  async ({ scene }, _: number, event: string, data: string) => {
    for (const client of scene.bareRig.clients.slice(1)) expect((await client.event(event)).data).toBe(data);
  },
);

Then("the failure is in the log", async ({ scene }) => {
  await expect.poll(() => scene.bareRig.logLines.some((line) => line.includes("EIO"))).toBe(true);
});

Given("a new broker", async ({ scene }) => {
  await startRig(scene);
});

Given("a new broker with a heartbeat of {int} ms", async ({ scene }, heartbeatMs: number) => {
  await startRig(scene, heartbeatMs);
});

When("{int} clients register with it", async ({ scene }, count: number) => {
  await register(scene.bareRig, count);
});

When("a client registers with it", async ({ scene }) => {
  await register(scene.bareRig, 1);
});

When("the client unregisters", async ({ scene }) => {
  scene.bareRig.clients[0]?.leave();
});

Then("it counts 0 clients and accepts a connection", async ({ scene }) => {
  const rig = scene.bareRig;
  expect(rig.broker.clientCount).toBe(0);
  const client = await rig.register();
  expect(client.status).toBe(200);
});

Then("it counts {int} client(s)", async ({ scene }, count: number) => {
  await expect.poll(() => scene.bareRig.broker.clientCount).toBe(count);
});

Then("it counts {int} client(s) now and {int} since its start", async ({ scene }, now: number, ever: number) => {
  const { broker } = scene.bareRig;
  await expect.poll(() => broker.stats().connections).toBe(now);
  expect(broker.stats().opened).toBe(ever);
});

When("it broadcasts {string} with the data {string}", async ({ scene }, event: string, data: string) => {
  await scene.bareRig.broker.broadcast(event, data);
});

Then(
  "each registered client has received {string} with the data {string}",
  async ({ scene }, event: string, data: string) => {
    for (const client of scene.bareRig.clients) expect((await client.event(event)).data).toBe(data);
  },
);

Then("each registered client receives {int} heartbeats", async ({ scene }, times: number) => {
  for (const client of scene.bareRig.clients) await client.count(times, ({ event }) => event === "bk:ping");
});
