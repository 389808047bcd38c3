// Storages. Answers to `django.core.files.storage`.

export {
  FileSystemStorage,
  type FileSystemStorageOptions,
  InMemoryStorage,
  InvalidStorageError,
  type NameOptions,
  NotSupportedByStorage,
  Storage,
  type StorageContent,
  defaultStorage,
  storages,
} from "@tsgo/storage";
