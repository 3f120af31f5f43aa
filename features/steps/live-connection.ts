import { Given, Then, When } from "../support/test.ts";

Given("a live page whose server sends a heartbeat every {int} minutes", ({ silence }, minutes: number) =>
  silence.open(minutes),
);

Given("a live page at which htmx looks twice before its stream is open", ({ silence }) => silence.openTwice());

When("nothing arrives for {int} minutes", ({ silence }, minutes: number) => silence.passTime(minutes));

When("a message arrives", ({ silence }) => silence.sendMessage());

When("a button of the page reads a stream of its own", ({ silence }) => silence.readOtherStream());

Then("the page still has its first connection", ({ silence }) => silence.expectFirstConnection());

Then("the page has a second connection, which continues where the first one stopped", ({ silence }) =>
  silence.expectSecondConnection(),
);

Then("updates arrive again", ({ silence }) => silence.expectUpdates());

Given("a live page with a half-typed draft", ({ gap }) => gap.open());

When("the page misses more changes than the server remembers, up to {string}", ({ gap }, news: string) =>
  gap.missChanges(news),
);

Then("the page is fetched once, and shows {string}", ({ gap }, news: string) => gap.expectFetchedOnce(news));

Then("the draft is as it was, with the cursor in it", ({ gap }) => gap.expectDraftKept());

When("the page is told twice at once that it missed something, up to {string}", ({ gap }, news: string) =>
  gap.resyncTwiceAtOnce(news),
);

When("the page is told so while the server can't be reached", ({ gap }) => gap.failToFetch());

When("a page without a main element misses something, up to {string}", ({ gap }, news: string) =>
  gap.resyncWithoutMain(news),
);

Then("the page is opened again, and shows {string}", ({ gap }, news: string) => gap.expectOpenedAgain(news));

When("the response to a change, {string}, is lost", ({ gap }, news: string) => gap.loseResponse("Save", news));

When("the response to a question is lost", ({ gap }) => gap.loseResponse("Look"));

When("the stream can't be opened", ({ gap }) => gap.closeStream());

When("the stream is open again", ({ gap }) => gap.openStream());

Then("the page isn't fetched", ({ gap }) => gap.expectNotFetched());

Given("a live page behind a network that can be cut", ({ lost }) => lost.open());

When("the network is cut", ({ lost }) => lost.cut());

When("the network is back", ({ lost }) => lost.restore());

When("{int} milliseconds pass on the page", ({ lost }, ms: number) => lost.pass(ms));

When("a new indicator is swapped in", ({ lost }) => lost.replaceIndicator());

Then("the page says nothing about the connection", ({ lost }) => lost.expectQuiet());

Then("the page says that the connection is lost", ({ lost }) => lost.expectLost());

Then("the page is connected, and says nothing about it", ({ lost }) => lost.expectConnected());

When("she follows a link to a page without a stream, which htmx fetches", ({ lost }) => lost.visitQuietPage());

Then("the page knows of no connection, and its requests name none", ({ lost }) => lost.expectNoConnection());

Given("a live page whose first requests for a stream are refused, then lost", ({ lost }) =>
  lost.openWhileServerIsBusy(),
);

Then("its connection is {string}, without an alert", ({ lost }, state: string) => lost.expectState(state));

Then("it is connected in the end", ({ lost }) => lost.expectLive());

Given("a live page for members of a club", ({ sessionEnd }) => sessionEnd.open());

When("she is no longer a member", ({ sessionEnd }) => sessionEnd.loseMembership());

Then("the page is opened again, and is for members only", ({ sessionEnd }) => sessionEnd.expectPageWithoutClub());

When("her session ends", ({ sessionEnd }) => sessionEnd.endSession());

When("a message that her session has ended names a login page elsewhere", ({ sessionEnd }) =>
  sessionEnd.endWithForeignLogin(),
);

Then("she is on the login page of the site, which knows where she was", ({ sessionEnd }) => sessionEnd.expectLogin());

When("she logs out, and the page hears of it before the browser has the response", ({ sessionEnd }) =>
  sessionEnd.logOutSlowly(),
);

Then("she sees the response", ({ sessionEnd }) => sessionEnd.expectGoodbye());

When("she downloads a file, which doesn't leave the page", ({ sessionEnd }) => sessionEnd.download());
