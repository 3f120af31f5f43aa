import type { Html } from "../../html/index.ts";

export interface SubmitButtonProps {
  readonly children: Html;
  /** How it looks: what a page is for stands out, unless told otherwise. */
  readonly kind?: "secondary" | "danger";
}

/** The button that sends a form. */
export function SubmitButton({ children, kind }: SubmitButtonProps) {
  return (
    <div class="actions">
      <button type="submit" class={kind}>
        {children}
      </button>
    </div>
  );
}
