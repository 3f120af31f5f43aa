import { Given, Then, When } from "../support/test.ts";

Given("Ann is logged in on her laptop and on her phone", ({ devices }) => devices.logInOnBoth());

Then("it lists {string} as this device, and {string} as another one", ({ devices }, current: string, other: string) =>
  devices.expectDevices(current, other),
);

Then("it shows the IP address and the last use of each", ({ devices }) => devices.expectAddressesAndTimes());

Given("her phone shows a page with an open stream", ({ devices }) => devices.openStreamOnPhone());

Given("her phone shows {string} with an open stream", ({ devices }, path: string) => devices.openStreamOnPhone(path));

When("she logs in again on her phone", ({ devices }) => devices.logInAgainOnPhone());

Then("her phone shows {string} again", ({ devices }, path: string) => devices.expectPhoneAt(path));

When("she logs out {string} on her account page", ({ devices }, device: string) => devices.press(`Log out ${device}`));

When("she logs out everywhere else", ({ devices }) => devices.press("Log out everywhere else"));

Then("her phone leaves the page within {int} seconds", ({ devices }, seconds: number) =>
  devices.expectPhoneLeaves(seconds * 1000),
);

Then("the old session cookie of her phone is worthless", ({ devices }) => devices.expectPhoneCookieWorthless());

Then("her laptop is still logged in", ({ devices }) => devices.expectLaptopLoggedIn());

Given("Ann has two sessions, each with an open stream", ({ sessions }) => sessions.openTwo());

When("she logs out of the first", ({ sessions }) => sessions.logOutFirst());

Then("the first stream is told about the logout and ends within {int} seconds", ({ sessions }, seconds: number) =>
  sessions.expectFirstStreamEnds(seconds * 1000),
);

Then("the second stream still receives broadcasts", ({ sessions }) => sessions.expectSecondStreamReceives());

Then("the cookie of the first session opens no page and no stream", ({ sessions }) =>
  sessions.expectFirstCookieWorthless(),
);

Then("the cookie of the second session still opens her account", ({ sessions }) => sessions.expectSecondCookieWorks());

Given("Ann has a session in an app with a test clock", ({ sessions }) => sessions.openInClockedApp());

When("she visits her account page every day for {int} days", ({ sessions }, days: number) => sessions.visitDaily(days));

When("the clock is set back by {int} days", ({ clocked }, days: number) => clocked.advance(-days, "days"));

Then(/^her account page (opens|redirects to the login page)$/, ({ sessions }, what: string) =>
  sessions.expectAccountPage(what === "opens"),
);
