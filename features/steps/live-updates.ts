import { Given, Then, When } from "../support/test.ts";

Given("a live page", ({ push }) => push.openApp());

Then("each kind of input in the guide's table survives an update", ({ push }) => push.expectInputKept());

Then("everything else in the guide's table survives an update", ({ push }) => push.expectPlacesKept());

Then("nothing in the table is left out", ({ push }) => push.expectEveryRowTried());

Given("a live page with a picture and a formula", ({ fragments }) => fragments.openPicture());

When("pieces of them arrive, live and as responses", ({ fragments }) => fragments.sendPieces());

Then("they are drawn", ({ fragments }) => fragments.expectDrawn());

Given("a live page with two places", ({ fragments }) => fragments.openTwoPlaces());

When("messages arrive with a piece that can't be placed", ({ fragments }) => fragments.sendBadPiece());

Then("the rest of them is shown, and the stream stays open", ({ fragments }) => fragments.expectRestShown());

Given("a live page with a list", ({ fragments }) => fragments.openList());

When("she adds entries while her tab is hidden", ({ fragments }) => fragments.addWhileHidden());

When("she adds entries just before her stream is renewed", ({ fragments }) => fragments.addWhileRenewing());

Then("each entry appears once", ({ fragments }) => fragments.expectEachOnce());

When("an entry arrives again", ({ fragments }) => fragments.repeatEntry());

Then("it is updated where it is", ({ fragments }) => fragments.expectEntryUpdated());

When("two versions arrive in the wrong order", ({ fragments }) => fragments.sendOutOfOrder());

Then("the page shows the newer one", ({ fragments }) => fragments.expectNewest());

Given("a live page with an open dialog", ({ dialog }) => dialog.open());

When("the dialog closes while an update inside it settles", ({ dialog }) => dialog.closeDuringUpdate());

Then("it stays closed, and can be opened again", ({ dialog }) => dialog.expectClosed());
