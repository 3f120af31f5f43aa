export { CsrfField } from "./csrf-field.tsx";
export { Field, type FieldOption, type FieldProps } from "./field.tsx";
export {
  type FileFieldOptions,
  type FilesFieldOptions,
  fileField,
  filesField,
  type UploadedFile,
} from "./file-field.ts";
export type { FileKind } from "./file-kind.ts";
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
export { createFolderUploadStore } from "./folder-upload-store.ts";
export { Form, type FormProps, type FormState, useForm } from "./form.tsx";
export { createMemoryUploadStore } from "./memory-upload-store.ts";
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
export { sendUpload } from "./send-upload.ts";
export type { UploadStore } from "./upload-store.ts";
