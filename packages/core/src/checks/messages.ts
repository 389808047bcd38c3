// What a system check has to say.

/** How bad it is: a name, ordered by its number. */
export const levels = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40, CRITICAL: 50 } as const;

/** The name of a level. */
export type Level = keyof typeof levels;

/** One finding of a check. */
export class CheckMessage {
  readonly level: number;
  /** One or two sentences that say what is wrong. */
  readonly msg: string;
  /** What to do about it. */
  readonly hint: string | undefined;
  /** What it is about: something with a text form, such as a model or a label. */
  readonly obj: unknown;
  /** `"security.W004"`: the application, a letter for the level, a number. Never used for something else again. */
  readonly id: string;

  constructor(level: number, msg: string, options: CheckMessageOptions = {}) {
    this.level = level;
    this.msg = msg;
    this.hint = options.hint;
    this.obj = options.obj;
    this.id = options.id ?? "";
  }

  /** Whether it is at least as bad as an error, or as `level`. */
  isSerious(level: number = levels.ERROR): boolean {
    return this.level >= level;
  }

  /** `obj: (id) message` and the hint, as the command line shows it. */
  toString(): string {
    const subject = this.obj === undefined ? "?" : textOf(this.obj);
    const hint = this.hint === undefined ? "" : `\n\tHINT: ${this.hint}`;
    return `${subject}: ${this.id ? `(${this.id}) ` : ""}${this.msg}${hint}`;
  }
}

/** The parts of a message that may be missing. */
export interface CheckMessageOptions {
  readonly hint?: string;
  readonly obj?: unknown;
  readonly id?: string;
}

/** Of interest to who debugs the project. */
export class Debug extends CheckMessage {
  constructor(msg: string, options?: CheckMessageOptions) {
    super(levels.DEBUG, msg, options);
  }
}

/** Good to know. */
export class Info extends CheckMessage {
  constructor(msg: string, options?: CheckMessageOptions) {
    super(levels.INFO, msg, options);
  }
}

/** Works, but most likely not as meant. */
export class Warning extends CheckMessage {
  constructor(msg: string, options?: CheckMessageOptions) {
    super(levels.WARNING, msg, options);
  }
}

/** Does not work. Keeps most commands from running. Answers to Django's `checks.Error`. */
class CheckError extends CheckMessage {
  constructor(msg: string, options?: CheckMessageOptions) {
    super(levels.ERROR, msg, options);
  }
}
export { CheckError as Error };

/** Nothing works, or worse. */
export class Critical extends CheckMessage {
  constructor(msg: string, options?: CheckMessageOptions) {
    super(levels.CRITICAL, msg, options);
  }
}

function textOf(subject: unknown): string {
  if (typeof subject === "string") return subject;
  if (typeof subject === "function") return subject.name;
  const label = typeof subject === "object" && subject !== null && "label" in subject ? subject.label : undefined;
  return typeof label === "string" ? label : String(subject);
}
