export { DiskFile } from "./disk-file.ts";
export { FileDoesNotExist, InvalidStorageError, NotSupportedByStorage } from "./errors.ts";
export { ContentFile, File, type TemporaryFile } from "./file.ts";
export { FileSystemStorage, type FileSystemStorageOptions } from "./filesystem.ts";
export { InMemoryStorage } from "./memory.ts";
export { validateFileName } from "./names.ts";
export { type NameOptions, Storage, type StorageContent } from "./storage.ts";
export { defaultStorage, storages } from "./storages.ts";
