export { SkipFile, StopFutureHandlers, StopUpload, UploadHandler, type PassedOn, type UploadInfo } from "./handler.ts";
export { InMemoryUploadedFile, MemoryFileUploadHandler } from "./memory.ts";
export { TemporaryFileUploadHandler, TemporaryUploadedFile } from "./temporary.ts";
export { UploadedFile, type UploadedFileOptions } from "./uploaded-file.ts";
