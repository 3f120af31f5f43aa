import { addLine } from "./talk.js";

const enter = document.getElementById("enter");
const room = document.getElementById("room");
const say = document.getElementById("say");
const members = document.getElementById("members");
const state = document.getElementById("state");
let source = null;
let me = "";

enter.addEventListener("submit", (event) => {
  event.preventDefault();
  me = enter.elements.name.value.trim();
  if (me) open();
});
say.addEventListener("submit", (event) => {
  event.preventDefault();
  send(say.text.value);
  say.reset();
});
document.getElementById("leave").addEventListener("click", leave);

function open() {
  source = new EventSource(`/room/events?${new URLSearchParams({ name: me })}`);
  on("welcome", (welcome) => {
    show(true);
    addLine(`Welcome, ${welcome.name}!`, { kind: "note" });
    present(welcome);
  });
  on("history", (messages) => messages.forEach(addMessage));
  on("said", addMessage);
  on("join", (joined) => {
    addLine(`${joined.name} came in.`, { kind: "note" });
    present(joined);
  });
  on("leave", (left) => {
    addLine(`${left.name} left.`, { kind: "note" });
    present(left);
  });
  on("heartbeat", present);
  source.addEventListener("error", () => {
    state.textContent = "Connection lost. Trying again…";
  });
}

function on(name, act) {
  source.addEventListener(name, (event) => act(JSON.parse(event.data)));
}

async function send(text) {
  const answer = await fetch("/room/messages", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name: me, text }),
  });
  if (!answer.ok) state.textContent = "That could not be sent.";
}

function leave() {
  source?.close();
  source = null;
  show(false);
  state.textContent = "You have left the room.";
}

function addMessage({ name, text }) {
  addLine(text, { author: name, kind: name === me ? "mine" : "" });
}

function present(news) {
  members.textContent = news.members.join(", ");
}

function show(isInside) {
  enter.hidden = isInside;
  room.hidden = !isInside;
  state.textContent = "";
  (isInside ? say.text : enter.elements.name).focus();
}
