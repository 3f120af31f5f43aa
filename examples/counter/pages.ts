/** The navigation of the example. */
export const pages = { "One tick a second": "/", "A shared count": "/shared" };
