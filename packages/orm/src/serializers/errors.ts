import { TsgoError } from "@tsgo/core/exceptions";

/** An object cannot be written in the form that was asked for. */
export class SerializationError extends TsgoError {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { code: "serialization", ...options });
  }
}

/** What was read is no fixture, or not one of these models. Answers to `DeserializationError`. */
export class DeserializationError extends TsgoError {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { code: "deserialization", ...options });
  }
}

/** There is no such format. Answers to `SerializerDoesNotExist`. */
export class SerializerDoesNotExist extends TsgoError {
  constructor(message: string) {
    super(message, { code: "serializer_does_not_exist" });
  }
}
