import { Then, When } from "../support/test.ts";

When("{word} enters the room", ({ room }, name: string) => room.enter(name));

When("{word} says {string}", ({ room }, name: string, text: string) => room.say(name, text));

When("{word} leaves the room", ({ room }, name: string) => room.leave(name));

When("{int} messages are sent to the room over REST", ({ room }, count: number) => room.post(count));

When("the client reconnects to {string}", ({ room }, path: string) => room.reconnect(path));

Then("{word} reads {string} and sees {string} in the room", ({ room }, name: string, note: string, members: string) =>
  room.expectNoteAndMembers(name, note, members),
);

Then("{word} reads {string} once", ({ room }, name: string, text: string) => room.expectMessageOnce(name, text));

Then("she reads the messages {int} to {int} in order", ({ room }, first: number, last: number) =>
  room.expectMessages(first, last),
);

Then("it receives the events {string}", async ({ example }, names: string) => {
  for (const name of names.split(", ")) await example.client.event(name);
});

Then("the members of the room are {string}", ({ room }, members: string) =>
  room.expectMembers(members ? members.split(", ") : []),
);

Then("it receives the messages {int} to {int} in order", ({ room }, first: number, last: number) =>
  room.expectReceivedMessages(first, last),
);

Then("an empty message is rejected", ({ room }) => room.expectEmptyMessageRejected());
