// The errors that every part of tsgo may raise. Errors of one part alone are exported by that part.

export { TsgoError } from "./base.ts";
export { AppRegistryNotReady, ImproperlyConfigured, MiddlewareNotUsed, ViewDoesNotExist } from "./configuration.ts";
export {
  EmptyResultSet,
  FieldDoesNotExist,
  FieldError,
  FullResultSet,
  MultipleObjectsReturned,
  ObjectDoesNotExist,
} from "./database.ts";
export {
  BadRequest,
  DisallowedHost,
  DisallowedRedirect,
  PermissionDenied,
  RequestDataTooBig,
  SuspiciousFileOperation,
  SuspiciousMultipartForm,
  SuspiciousOperation,
  TooManyFieldsSent,
  TooManyFilesSent,
} from "./request.ts";
export { type ErrorParams, type ErrorSource, type ErrorText, NON_FIELD_ERRORS, ValidationError } from "./validation.ts";
