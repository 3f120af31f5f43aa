/** A promise that the test resolves: the code that must wait awaits `opened`, the test calls `open` to let it continue. */
export function createGate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
