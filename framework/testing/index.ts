export { createMemorySender, type MemorySender } from "../../mail/index.ts";
export { totpCode } from "../auth/index.ts";
export { createUser, type NewUser } from "./create-user.ts";
export { logInAs } from "./log-in-as.ts";
export { createTestClock, type TestClock } from "./test-clock.ts";
