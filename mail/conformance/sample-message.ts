import type { ReadyMessage } from "../message/ready-message.ts";

/** A prepared message for tests. */
export const sampleMessage: ReadyMessage = {
  id: "8f14e45f-ceea-467f-a0e6-2d1b5a6a0f11",
  at: 0,
  from: { address: "a@example.com" },
  to: [{ address: "person@example.com" }],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: "Hi",
  text: "https://app.example/reset?token=t",
  headers: {},
  attachments: [],
};
