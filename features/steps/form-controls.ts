import { Given, Then, When } from "../support/test.ts";

Given("Ann has a form {word} with every kind of control", ({ controls }, way: string) => controls.open(way));

Given("Ann has a form {word} with every kind of control, and JavaScript turned off", ({ controls }, way: string) =>
  controls.open(way, { javaScriptEnabled: false }),
);

When("she fills in every control", ({ controls }) => controls.fillIn());

When("she sends it, and the server refuses it", ({ controls }) => controls.send("refused"));

When("she sends it, and the server fails", ({ controls }) => controls.send("broken"));

When("she sends it, and the network fails", ({ controls }) => controls.send("lost"));

When("she sends it, and the server accepts it", ({ controls }) => controls.send("saved"));

When("she sends it elsewhere, and the server accepts it", ({ controls }) => controls.send("saved", "Send elsewhere"));

When("she sends it, and changes some of it before the server accepts it", ({ controls }) =>
  controls.sendAndChangeSome("saved"),
);

When("she sends it, and changes some of it before the server fails", ({ controls }) =>
  controls.sendAndChangeSome("broken"),
);

When("the browser sends it, and the server refuses it", ({ controls }) => controls.sendByBrowser("refused"));

Then("what she changed stays, and the others are as they were at first", ({ controls }) =>
  controls.expectChangesKept("first"),
);

Then("what she changed stays, and the others are as she sent them", ({ controls }) =>
  controls.expectChangesKept("sent"),
);

Then("no control has what was refused", ({ controls }) => controls.expectNothingRefused());

Then("every control is as she left it", ({ controls }) => controls.expectAsLeft());

Then("every control inside it but the file is as she left it", ({ controls }) => controls.expectShownAgain());

Then("the server has what she filled in", ({ controls }) => controls.expectReceived());

Then("the server elsewhere has what she filled in", ({ controls }) => controls.expectReceived(/elsewhere$/));

Then("every control is as it was at first", ({ controls }) => controls.expectAsAtFirst());
