const form = document.getElementById("options");
const readings = document.getElementById("readings");
const state = document.getElementById("state");
const counts = document.getElementById("counts");
const symbols = { fahrenheit: "°F", celsius: "°C" };
let source = null;

form.addEventListener("change", follow);
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("cut").addEventListener("click", () => fetch("/upstream/cut", { method: "POST" }));
follow();

function follow() {
  source?.close();
  readings.replaceChildren();
  counts.textContent = "";
  source = new EventSource(`/readings?${new URLSearchParams(new FormData(form))}`);
  source.addEventListener("reading", (event) => show(JSON.parse(event.data)));
  source.addEventListener("info", (event) => showState(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    state.textContent = "Connection lost. Reconnecting…";
  });
}

function show({ city, temperature, unit, price, currency, filtered, limited }) {
  const row = rowOf(city);
  row.cells[1].textContent = `${temperature} ${symbols[unit]}`;
  row.cells[2].textContent = price.toLocaleString("en", { style: "currency", currency });
  counts.textContent = `Left out: ${filtered} by your filter, ${limited} by the rate limit.`;
}

function rowOf(city) {
  const known = [...readings.rows].find((row) => row.dataset.city === city);
  if (known) return known;
  const row = readings.insertRow();
  row.dataset.city = city;
  const heading = Object.assign(document.createElement("th"), { scope: "row", textContent: city });
  row.append(heading, document.createElement("td"), document.createElement("td"));
  return row;
}

function showState({ state: upstream, inMs }) {
  if (upstream === "ended") source.close();
  state.textContent = {
    connected: "Connected to the upstream.",
    reconnecting: `The upstream is down. Trying again in ${inMs / 1000} s.`,
    ended: "The upstream has no more readings.",
  }[upstream];
}
