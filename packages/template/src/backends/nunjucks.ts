// Engines of TEMPLATES for nunjucks, with what pages of tsgo need: `url`, `static`, `csrf_token`.

import { join } from "node:path";

import { apps } from "@tsgo/core/apps";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { importString } from "@tsgo/core/loading";
import type { HttpRequest } from "@tsgo/http/request";
import { type AnyView, reverse } from "@tsgo/urls";
import { didYouMean } from "@tsgo/utils/nearest-name";
import { markSafe } from "@tsgo/utils/safestring";
import nunjucks from "nunjucks";

import { csrf, request as requestProcessor } from "../context-processors.ts";
import type { ContextValues } from "../context/context.ts";
import { type ContextProcessor, loadProcessors } from "../context/processors.ts";
import { TemplateSyntaxError } from "../errors.ts";
import { staticUrl } from "../libraries/static.ts";
import { Origin, UNKNOWN_SOURCE } from "../origin.ts";
import { callFunction } from "../runtime/lookup.ts";
import { type Rendered, isPending, settle } from "../runtime/settle.ts";
import type { BackendConfig, BackendTemplate, TemplateBackend } from "./backend.ts";
import { guardEnvironment, guardTemplate } from "./nunjucks/guard.ts";
import { type NunjucksRuntime, brandSafeString } from "./nunjucks/guarded-runtime.ts";
import { NunjucksLoader } from "./nunjucks/source-loader.ts";
import { csrfField } from "../tags/csrf-token.ts";

const OPTIONS = ["autoescape", "contextProcessors", "environment", "throwOnUndefined", "trimBlocks", "lstripBlocks"];

const runtime = nunjucks.runtime as unknown as NunjucksRuntime;

/**
 * Nunjucks. Its templates are code: never take one from a user. Django: the backend `Jinja2`.
 *
 * Templates are looked for in DIRS and, with APP_DIRS, in the folder `nunjucks` of each application.
 */
export class NunjucksTemplates implements TemplateBackend {
  readonly name: string;
  /** The environment of nunjucks, for filters and globals of your own. */
  readonly env: nunjucks.Environment;
  readonly #config: BackendConfig;
  readonly #loader: NunjucksLoader;
  readonly #processors: readonly ContextProcessor[];

  private constructor(config: BackendConfig, processors: readonly ContextProcessor[]) {
    this.name = config.NAME;
    this.#config = config;
    this.#processors = processors;
    this.#loader = new NunjucksLoader(() => this.templateDirectories());
    // With `dev` nunjucks keeps the errors that values throw.
    this.env = new nunjucks.Environment([this.#loader], {
      ...nunjucksOptions(config),
      dev: true,
    });
    guardEnvironment(this.env);
    addGlobals(this.env);
  }

  /** Makes the engine; the option `environment` names a function that is given the environment to add to it. */
  static async create(config: BackendConfig): Promise<NunjucksTemplates> {
    const { OPTIONS: options, NAME } = config;
    const place = `OPTIONS of the template engine '${NAME}'`;
    const wrong = Object.keys(options).find((key) => !OPTIONS.includes(key));
    if (wrong !== undefined) {
      throw new ImproperlyConfigured(`${place}: there is no option '${wrong}'.${didYouMean(wrong, OPTIONS)}`);
    }
    brandSafeString(runtime);
    const processors = await loadProcessors(options["contextProcessors"], `${place}, contextProcessors`);
    const backend = new NunjucksTemplates(config, processors);
    const { environment } = options;
    if (typeof environment === "string") {
      const extend = await importString(environment, { from: `${place}, environment` });
      if (typeof extend !== "function") throw new ImproperlyConfigured(`${place}: '${environment}' is no function.`);
      await (extend as (env: nunjucks.Environment) => unknown)(backend.env);
    }
    return backend;
  }

  getTemplate(name: string): BackendTemplate {
    const origin = new Origin(this.#loader.getSource(name).path, name, "NunjucksLoader");
    return this.#wrap(() => this.env.getTemplate(name, true), origin);
  }

  fromString(source: string): BackendTemplate {
    const make = (): nunjucks.Template => guardTemplate(new nunjucks.Template(source, this.env, UNKNOWN_SOURCE, false));
    return this.#wrap(make, new Origin(UNKNOWN_SOURCE));
  }

  templateDirectories(): readonly string[] {
    const { DIRS, APP_DIRS } = this.#config;
    return APP_DIRS ? [...DIRS, ...apps.getAppConfigs().map((app) => join(app.path, "nunjucks"))] : DIRS;
  }

  reset(): void {
    this.#loader.reset();
  }

  #wrap(make: () => nunjucks.Template, origin: Origin): BackendTemplate {
    return new NunjucksTemplate(explaining(make), origin, this.#processors);
  }
}

function nunjucksOptions({ OPTIONS: options }: BackendConfig): nunjucks.ConfigureOptions {
  return {
    autoescape: options["autoescape"] !== false,
    throwOnUndefined: options["throwOnUndefined"] === true,
    trimBlocks: options["trimBlocks"] === true,
    lstripBlocks: options["lstripBlocks"] === true,
  };
}

function addGlobals(env: nunjucks.Environment): void {
  env.addGlobal("static", staticUrl);
  env.addGlobal("url", (name: string | AnyView, ...args: unknown[]) => {
    const last = args.at(-1);
    const kwargs = isKeywords(last) ? last : undefined;
    if (kwargs === undefined) return reverse(name, { args });
    const { __keywords, ...named } = kwargs;
    return args.length > 1 ? reverse(name, { args: args.slice(0, -1) }) : reverse(name, { kwargs: named });
  });
}

// Nunjucks gives `name=value` arguments as one marked object, last.
function isKeywords(value: unknown): value is Record<string, unknown> & { __keywords: true } {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "__keywords");
}

/** A template of nunjucks with the context processors of its engine. */
class NunjucksTemplate implements BackendTemplate {
  readonly origin: Origin;
  readonly #template: nunjucks.Template;
  readonly #processors: readonly ContextProcessor[];

  constructor(template: nunjucks.Template, origin: Origin, processors: readonly ContextProcessor[]) {
    this.#template = template;
    this.origin = origin;
    this.#processors = processors;
  }

  get name(): string | undefined {
    return this.origin.templateName;
  }

  render(values: ContextValues = {}, request?: HttpRequest): Rendered {
    const given =
      request === undefined ? [] : [requestValues(request), ...this.#processors.map((each) => each(request))];
    const layers: unknown[] = [...given, values];
    const entries = layers.map((layer) => Object.values(layer as object)).flat();
    const waits = [...layers, ...entries].some(isPending);
    return waits ? this.#renderLater(layers) : this.#render(layers as object[]);
  }

  // Nunjucks waits for nothing, so what must be awaited is before it begins.
  async #renderLater(layers: readonly unknown[]): Promise<string> {
    const settled = (await Promise.all(layers.map(settle))) as object[];
    const values = Object.assign({}, ...settled) as Record<string, unknown>;
    const entries = await Promise.all(
      Object.entries(values).map(
        async ([name, value]) => [name, typeof value === "object" ? await settle(value) : value] as const,
      ),
    );
    return this.#render([Object.fromEntries(entries)]);
  }

  #render(layers: readonly object[]): Rendered {
    const values = Object.assign({}, ...layers) as object;
    const rendered = explaining(() => this.#template.render(values)) as string | null;
    return rendered ?? this.#renderWithCallback(values);
  }

  // Only templates with asynchronous filters of nunjucks come here.
  #renderWithCallback(values: object): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#template.render(values, (error, text) => {
        if (error === null) resolve(text ?? "");
        else reject(cause(error));
      });
    });
  }
}

function requestValues(request: HttpRequest): ContextValues {
  const token = csrf(request)["csrf_token"];
  return {
    ...requestProcessor(request),
    csrf_token: () => callFunction(token),
    csrf_input: () => markSafe(csrfField(callFunction(token))),
  };
}

// Nunjucks wraps what a value throws; whoever catches it wants the error itself.
function explaining<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw cause(error);
  }
}

function cause(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error.cause instanceof Error) return error.cause;
  return error.name.startsWith("Template") && !("code" in error)
    ? new TemplateSyntaxError(error.message, { cause: error })
    : error;
}
