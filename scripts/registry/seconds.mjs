/** Milliseconds as people read them: "1.25 s". */
export const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
