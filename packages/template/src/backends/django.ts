// Engines of TEMPLATES for the Django language.

import { join } from "node:path";

import { apps } from "@tsgo/core/apps";
import { settings } from "@tsgo/core/conf";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import type { HttpRequest } from "@tsgo/http/request";
import { didYouMean } from "@tsgo/utils/nearest-name";

import { csrf } from "../context-processors.ts";
import { Context, type ContextValues } from "../context/context.ts";
import { type ContextProcessor, loadProcessors } from "../context/processors.ts";
import { Engine } from "../engine.ts";
import { createLoaders } from "../loaders/create-loaders.ts";
import type { Origin } from "../origin.ts";
import { type Rendered, isThenable } from "../runtime/settle.ts";
import type { Template } from "../template.ts";
import type { BackendConfig, BackendTemplate, TemplateBackend } from "./backend.ts";
import { loadBuiltins, loadLibraries } from "./load-libraries.ts";

const OPTIONS = ["autoescape", "contextProcessors", "debug", "loaders", "stringIfInvalid", "libraries", "builtins"];

/** The Django language. Django: `DjangoTemplates`. */
export class DjangoTemplates implements TemplateBackend {
  readonly name: string;
  readonly engine: Engine;
  readonly #processors: readonly ContextProcessor[];
  readonly #config: BackendConfig;

  private constructor(config: BackendConfig, engine: Engine, processors: readonly ContextProcessor[]) {
    this.name = config.NAME;
    this.engine = engine;
    this.#config = config;
    this.#processors = [csrf, ...processors];
  }

  /** Makes the engine, and loads the libraries and context processors that it needs. */
  static async create(config: BackendConfig): Promise<DjangoTemplates> {
    const { OPTIONS: options, NAME } = config;
    const place = `OPTIONS of the template engine '${NAME}'`;
    const wrong = Object.keys(options).find((key) => !OPTIONS.includes(key));
    if (wrong !== undefined) {
      throw new ImproperlyConfigured(`${place}: there is no option '${wrong}'.${didYouMean(wrong, OPTIONS)}`);
    }
    const [loaders, libraries, builtins, processors] = await Promise.all([
      createLoaders(config),
      loadLibraries(options["libraries"], place),
      loadBuiltins(options["builtins"], place),
      loadProcessors(options["contextProcessors"], `${place}, contextProcessors`),
    ]);
    const engine = new Engine({
      loaders,
      libraries,
      builtins,
      autoescape: options["autoescape"] !== false,
      debug: typeof options["debug"] === "boolean" ? options["debug"] : settings.DEBUG,
      stringIfInvalid: typeof options["stringIfInvalid"] === "string" ? options["stringIfInvalid"] : "",
    });
    return new DjangoTemplates(config, engine, processors);
  }

  getTemplate(name: string): BackendTemplate {
    return new DjangoTemplate(this.engine.getTemplate(name), this.#processors);
  }

  fromString(source: string): BackendTemplate {
    return new DjangoTemplate(this.engine.fromString(source), this.#processors);
  }

  templateDirectories(): readonly string[] {
    const { DIRS, APP_DIRS } = this.#config;
    return APP_DIRS ? [...DIRS, ...apps.getAppConfigs().map((app) => join(app.path, "templates"))] : DIRS;
  }

  reset(): void {
    this.engine.reset();
  }
}

/** A template with the context processors of its engine. */
class DjangoTemplate implements BackendTemplate {
  /** The template itself, for `include` and `extends`. */
  readonly template: Template;
  readonly #processors: readonly ContextProcessor[];

  constructor(template: Template, processors: readonly ContextProcessor[]) {
    this.template = template;
    this.#processors = processors;
  }

  get name(): string | undefined {
    return this.template.name;
  }

  get origin(): Origin {
    return this.template.origin;
  }

  render(values: ContextValues = {}, request?: HttpRequest): Rendered {
    const { autoescape } = this.template.engine;
    const context = new Context(values, { autoescape, request });
    return request === undefined ? this.template.render(context) : this.#renderFor(request, context);
  }

  #renderFor(request: HttpRequest, context: Context): Rendered {
    const given = this.#processors.map((processor) => processor(request));
    if (given.some(isThenable)) return this.#renderLater(given, context);
    return this.#renderWith(given as ContextValues[], context);
  }

  async #renderLater(
    given: readonly (ContextValues | PromiseLike<ContextValues>)[],
    context: Context,
  ): Promise<string> {
    return this.#renderWith(await Promise.all(given.map((values) => Promise.resolve(values))), context);
  }

  // What the view gives wins over what the processors give.
  #renderWith(given: readonly ContextValues[], context: Context): Rendered {
    context.underlay(Object.assign({}, ...given) as ContextValues);
    return this.template.render(context);
  }
}
