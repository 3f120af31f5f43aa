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
export {
  csrfFieldName,
  type FormResult,
  type OldInput,
  type OutputOf,
  type Problems,
  readForm,
  readQuery,
  wholeForm,
} from "./read-form.ts";
export {
  type FileFieldOptions,
  type FilesFieldOptions,
  fileField,
  filesField,
  type UploadedFile,
} from "./uploads/file-field.ts";
export type { FileKind } from "./uploads/file-kind.ts";
export { createFolderUploadStore } from "./uploads/folder-upload-store.ts";
export { createMemoryUploadStore } from "./uploads/memory-upload-store.ts";
export { sendUpload } from "./uploads/send-upload.ts";
export type { UploadStore } from "./uploads/upload-store.ts";
