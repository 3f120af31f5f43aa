const count = document.getElementById("count");
const state = document.getElementById("state");
const pause = document.getElementById("pause");
let source = null;

pause.addEventListener("click", () => (source ? stop() : start()));
start();

function start() {
  source = new EventSource(count.dataset.stream);
  source.addEventListener("open", () => say("Counting"));
  source.addEventListener("error", () => say("Connection lost. Reconnecting…"));
  source.addEventListener("tick", (event) => {
    const tick = JSON.parse(event.data);
    count.textContent = tick.count;
    say(`Counted at ${new Date(tick.at).toLocaleTimeString()}`);
  });
  pause.textContent = "Pause";
}

function stop() {
  source.close();
  source = null;
  say("Paused: the server has stopped counting.");
  pause.textContent = "Resume";
}

function say(text) {
  state.textContent = text;
}
