export default globalThis.htmx;
