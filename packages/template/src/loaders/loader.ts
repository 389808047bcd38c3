import type { Engine } from "../engine.ts";
import type { TriedOrigin } from "../errors.ts";
import type { Origin } from "../origin.ts";
import type { Template } from "../template.ts";

/**
 * A place where templates are found. A loader of your own has this shape; one that reads sources by name extends
 * `SourceLoader`. Django: `Loader`.
 */
export interface Loader {
  /**
   * The template of a name, or the places where it is not.
   *
   * @param skip Origins to pass over: a template that extends one of its own name means the next one.
   */
  find(name: string, engine: Engine, skip: readonly Origin[]): Template | readonly TriedOrigin[];
  /**
   * The names of all templates that can be found, for `check` and `build`. A loader that cannot tell leaves it out: its
   * templates are read and compiled when they are asked for.
   */
  names?(): Iterable<string>;
  /** Forgets what was kept. */
  reset?(): void;
}
