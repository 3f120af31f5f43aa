const talk = document.getElementById("talk");
const form = document.getElementById("ask");
const stop = document.getElementById("stop");
const state = document.getElementById("state");
let source = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const prompt = form.prompt.value.trim();
  if (!prompt) return;
  end("");
  ask(prompt);
  form.reset();
});
stop.addEventListener("click", () => end("Stopped."));

function ask(prompt) {
  addLine(prompt, "mine");
  const answer = addLine("");
  source = new EventSource(`/completions?${new URLSearchParams({ prompt })}`);
  stop.disabled = false;
  state.textContent = "The model is writing…";
  source.addEventListener("token", (event) => {
    answer.append(JSON.parse(event.data).token);
  });
  source.addEventListener("done", (event) => end(`Complete: ${JSON.parse(event.data).tokens} tokens.`));
  source.addEventListener("error", () => {
    state.textContent = "Connection lost. Reconnecting…";
  });
}

function end(text) {
  source?.close();
  source = null;
  stop.disabled = true;
  state.textContent = text;
}

// User input is text, never markup.
function addLine(text, kind = "") {
  const line = Object.assign(document.createElement("li"), { textContent: text, className: kind });
  talk.append(line);
  return line;
}
