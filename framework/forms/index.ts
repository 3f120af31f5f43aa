export { type DoneOptions, done, type FormAnswer, type FormDone, type FormRefused } from "./define/answers.ts";
export {
  type DefinedForm,
  type DefinedFormProps,
  type FieldNames,
  type FormDefinition,
  type FormInput,
  form,
  type GivenProps,
  type ReadGiven,
} from "./define/define-form.tsx";
export type { FormFields, HiddenProps, SubmitProps } from "./define/form-fields.tsx";
export { type FormPosts, type FormPostsOptions, formPosts } from "./define/form-posts.ts";
export { CsrfField } from "./fields/csrf-field.tsx";
export { Field, type FieldProps, type FieldType } from "./fields/field.tsx";
export type { FieldOption } from "./fields/field-values.ts";
export { type FieldValue, Form, type FormProps, type FormState, useForm } from "./fields/form.tsx";
export {
  type Flash,
  type FlashKind,
  type FlashMessage,
  type FlashOptions,
  type FlashSigner,
  flash,
  setFlash,
  takeFlash,
} from "./flash/flash.ts";
export { FlashArea, type FlashAreaProps, FlashPartial, flashAreaId } from "./flash/flash-area.tsx";
export {
  csrfFieldName,
  type FormResult,
  type OldInput,
  type OutputOf,
  type Problems,
  readForm,
  readQuery,
  wholeForm,
} from "./input/read-form.ts";
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
export { type UploadStoreSubject, uploadStoreChecks } from "./uploads/upload-store-conformance.ts";
