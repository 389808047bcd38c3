import { TsgoError } from "./base.ts";

type Options = { code?: string; cause?: unknown };

/** No row answers the question. Each model has a subclass of its own, `Model.DoesNotExist`. */
export class ObjectDoesNotExist extends TsgoError {
  /** A template prints nothing where a variable leads to this error. */
  readonly silentVariableFailure = true;

  constructor(message = "", options: Options = {}) {
    super(message, { code: "object_does_not_exist", ...options });
  }
}

/** Several rows where one was asked for. Each model has a subclass of its own. */
export class MultipleObjectsReturned extends TsgoError {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "multiple_objects_returned", ...options });
  }
}

/** A model has no field of that name. */
export class FieldDoesNotExist extends TsgoError {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "field_does_not_exist", ...options });
  }
}

/** A field was used in a way it does not allow: an unknown name in a query, a lookup it lacks. */
export class FieldError extends TsgoError {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "field_error", ...options });
  }
}

/** A condition that no row can meet: the query need not be sent. */
export class EmptyResultSet extends TsgoError {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "empty_result_set", ...options });
  }
}

/** A condition that every row meets: it may be left out of the query. */
export class FullResultSet extends TsgoError {
  constructor(message = "", options: Options = {}) {
    super(message, { code: "full_result_set", ...options });
  }
}
