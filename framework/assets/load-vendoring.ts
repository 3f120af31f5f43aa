/** Loads the functions that copy modules into `public/vendor`. A running app needs neither them nor their libraries. */
export function loadVendoring(): Promise<typeof import("./vendoring.ts")> {
  return import("./vendoring.ts");
}
