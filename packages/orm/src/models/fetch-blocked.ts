import { TsgoError } from "@tsgo/core/exceptions";

/** A field or relation that was not loaded was read, and its queryset refuses to fetch it. */
export class FieldFetchBlocked extends TsgoError {
  constructor(message: string) {
    super(message, { code: "field_fetch_blocked" });
  }
}
