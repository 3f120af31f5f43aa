import { test as base, createBdd } from "playwright-bdd";
import { AccessibilityScene } from "./accessibility/accessibility-scene.ts";
import { AccountPageScene } from "./accounts/account-page-scene.ts";
import { AccountScene } from "./accounts/account-scene.ts";
import { GuardedApp } from "./accounts/guarded-app.ts";
import { LoginScene } from "./accounts/login-scene.ts";
import { TwoStepScene } from "./accounts/two-step-scene.ts";
import { BoardScene } from "./board/board-scene.ts";
import { ClockedScene } from "./clocked-scene.ts";
import { GapScene } from "./connection/gap-scene.ts";
import { LostConnectionScene } from "./connection/lost-connection-scene.ts";
import { SessionEndScene } from "./connection/session-end-scene.ts";
import { SilentStreamScene } from "./connection/silent-stream-scene.ts";
import { FocusScene } from "./details/focus-scene.ts";
import { MenuScene } from "./details/menu-scene.ts";
import { DevelopmentScene } from "./development/development-scene.ts";
import { DiagnosticsScene } from "./development/diagnostics-scene.ts";
import { EditingScene } from "./development/editing-scene.ts";
import { PolicyScene } from "./development/policy-scene.ts";
import { WarningsScene } from "./development/warnings-scene.ts";
import { ModalScene } from "./dialogs/modal-scene.ts";
import { ChatScene } from "./examples/chat-scene.ts";
import { CounterScene } from "./examples/counter-scene.ts";
import { ExampleProcess } from "./examples/example-process.ts";
import { ProxyScene } from "./examples/proxy-scene.ts";
import { RoomScene } from "./examples/room-scene.ts";
import { FailedRequestScene } from "./failures/failed-request-scene.ts";
import { GivenBackScene } from "./failures/given-back-scene.ts";
import { MessageScene } from "./failures/message-scene.ts";
import { FaultScene } from "./faults/fault-scene.ts";
import { ControlsScene } from "./forms/controls-scene.ts";
import { FormsScene } from "./forms/forms-scene.ts";
import { SendingScene } from "./forms/sending-scene.ts";
import { GeneratedScene } from "./generated/generated-scene.ts";
import { HardeningScene } from "./hardening/hardening-scene.ts";
import { LoadScene } from "./hardening/load-scene.ts";
import { InboxScene } from "./inbox/inbox-scene.ts";
import { JobsScene } from "./jobs/jobs-scene.ts";
import { ShoppingScene } from "./live-regions/shopping-scene.ts";
import { TicketScene } from "./live-regions/ticket-scene.ts";
import { People } from "./people.ts";
import { DialogScene } from "./pushes/dialog-scene.ts";
import { FragmentScene } from "./pushes/fragment-scene.ts";
import { PushScene } from "./pushes/push-scene.ts";
import { type ReferenceApp, startProductionApp, startReferenceApp } from "./reference-app.ts";
import { FilterScene } from "./requests/filter-scene.ts";
import { Scene } from "./scene.ts";
import { DeviceScene } from "./sessions/device-scene.ts";
import { SessionScene } from "./sessions/session-scene.ts";
import { BrokerScene } from "./sse/broker-scene.ts";
import { StreamScene } from "./sse/stream-scene.ts";
import { WireFormatScene } from "./wire-format/wire-format-scene.ts";
import { WiringScene } from "./wiring/wiring-scene.ts";

interface WorkerFixtures {
  /** The reference app in development, one per worker. */
  site: ReferenceApp;
  /** The production build of the reference app, one per worker that needs it. */
  production: ReferenceApp;
}

/** One object per subject holds what the steps of a scenario pass on to each other; it is created when a step asks for it. */
interface ScenarioFixtures {
  scene: Scene;
  /** The people who use the reference app. */
  people: People;
  clocked: ClockedScene;
  login: LoginScene;
  accounts: AccountScene;
  accountPage: AccountPageScene;
  twoSteps: TwoStepScene;
  guardedApp: GuardedApp;
  devices: DeviceScene;
  sessions: SessionScene;
  accessibility: AccessibilityScene;
  board: BoardScene;
  inbox: InboxScene;
  jobs: JobsScene;
  development: DevelopmentScene;
  diagnostics: DiagnosticsScene;
  editing: EditingScene;
  policy: PolicyScene;
  warnings: WarningsScene;
  generated: GeneratedScene;
  filter: FilterScene;
  push: PushScene;
  fragments: FragmentScene;
  dialog: DialogScene;
  silence: SilentStreamScene;
  gap: GapScene;
  lost: LostConnectionScene;
  sessionEnd: SessionEndScene;
  failures: FailedRequestScene;
  givenBack: GivenBackScene;
  messages: MessageScene;
  menus: MenuScene;
  focus: FocusScene;
  modal: ModalScene;
  hardening: HardeningScene;
  load: LoadScene;
  stream: StreamScene;
  shopping: ShoppingScene;
  tickets: TicketScene;
  broker: BrokerScene;
  wireFormat: WireFormatScene;
  wiring: WiringScene;
  example: ExampleProcess;
  counter: CounterScene;
  chat: ChatScene;
  room: RoomScene;
  proxyExample: ProxyScene;
  faults: FaultScene;
  forms: FormsScene;
  controls: ControlsScene;
  sending: SendingScene;
}

export const test = base.extend<ScenarioFixtures, WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from this pattern which fixtures a fixture needs.
    async ({}, use) => {
      const app = await startReferenceApp();
      await use(app);
      await app.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  production: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const app = await startProductionApp();
      await use(app);
      await app.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  scene: async ({}, use) => {
    const scene = new Scene();
    await use(scene);
    await scene.end();
  },
  people: async ({ browser, site }, use) => {
    const people = new People(browser, site);
    await use(people);
    await people.close();
  },
  clocked: ({ scene, browser }, use) => use(new ClockedScene(scene, browser)),
  login: ({ people, scene }, use) => use(new LoginScene(people, scene)),
  accounts: ({ people, scene, clocked }, use) => use(new AccountScene(people, scene, clocked)),
  accountPage: ({ people, scene, clocked }, use) => use(new AccountPageScene(people, scene, clocked)),
  twoSteps: ({ people, scene }, use) => use(new TwoStepScene(people, scene)),
  guardedApp: ({ scene }, use) => use(new GuardedApp(scene)),
  devices: ({ people, scene }, use) => use(new DeviceScene(people, scene)),
  sessions: ({ scene, clocked }, use) => use(new SessionScene(scene, clocked)),
  accessibility: ({ people, scene }, use) => use(new AccessibilityScene(people, scene)),
  board: ({ people, site, scene }, use) => use(new BoardScene(people, site, scene)),
  inbox: ({ scene, page }, use) => use(new InboxScene(scene, page)),
  jobs: ({ scene, page }, use) => use(new JobsScene(scene, page)),
  development: ({ scene, page }, use) => use(new DevelopmentScene(scene, page)),
  diagnostics: ({ scene, context, page }, use) => use(new DiagnosticsScene(scene, context, page)),
  warnings: ({ scene, page }, use) => use(new WarningsScene(scene, page)),
  editing: ({ scene, page }, use) => use(new EditingScene(scene, page)),
  policy: ({ scene, page }, use) => use(new PolicyScene(scene, page)),
  generated: ({ scene, browser }, use) => use(new GeneratedScene(scene, browser)),
  filter: ({ scene, page }, use) => use(new FilterScene(scene, page)),
  dialog: ({ scene, page }, use) => use(new DialogScene(scene, page)),
  silence: ({ scene, page }, use) => use(new SilentStreamScene(scene, page)),
  gap: ({ scene, page }, use) => use(new GapScene(scene, page)),
  lost: ({ scene, page }, use) => use(new LostConnectionScene(scene, page)),
  sessionEnd: ({ scene, page }, use) => use(new SessionEndScene(scene, page)),
  failures: ({ scene, page }, use) => use(new FailedRequestScene(scene, page)),
  givenBack: ({ scene, page }, use) => use(new GivenBackScene(scene, page)),
  messages: ({ scene, page }, use) => use(new MessageScene(scene, page)),
  menus: ({ scene, page }, use) => use(new MenuScene(scene, page)),
  focus: ({ scene, page }, use) => use(new FocusScene(scene, page)),
  modal: ({ scene, page }, use) => use(new ModalScene(scene, page)),
  fragments: ({ scene, page }, use) => use(new FragmentScene(scene, page)),
  push: ({ scene, page }, use) => use(new PushScene(scene, page)),
  hardening: ({ scene }, use) => use(new HardeningScene(scene)),
  load: ({ production, $testInfo }, use) => use(new LoadScene(production, $testInfo)),
  stream: ({ scene, page }, use) => use(new StreamScene(scene, page)),
  shopping: ({ scene, browser }, use) => use(new ShoppingScene(scene, browser)),
  tickets: ({ scene, browser }, use) => use(new TicketScene(scene, browser)),
  broker: ({ scene }, use) => use(new BrokerScene(scene)),
  wireFormat: ({ scene, page }, use) => use(new WireFormatScene(scene, page)),
  wiring: ({ scene }, use) => use(new WiringScene(scene)),
  example: ({ scene, browser }, use) => use(new ExampleProcess(scene, browser)),
  counter: ({ example }, use) => use(new CounterScene(example)),
  chat: ({ example }, use) => use(new ChatScene(example)),
  room: ({ example }, use) => use(new RoomScene(example)),
  proxyExample: ({ example }, use) => use(new ProxyScene(example)),
  forms: ({ scene, browser }, use) => use(new FormsScene(scene, browser)),
  controls: ({ scene, browser }, use) => use(new ControlsScene(scene, browser)),
  sending: ({ scene, browser }, use) => use(new SendingScene(scene, browser)),
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  faults: ({}, use) => use(new FaultScene()),
});

export const { Given, When, Then } = createBdd(test);
