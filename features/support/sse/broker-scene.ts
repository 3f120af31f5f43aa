import { expect } from "@playwright/test";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { BrokerServer } from "./broker-server.ts";

/** A broker without an app. */
export class BrokerScene {
  readonly #scene: Scene;
  readonly #server = new Slot<BrokerServer>("a broker");

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  get server(): BrokerServer {
    return this.#server.value;
  }

  async start(heartbeatMs?: number): Promise<void> {
    const server = await BrokerServer.start(heartbeatMs);
    this.#scene.atEnd(() => server.stop());
    this.#server.value = server;
  }

  async startWithFailingClient(count: number): Promise<void> {
    await this.start();
    await this.server.register(count);
    this.server.breakClient(0);
  }

  async expectReceived(event: string, data: string, { skip = 0 } = {}): Promise<void> {
    for (const client of this.server.clients.slice(skip)) expect((await client.event(event)).data).toBe(data);
  }

  async expectHeartbeats(times: number): Promise<void> {
    for (const client of this.server.clients) await client.count(times, ({ event }) => event === "bk:ping");
  }

  async expectLoggedFailure(): Promise<void> {
    await expect.poll(() => this.server.logLines.some((line) => line.includes("EIO"))).toBe(true);
  }

  async expectClients(now: number, total?: number): Promise<void> {
    const { broker } = this.server;
    await expect.poll(() => broker.clientCount).toBe(now);
    if (total === undefined) return;
    await expect.poll(() => broker.stats().connections).toBe(now);
    expect(broker.stats().opened).toBe(total);
  }
}
