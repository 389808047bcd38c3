import { TsgoError } from "./base.ts";

type Options = { code?: string; cause?: unknown };

/** The user may not do this. The handler answers 403. */
export class PermissionDenied extends TsgoError {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "permission_denied", ...options });
  }
}

/** The request is malformed and cannot be worked on. The handler answers 400. */
export class BadRequest extends TsgoError {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "bad_request", ...options });
  }
}

/**
 * The request did what no honest client does. The handler answers 400 and logs to
 * `tsgo.security.<class name>`, so that each subclass can be listened to or silenced.
 */
export class SuspiciousOperation extends TsgoError {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "suspicious_operation", ...options });
  }
}

/** A multipart body that cannot be parsed as such. */
export class SuspiciousMultipartForm extends SuspiciousOperation {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "suspicious_multipart_form", ...options });
  }
}

/** A path that leaves the folder it belongs to. */
export class SuspiciousFileOperation extends SuspiciousOperation {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "suspicious_file_operation", ...options });
  }
}

/** The Host header is not among `ALLOWED_HOSTS`, or is no host at all. */
export class DisallowedHost extends SuspiciousOperation {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "disallowed_host", ...options });
  }
}

/** A redirect to a scheme that browsers must not be sent to. */
export class DisallowedRedirect extends SuspiciousOperation {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "disallowed_redirect", ...options });
  }
}

/** The body is larger than `DATA_UPLOAD_MAX_MEMORY_SIZE`. The handler answers 413. */
export class RequestDataTooBig extends SuspiciousOperation {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "request_data_too_big", ...options });
  }
}

/** More fields than `DATA_UPLOAD_MAX_NUMBER_FIELDS`. */
export class TooManyFieldsSent extends SuspiciousOperation {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "too_many_fields_sent", ...options });
  }
}

/** More files than `DATA_UPLOAD_MAX_NUMBER_FILES`. */
export class TooManyFilesSent extends SuspiciousOperation {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "too_many_files_sent", ...options });
  }
}
