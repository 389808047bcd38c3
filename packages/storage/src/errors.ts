import { TsgoError } from "@tsgo/core/exceptions";

/** A storage has no file of that name. Python: `FileNotFoundError`. */
export class FileDoesNotExist extends TsgoError {
  constructor(name: string, options: { cause?: unknown } = {}) {
    super(`There is no file '${name}' in this storage.`, { code: "file_does_not_exist", ...options });
  }
}

/** STORAGES has no such alias, or its backend is no storage. Django: `InvalidStorageError`. */
export class InvalidStorageError extends TsgoError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { code: "invalid_storage", ...options });
  }
}

/** A storage cannot do what was asked: it has no paths, no addresses, no times. Python: `NotImplementedError`. */
export class NotSupportedByStorage extends TsgoError {
  constructor(storage: string, what: string) {
    super(`${storage} cannot tell ${what}.`, { code: "not_supported_by_storage" });
  }
}
