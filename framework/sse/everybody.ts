/**
 * Everyone with an open stream, logged in or not. As an address: `broadcastHTML(fragment, { to: everybody })`. In `Part.topics` it lets
 * everyone listen.
 */
// From the registry of symbols, so that two copies of the package agree on it.
export const everybody: unique symbol = Symbol.for("buffkit.everybody");
