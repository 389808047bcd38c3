// The engines of TEMPLATES, and the functions that views use.

import { relative } from "node:path";

import { settings, settingChanged } from "@tsgo/core/conf";
import { importString, projectRoot } from "@tsgo/core/loading";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { fileChanged } from "@tsgo/core/server-signals";
import type { HttpRequest } from "@tsgo/http/request";
import { didYouMean } from "@tsgo/utils/nearest-name";

import type { BackendConfig, BackendTemplate, CreateBackend, TemplateBackend } from "./backends/backend.ts";
import { readConfigs } from "./backends/config.ts";
import type { ContextValues } from "./context/context.ts";
import { TemplateDoesNotExist } from "./errors.ts";
import { loadPrecompiled } from "./precompile/module-file.ts";
import type { Rendered } from "./runtime/settle.ts";

// What belongs to a language is only loaded where an engine of TEMPLATES speaks it.
const BACKENDS: Readonly<Record<string, () => Promise<{ create: CreateBackend }>>> = {
  django: async () => (await import("./backends/django.ts")).DjangoTemplates,
  nunjucks: async () => (await import("./backends/nunjucks.ts")).NunjucksTemplates,
};

/**
 * The engines that TEMPLATES sets up, in its order. They are made by `prepare`, since the modules that they need are
 * loaded for it. Django: `django.template.engines`.
 */
class EngineHandler {
  #backends: readonly TemplateBackend[] | undefined;
  #pending: Promise<void> | undefined;
  #disconnect: (() => void) | undefined;

  /** Whether the engines are made. */
  get isPrepared(): boolean {
    return this.#backends !== undefined;
  }

  /** Makes the engines, unless they are made. */
  prepare(): Promise<void> {
    if (this.#backends !== undefined) return Promise.resolve();
    this.#pending ??= this.#create().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /**
   * All engines.
   *
   * @throws ImproperlyConfigured where they are not made yet.
   */
  all(): readonly TemplateBackend[] {
    if (this.#backends !== undefined) return this.#backends;
    throw new ImproperlyConfigured("The template engines are not ready: call `await prepareEngines()` before.");
  }

  /** The engine of a name. */
  get(name: string): TemplateBackend {
    const backend = this.all().find((one) => one.name === name);
    if (backend !== undefined) return backend;
    const names = this.all().map((one) => one.name);
    throw new ImproperlyConfigured(
      `There is no template engine called '${name}' in TEMPLATES.${didYouMean(name, names)}`,
    );
  }

  /** Forgets the engines, so that the next use makes them from the settings of then. */
  clear(): void {
    this.#backends = undefined;
    this.#disconnect?.();
    this.#disconnect = undefined;
  }

  async #create(): Promise<void> {
    const { prepareI18n } = await import("@tsgo/i18n/setup");
    await prepareI18n();
    await loadPrecompiled(projectRoot());
    const backends = await Promise.all(readConfigs(settings.TEMPLATES).map(createBackend));
    this.clear();
    this.#backends = backends;
    this.#listen();
  }

  #listen(): void {
    const stopFiles = fileChanged.connect(({ path }) => this.#resetFor(path));
    const stopSettings = settingChanged.connect(({ setting }) => {
      if (setting === "TEMPLATES" || setting === "INSTALLED_APPS" || setting === "DEBUG") this.clear();
    });
    this.#disconnect = () => {
      stopFiles();
      stopSettings();
    };
  }

  // A template that was saved is read again at the next request.
  #resetFor(path: string): true | undefined {
    const isInside = (folder: string): boolean => !/^\.\.(?:$|[\\/])/.test(relative(folder, path));
    const concerned = this.all().filter((backend) => backend.templateDirectories().some(isInside));
    for (const backend of concerned) backend.reset();
    return concerned.length > 0 ? true : undefined;
  }
}

async function createBackend(config: BackendConfig): Promise<TemplateBackend> {
  const word = /^(?:tsgo\/template\/backends\/)?(django|nunjucks)(?::\w+)?$/.exec(config.BACKEND)?.[1];
  const known = word === undefined ? undefined : BACKENDS[word];
  if (known !== undefined) return (await known()).create(config);
  const from = `BACKEND of the template engine '${config.NAME}'`;
  if (!config.BACKEND.includes(":")) {
    throw new ImproperlyConfigured(
      `${from}: there is no '${config.BACKEND}'. Write 'django', 'nunjucks', or "module:Class".`,
    );
  }
  const backend = (await importString(config.BACKEND, { from })) as { create?: CreateBackend };
  if (typeof backend.create === "function") return backend.create(config);
  throw new ImproperlyConfigured(`${from} has no static method 'create' that makes an engine from its settings.`);
}

/** The engines of TEMPLATES. */
export const engines = new EngineHandler();

/** Makes the engines of TEMPLATES, and loads the libraries and context processors that they need. */
export function prepareEngines(): Promise<void> {
  return engines.prepare();
}

/**
 * The template of a name, from the first engine that has it. Django: `get_template`.
 *
 * @param using The name of the engine, where it must be a certain one.
 * @throws TemplateDoesNotExist with every place that was tried.
 */
export function getTemplate(name: string, using?: string): BackendTemplate {
  const chain: TemplateDoesNotExist[] = [];
  for (const backend of using === undefined ? engines.all() : [engines.get(using)]) {
    try {
      return backend.getTemplate(name);
    } catch (error) {
      if (!(error instanceof TemplateDoesNotExist)) throw error;
      chain.push(error);
    }
  }
  throw new TemplateDoesNotExist(name, { chain, tried: chain.flatMap(({ tried }) => tried) });
}

/**
 * The first of several templates that exists. Django: `select_template`.
 *
 * @throws TemplateDoesNotExist where none does.
 */
export function selectTemplate(names: readonly string[], using?: string): BackendTemplate {
  const chain: TemplateDoesNotExist[] = [];
  for (const name of names) {
    try {
      return getTemplate(name, using);
    } catch (error) {
      if (!(error instanceof TemplateDoesNotExist)) throw error;
      chain.push(error);
    }
  }
  const name = names.length === 0 ? "No template names provided" : names.join(", ");
  throw new TemplateDoesNotExist(name, { chain, tried: chain.flatMap(({ tried }) => tried) });
}

/**
 * Renders the template of a name, or the first of several that exists. Django: `render_to_string`.
 *
 * @example
 * await renderToString("polls/detail.html", { question }, request);
 *
 * @returns The text, or a promise of it: where a value in the template had to be awaited, and at the first call of a
 * process, which loads what the engines need.
 */
export function renderToString(
  name: string | readonly string[],
  context: ContextValues = {},
  request?: HttpRequest,
  using?: string,
): Rendered {
  if (!engines.isPrepared) return engines.prepare().then(() => renderToString(name, context, request, using));
  const template = typeof name === "string" ? getTemplate(name, using) : selectTemplate(name, using);
  return template.render(context, request);
}
