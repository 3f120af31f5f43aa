/** The pages of the example, as its navigation shows them. */
export const pages = { "A tick a second": "/", "A shared count": "/shared" };
