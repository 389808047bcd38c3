// Finds templates and knows the libraries that they can use.

import { builtins as builtinLibraries } from "./builtins.ts";
import { TemplateDoesNotExist, type TriedOrigin } from "./errors.ts";
import type { Library } from "./library/library.ts";
import { builtinLoadable } from "./libraries/loadable.ts";
import type { Loader } from "./loaders/loader.ts";
import { Origin, UNKNOWN_SOURCE } from "./origin.ts";
import { Template } from "./template.ts";

/** How an engine is set up. */
export interface EngineOptions {
  /** Where templates are found, the first one first. */
  readonly loaders?: readonly Loader[];
  /** Whether values are escaped where a template does not say otherwise; true where it is left out. */
  readonly autoescape?: boolean;
  /** What is put out for variables that do not exist; `%s` in it stands for the variable. */
  readonly stringIfInvalid?: string;
  /** Whether errors are shown with all details, and `{% debug %}` tells anything. */
  readonly debug?: boolean;
  /** Libraries by the name that `{% load %}` uses, besides those that come with tsgo. */
  readonly libraries?: Iterable<readonly [name: string, library: Library]>;
  /** Libraries that are there without `{% load %}`, besides the built-in ones. */
  readonly builtins?: readonly Library[];
}

/**
 * An engine of the Django language. Django: `django.template.Engine`.
 *
 * @example
 * const engine = new Engine({ loaders: [new LocmemLoader({ "hello.txt": "Hello {{ name }}" })] });
 * engine.renderToString("hello.txt", { name: "Ada" }); // "Hello Ada"
 */
export class Engine {
  readonly autoescape: boolean;
  readonly stringIfInvalid: string;
  readonly debug: boolean;
  readonly loaders: readonly Loader[];
  readonly libraries: ReadonlyMap<string, Library>;
  readonly builtins: readonly Library[];

  constructor(options: EngineOptions = {}) {
    this.autoescape = options.autoescape ?? true;
    this.stringIfInvalid = options.stringIfInvalid ?? "";
    this.debug = options.debug ?? false;
    this.loaders = options.loaders ?? [];
    this.libraries = new Map([...builtinLoadable, ...(options.libraries ?? [])]);
    this.builtins = [...builtinLibraries, ...(options.builtins ?? [])];
  }

  /** A template made from its source. Django: `from_string`. */
  fromString(source: string): Template {
    return new Template(source, this, new Origin(UNKNOWN_SOURCE));
  }

  /**
   * The template of a name; `page.html#part` is the part of it that `{% partialdef part %}` makes.
   *
   * @throws TemplateDoesNotExist with every place that was tried.
   */
  getTemplate(name: string): Template {
    const mark = name.lastIndexOf("#");
    if (mark === -1) return this.findTemplate(name);
    const template = this.findTemplate(name.slice(0, mark));
    const partial = template.partial(name.slice(mark + 1));
    if (partial !== undefined) return partial;
    throw new TemplateDoesNotExist(name, { tried: [[template.origin, "The template has no partial of that name"]] });
  }

  /**
   * The first of several templates that exists.
   *
   * @throws TemplateDoesNotExist where none does.
   */
  selectTemplate(names: readonly string[]): Template {
    if (names.length === 0) throw new TemplateDoesNotExist("No template names provided");
    const chain: TemplateDoesNotExist[] = [];
    for (const name of names) {
      try {
        return this.getTemplate(name);
      } catch (error) {
        if (!(error instanceof TemplateDoesNotExist)) throw error;
        chain.push(error);
      }
    }
    throw new TemplateDoesNotExist(names.join(", "), { chain, tried: chain.flatMap(({ tried }) => tried) });
  }

  /** Like `getTemplate`, passing over origins that a chain of parents went through already. */
  findTemplate(name: string, skip: readonly Origin[] = []): Template {
    const tried: TriedOrigin[] = [];
    for (const loader of this.loaders) {
      const found = loader.find(name, this, skip);
      if (found instanceof Template) return found;
      tried.push(...found);
    }
    throw new TemplateDoesNotExist(name, { tried });
  }

  /** Renders the template of a name. Django: `render_to_string`. */
  renderToString(
    name: string | readonly string[],
    values: Readonly<Record<string, unknown>> = {},
  ): string | Promise<string> {
    const template = typeof name === "string" ? this.getTemplate(name) : this.selectTemplate(name);
    return template.render(values);
  }

  /** The names of all templates that the loaders can tell of, in order. */
  templateNames(): readonly string[] {
    const names = this.loaders.flatMap((loader) => [...(loader.names?.() ?? [])]);
    return [...new Set(names)].toSorted();
  }

  /** Forgets templates that were kept, so that changed files are read again. */
  reset(): void {
    for (const loader of this.loaders) loader.reset?.();
  }
}
