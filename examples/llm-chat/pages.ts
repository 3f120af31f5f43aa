/** The navigation of the example. */
export const pages = { "Ask the model": "/", "The room": "/room" };
