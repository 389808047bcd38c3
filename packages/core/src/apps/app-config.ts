/** A model class, of which this package knows nothing but that it is a class. */
export type ModelClass = abstract new (...args: never[]) => object;

/**
 * An application: where it is, how it is called, and what it does at the moments of its life. An application
 * without an `apps` module gets a plain one.
 *
 * @example
 * export class PollsConfig extends AppConfig {
 *   override verboseName = "Polls and surveys";
 *   override async ready() { await import("./signals.ts"); }
 * }
 */
export class AppConfig {
  /** Marks the one to take where an `apps` module has several. */
  static readonly default: boolean = false;

  /** The reference of the application, as INSTALLED_APPS names it (`"tsgo/contrib/admin"`). */
  name: string;
  /** A short name of its own in the project, an identifier; the last part of `name` where nothing is said. */
  label: string;
  /** For people. */
  verboseName: string;
  /** The folder of the application, absolute. */
  path: string;
  /** The application's models by name in lower case. */
  readonly models = new Map<string, ModelClass>();

  constructor(name: string, path: string) {
    this.name = name;
    this.path = path;
    this.label = name.slice(name.lastIndexOf("/") + 1);
    this.verboseName = titleOf(this.label);
  }

  /** Called in the order of INSTALLED_APPS before any models are loaded: to offer what others may use. */
  register(): void | Promise<void> {}

  /** Called in order once all models are loaded: to connect signals, register checks, warm up. */
  ready(): void | Promise<void> {}

  /** Called in reverse order when the process ends: to close what was opened. */
  shutDown(): void | Promise<void> {}
}

function titleOf(label: string): string {
  return label
    .replaceAll(/[_-]+/g, " ")
    .replaceAll(/(^|\s)(\S)/g, (_, space: string, letter: string) => space + letter.toUpperCase());
}
