import { AsyncLocalStorage } from "node:async_hooks";

import { didYouMean } from "@tsgo/utils/nearest-name";

import { AppRegistryNotReady, ImproperlyConfigured } from "../exceptions/configuration.ts";
import { importFile } from "../loading/import-module.ts";
import { findInFolder } from "../loading/resolve.ts";
import type { AppConfig, ModelClass } from "./app-config.ts";
import { createAppConfig } from "./discover.ts";

/** A static method of model classes: told the application whose `models` module exports the class. */
const REGISTER = Symbol.for("tsgo.model.register");

// Not a context variable: it is needed once, and a storage in use slows down everything asynchronous.
const populating = new AsyncLocalStorage<boolean>();

/** The applications of the project and their models. Answers to Django's `Apps`. */
export class Apps {
  /** Whether all applications are there, but perhaps no models yet. */
  appsReady = false;
  /** Whether all models are there. */
  modelsReady = false;
  /** Whether every application's `ready()` has run. */
  ready = false;

  readonly #configs = new Map<string, AppConfig>();
  // By label and name in lower case; a model may be registered before its application is known.
  readonly #models = new Map<string, Map<string, ModelClass>>();
  #population: Promise<void> | undefined;

  /**
   * Loads the applications that INSTALLED_APPS names: first all configurations, then all models, then all
   * `ready()`. Later calls wait for the first. Throws ImproperlyConfigured for an application that is not there,
   * or a name or label used twice, and an error when called by what it loads.
   */
  async populate(installedApps: readonly string[]): Promise<void> {
    if (this.#population && populating.getStore())
      throw new ImproperlyConfigured(
        "setup() was called by a module that setup() itself is loading. Remove the call there.",
      );
    this.#population ??= populating.run(true, () => this.#load(installedApps));
    await this.#population;
  }

  async #load(installedApps: readonly string[]): Promise<void> {
    try {
      await this.#loadConfigs(installedApps);
      await this.#loadModels();
      for (const config of this.#configs.values()) await config.ready();
      this.ready = true;
    } catch (error) {
      this.#reset();
      throw error;
    } finally {
      populating.disable();
    }
  }

  /** Ends the applications' life, in reverse order. The registry can be populated again. */
  async shutDown(): Promise<void> {
    const configs = [...this.#configs.values()].reverse();
    this.#reset();
    for (const config of configs) await config.shutDown();
  }

  /** All applications, in the order of INSTALLED_APPS. */
  getAppConfigs(): AppConfig[] {
    this.#require(this.appsReady, "The applications are");
    return [...this.#configs.values()];
  }

  /** The application with that label. Throws ImproperlyConfigured where there is none. */
  getAppConfig(label: string): AppConfig {
    this.#require(this.appsReady, "The applications are");
    const config = this.#configs.get(label);
    if (config) return config;
    const named = [...this.#configs.values()].find(({ name }) => name === label);
    const hint = named ? ` Did you mean '${named.label}'?` : didYouMean(label, this.#configs.keys());
    throw new ImproperlyConfigured(`There is no installed application with the label '${label}'.${hint}`);
  }

  /** Whether INSTALLED_APPS has the application of that name (`"tsgo/contrib/admin"`). */
  isInstalled(name: string): boolean {
    this.#require(this.appsReady, "The applications are");
    return [...this.#configs.values()].some((config) => config.name === name);
  }

  /** Enters a model; classes do it themselves. Throws ImproperlyConfigured for a second of the same name. */
  registerModel(label: string, name: string, model: ModelClass): void {
    const models = this.#models.get(label) ?? new Map<string, ModelClass>();
    const other = models.get(name.toLowerCase());
    if (other !== undefined && other !== model)
      throw new ImproperlyConfigured(
        `The application '${label}' has two models named '${name}'. Names must differ in more than their case.`,
      );
    this.#models.set(label, models.set(name.toLowerCase(), model));
    this.#configs.get(label)?.models.set(name.toLowerCase(), model);
  }

  /**
   * The model of that name, case aside: `getModel("polls.Question")` or `getModel("polls", "Question")`. Throws
   * AppRegistryNotReady before models are loaded and ImproperlyConfigured where there is no such model.
   */
  getModel(label: string, name?: string): ModelClass {
    this.#require(this.modelsReady, "The models are");
    const [app = "", model = ""] = name === undefined ? label.split(".") : [label, name];
    const { models } = this.getAppConfig(app);
    const found = models.get(model.toLowerCase());
    if (found) return found;
    const hint = didYouMean(
      model,
      [...models.values()].map((known) => known.name),
    );
    throw new ImproperlyConfigured(`The application '${app}' has no model named '${model}'.${hint}`);
  }

  /** The models of all installed applications, in their order. */
  getModels(): ModelClass[] {
    this.#require(this.modelsReady, "The models are");
    return [...this.#configs.values()].flatMap((config) => [...config.models.values()]);
  }

  /** A model that has been registered, whether or not loading has come to its end; undefined where there is none yet. */
  findRegisteredModel(label: string, name: string): ModelClass | undefined {
    return this.#models.get(label)?.get(name.toLowerCase());
  }

  async #loadConfigs(installedApps: readonly string[]): Promise<void> {
    for (const [index, entry] of installedApps.entries()) await this.#add(entry, `INSTALLED_APPS[${index}]`);
    this.appsReady = true;
    for (const config of this.#configs.values()) await config.register();
  }

  async #add(entry: string, from: string): Promise<void> {
    const config = await createAppConfig(entry).catch((error: unknown) => {
      if (!(error instanceof ImproperlyConfigured)) throw error;
      throw new ImproperlyConfigured(`${from}: ${error.message}`, { cause: error.cause ?? error });
    });
    for (const other of this.#configs.values()) {
      if (other.name === config.name)
        throw new ImproperlyConfigured(`${from}: the application '${config.name}' is installed already.`);
      if (other.label === config.label)
        throw new ImproperlyConfigured(
          `${from}: the label '${config.label}' of '${config.name}' is that of '${other.name}' already. ` +
            "Give one of them an AppConfig with another `label`.",
        );
    }
    this.#configs.set(config.label, config);
  }

  async #loadModels(): Promise<void> {
    for (const config of this.#configs.values()) {
      const module = findInFolder(config.path, "models");
      if (module !== undefined) registerExports(config, await importFile(module));
      for (const [name, model] of this.#models.get(config.label) ?? []) config.models.set(name, model);
    }
    this.modelsReady = true;
  }

  #require(isReady: boolean, subject: string): void {
    if (!isReady) throw new AppRegistryNotReady(`${subject} not loaded yet. Call \`await setup()\` first.`);
  }

  #reset(): void {
    this.#configs.clear();
    this.#models.clear();
    this.#population = undefined;
    this.appsReady = this.modelsReady = this.ready = false;
  }
}

function registerExports(config: AppConfig, exports: Readonly<Record<string, unknown>>): void {
  for (const value of Object.values(exports)) {
    if (typeof value !== "function" || !(REGISTER in value)) continue;
    const register = value[REGISTER];
    if (typeof register === "function") register.call(value, config);
  }
}

/** The applications of the process. */
export const apps = new Apps();
