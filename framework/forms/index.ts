export { CsrfField } from "./csrf-field.tsx";
export { Field, type FieldOption, type FieldProps } from "./field.tsx";
export {
  type Flash,
  type FlashKind,
  type FlashMessage,
  type FlashOptions,
  type FlashSigner,
  flash,
  setFlash,
  takeFlash,
} from "./flash.ts";
export { FlashArea, type FlashAreaProps, FlashPartial, flashAreaId } from "./flash-area.tsx";
export { Form, type FormProps, type FormState, useForm } from "./form.tsx";
export type { OutputOf } from "./output-of.ts";
export {
  csrfFieldName,
  type FormResult,
  type OldInput,
  type Problems,
  readForm,
  readQuery,
  wholeForm,
} from "./read-form.ts";
