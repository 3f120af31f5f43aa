import { raw } from "buffkit";

// Outlines of Lucide icons (https://lucide.dev, ISC license).
const outlines = {
  check: '<path d="M20 6 9 17l-5-5"/>',
  left: '<path d="m12 19-7-7 7-7"/><path d="M19 12H5"/>',
  right: '<path d="M5 12h14"/><path d="m12 5 7 7-7 7"/>',
  more: '<circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/><circle cx="5" cy="12" r="1"/>',
  plus: '<path d="M5 12h14"/><path d="M12 5v14"/>',
} as const;

/** A decorative icon, hidden from screen readers. */
export function Icon({ name }: { readonly name: keyof typeof outlines }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {raw(outlines[name])}
    </svg>
  );
}
