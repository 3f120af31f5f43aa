import { Then, When } from "../support/test.ts";

When("she asks {string}", ({ chat }, prompt: string) => chat.ask(prompt));

When("the answer has reached {string}", ({ chat }, text: string) => chat.expectAnswer(text));

When("she presses Stop", ({ chat }) => chat.stop());

When("the connection is cut and restored", ({ chat }) => chat.cutAndRestore());

Then("the answer grows token by token to {string}", async ({ chat }, end: string) => {
  await chat.expectAnswer(end);
  await chat.expectManySteps();
});

Then("the model has stopped before the end of the story", ({ chat }) => chat.expectModelStopped());

Then("the answer is the whole story, with every word once", ({ chat }) => chat.expectWholeStory());

Then("the pieces of the answer add up to {string}", ({ chat }, start: string) => chat.expectPieces(start));
