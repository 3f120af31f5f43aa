// Keeps "5 min ago" up to date while the page is open: `<time datetime="…" data-ago>`.

const MINUTE_MS = 60_000;
const UNITS = [
  [MINUTE_MS, "min"],
  [60 * MINUTE_MS, "h"],
  [24 * 60 * MINUTE_MS, "d"],
];

updateAll();
setInterval(updateAll, MINUTE_MS / 2);
// Live regions come with the date.
document.addEventListener("htmx:after:swap", updateAll);

function updateAll() {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const passedMs = Date.now() - Date.parse(time.dateTime);
    const unit = UNITS.findLast(([ms]) => passedMs >= ms);
    const text = unit ? `${Math.floor(passedMs / unit[0])} ${unit[1]} ago` : "just now";
    if (passedMs < 14 * 24 * 60 * MINUTE_MS && time.textContent !== text) time.textContent = text;
  }
}
