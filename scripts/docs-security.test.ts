import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asInstaller, createSampleFolder, type SampleFolder } from "../docs/checks/sample-folder.ts";
import { guides, projectFolder, type Sample, samplesOf } from "../docs/checks/samples.ts";
import * as door from "../framework/index.ts";
import { typeScriptArguments } from "../framework/test-support/link-packages.ts";

const minute = 60_000;
const attacked = guides()
  .flatMap(samplesOf)
  .filter(({ isAttacked }) => isAttacked);

function sampleWith(text: string): Sample {
  const found = attacked.filter((sample) => sample.text.includes(text));
  expect(found).toHaveLength(1);
  return found[0] as Sample;
}

/** Tries paths of an app as a stranger, as somebody with an unconfirmed address, and as Ann, whose address is confirmed. */
const attack = (config: string, paths: string) => `
import { silentLogger, wire } from "buffkit";
import { createUser, logInAs } from "buffkit/testing";
import { Hono } from "hono";
import { install } from "./sample.tsx";

const app = new Hono();
const kit = await wire(app, {
  dev: true,
  appUrl: "http://localhost:3000",
  authSecret: "a-secret-for-tests-0123456789-abcdefgh",
  databaseUrl: "sqlite::memory:",
  log: silentLogger,
  ...(${config}),
});
install(app, kit);
const ann = await createUser(kit, { name: "Ann" });
const bob = await createUser(kit, { name: "Bob", isVerified: false });
const cookies = [undefined, await logInAs(kit, bob), await logInAs(kit, ann)];
const found = {};
for (const [name, [method, path]] of Object.entries(${paths})) {
  found[name] = [];
  for (const cookie of cookies) {
    const headers = { "Sec-Fetch-Site": "same-origin", ...(cookie ? { Cookie: cookie } : {}) };
    const response = await app.request(kit.appUrl + path, { method, headers });
    await response.body?.cancel();
    found[name].push(response.status);
  }
}
await kit.close();
console.log("FOUND " + JSON.stringify(found));
process.exit(0);
`;

describe("what the guides say about access", () => {
  let folder: SampleFolder;

  beforeAll(() => {
    folder = createSampleFolder();
    // On the sources of the framework, their JSX needs the same settings as the samples.
    const include = ["**/*", ...["framework", "components", "mail"].map((room) => join(projectFolder, room, "**/*"))];
    folder.write("tsconfig.run.json", JSON.stringify({ extends: "./tsconfig.json", include }));
  });
  afterAll(() => folder.remove());

  function run(sample: Sample, result: string, script: string): unknown {
    folder.write("sample.tsx", asInstaller(sample, Object.keys(door), result));
    folder.write("attack.ts", script);
    const { output } = folder.run("node", [...typeScriptArguments, "attack.ts"], {
      TSX_TSCONFIG_PATH: "tsconfig.run.json",
    });
    const line = /FOUND (.*)/.exec(output)?.[1];
    if (line === undefined) throw new RangeError(output);
    return JSON.parse(line);
  }

  // Each list: a stranger, somebody with an unconfirmed address, Ann.
  it("lets only the right people listen to the topics of a part", { timeout: 2 * minute }, () => {
    const stream = (topic: string) => `["GET", ${topic}]`;
    const paths = `{
      public: ${stream('"/events?topic=news"')},
      team: ${stream('"/events?topic=team:blue"')},
      board: ${stream('"/events?topic=board:7"')},
      annsDiary: ${stream('"/events?topic=diary:" + ann.id')},
      bobsDiary: ${stream('"/events?topic=diary:" + bob.id')},
      everyDiary: ${stream('"/events?topic=diary:*"')},
      nobodys: ${stream('"/events?topic=diary:"')},
      undeclared: ${stream('"/events?topic=boards"')},
      hidden: ${stream('"/events?topic=news&topic=board:7"')},
      somebodys: ${stream('"/events?topic=user:" + ann.id')},
    }`;

    const found = run(sampleWith("diary:*"), "{ boards }", attack("{ parts: [install(app).boards] }", paths));

    expect(found).toEqual({
      public: [200, 200, 200],
      team: [403, 200, 200],
      board: [403, 403, 200],
      annsDiary: [403, 403, 200],
      bobsDiary: [403, 200, 403],
      everyDiary: [403, 403, 403],
      nobodys: [403, 403, 403],
      undeclared: [403, 403, 403],
      hidden: [403, 403, 200],
      somebodys: [403, 403, 403],
    });
  });

  it("lets only the right people listen where authorizeTopic decides", { timeout: 2 * minute }, () => {
    const paths = `{ room: ["GET", "/events?topic=room:7"], other: ["GET", "/events?topic=board:7"] }`;

    const found = run(sampleWith("authorizeTopic"), "{ sse }", attack("install(app)", paths));

    expect(found).toEqual({ room: [403, 403, 200], other: [403, 403, 403] });
  });

  it("lets only the right people through guarded routes", { timeout: 2 * minute }, () => {
    const paths = `{
      boards: ["GET", "/boards"],
      admin: ["GET", "/admin/anything"],
      members: ["GET", "/members"],
      danger: ["POST", "/danger"],
      welcome: ["GET", "/welcome"],
    }`;

    const found = run(sampleWith("RequireRecentLogin"), "{}", attack("{}", paths));

    expect(found).toEqual({
      boards: [303, 200, 200],
      admin: [303, 403, 403],
      members: [303, 303, 200],
      danger: [303, 200, 200],
      welcome: [200, 303, 303],
    });
  });
});
