/**
 * The parent of every error that tsgo raises on purpose.
 *
 * `name` is the class's own (Django's where Django has one), `code` is stable and made for programs,
 * `message` says what was wrong, with which value, and what to do.
 */
export class TsgoError extends Error {
  /** A stable identifier of the kind of failure, in `snake_case`. */
  readonly code: string;

  constructor(message: string, options: { code: string; cause?: unknown }) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.code = options.code;
  }
}
