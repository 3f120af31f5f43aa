/** The pages of the example, as its navigation shows them. */
export const pages = { "Ask the model": "/", "The room": "/room" };
