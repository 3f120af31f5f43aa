export {
  createMemorySender,
  type MemorySender,
  type ReadyMessage,
  type SenderSubject,
  senderChecks,
} from "../../mail/index.ts";
export {
  type AuditAction,
  type AuditEntry,
  type AuditRecord,
  type AuditStore,
  auditStoreChecks,
  createMemoryUserStore,
  type SecondFactorStore,
  type Session,
  type SessionChanges,
  type SessionStore,
  type StoredSecondFactor,
  type StoredToken,
  type StoreSubject,
  secondFactorStoreChecks,
  sessionStoreChecks,
  type TokenPurpose,
  type TokenStore,
  tokenStoreChecks,
  totpCode,
  type UserChanges,
  type UserDataSubject,
  type UserRecord,
  type UserStore,
  type UserWrite,
  userStoreChecks,
} from "../auth/index.ts";
export type { ConformanceCheck, ConformanceSubject, OpenSubject } from "../base/index.ts";
export { type UploadedFile, type UploadStore, type UploadStoreSubject, uploadStoreChecks } from "../forms/index.ts";
export {
  type Counter,
  type RateLimitStore,
  type RateLimitStoreSubject,
  rateLimitStoreChecks,
} from "../secure/index.ts";
export {
  type Backplane,
  type BackplaneMessage,
  type BackplaneReceiver,
  type BackplaneSubject,
  backplaneChecks,
  type EventId,
} from "../sse/index.ts";
export type { FormValue, FormValues } from "./client/form-data.ts";
export type { RequestOptions, SubmitOptions, TestClient, TestResponse } from "./client/test-client.ts";
export { createTestKit, type TestConfig, type TestKit } from "./create-test-kit.ts";
export { createUser, type NewUser } from "./create-user.ts";
export { logInAs } from "./log-in-as.ts";
export type { LastMailOptions, Mailbox, TestMail } from "./mailbox.ts";
export { createTestClock, type TestClock } from "./test-clock.ts";
export type { ListenOptions, NextOptions, TestEvent, TestEvents } from "./test-events.ts";
