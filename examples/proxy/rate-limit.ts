/** Returns a function that says whether one more may pass: at most `perSecond`, evenly spaced; 0 lets all pass. */
export function createRateLimit(perSecond: number, now: () => number = () => performance.now()): () => boolean {
  const distanceMs = perSecond > 0 ? 1000 / perSecond : 0;
  let next = Number.NEGATIVE_INFINITY;
  return () => {
    const at = now();
    if (at < next) return false;
    next = at + distanceMs;
    return true;
  };
}
