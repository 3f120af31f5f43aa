const talk = document.getElementById("talk");

/** Adds a line to the conversation and returns its element; what people write is text, never markup. */
export function addLine(text, { kind = "", author = "" } = {}) {
  const line = document.createElement("li");
  line.className = kind;
  if (author) line.append(Object.assign(document.createElement("b"), { textContent: author }));
  line.append(text);
  talk.append(line);
  showEnd();
  return line;
}

/** Keeps the newest line in view. */
export function showEnd() {
  talk.scrollTop = talk.scrollHeight;
}
