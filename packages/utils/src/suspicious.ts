// Errors for input that no honest client sends. The server answers them with 400 by their `code`.

/** Raised where input looks like an attack. Django: `SuspiciousOperation`. */
export class SuspiciousOperation extends Error {
  readonly code: string = "suspicious_operation";

  constructor(message: string) {
    super(message);
    this.name = "SuspiciousOperation";
  }
}

/** Raised where a file name could lead out of its folder, or says nothing. Django: `SuspiciousFileOperation`. */
export class SuspiciousFileOperation extends SuspiciousOperation {
  override readonly code = "suspicious_file_operation";

  constructor(message: string) {
    super(message);
    this.name = "SuspiciousFileOperation";
  }
}
