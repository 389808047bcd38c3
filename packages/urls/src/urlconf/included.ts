import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { importModule, loadedModule } from "@tsgo/core/loading";

import { LocalePrefixPattern } from "../patterns/locale-prefix-pattern.ts";
import type { UrlEntry } from "../resolver/entry.ts";
import { asUrlconfModule, checkPatterns, isPatternList, type Urlconf, type UrlconfModule } from "./urlconf.ts";

/** The namespaces of an include, as far as it says so itself. */
export interface Namespaces {
  readonly appName?: string | undefined;
  readonly namespace?: string | undefined;
}

const INCLUDED = Symbol.for("tsgo.urls.included");

/** The patterns behind an include, or those of a whole site. What `include` gives to `path`. */
export class Included {
  readonly [INCLUDED] = true;
  readonly urlconf: Urlconf;
  readonly #namespaces: Namespaces;
  #module: UrlconfModule | undefined;

  constructor(urlconf: Urlconf, namespaces: Namespaces = {}) {
    this.urlconf = urlconf;
    this.#namespaces = namespaces;
    // A reference can be checked only when it has been loaded.
    if (typeof urlconf !== "string") this.#module = this.#check(urlconf);
  }

  /** How messages call it. */
  get label(): string {
    return typeof this.urlconf === "string" ? `The URLconf '${this.urlconf}'` : "The URLconf";
  }

  /** Loads the module that the reference names. `from` says where the reference stands. */
  async load(from: string): Promise<void> {
    if (typeof this.urlconf !== "string" || this.#module !== undefined) return;
    this.#module = this.#check(asUrlconfModule(await importModule(this.urlconf, { from }), this.label));
  }

  /** What the URLconf's module exports. */
  get module(): UrlconfModule {
    return (this.#module ??= this.#check(asUrlconfModule(this.#loaded(), this.label)));
  }

  get urlPatterns(): readonly UrlEntry[] {
    return this.module.urlpatterns;
  }

  get appName(): string | undefined {
    return this.#namespaces.appName ?? this.module.appName;
  }

  get namespace(): string | undefined {
    return this.#namespaces.namespace ?? this.appName;
  }

  #loaded(): object {
    if (typeof this.urlconf !== "string") return this.urlconf;
    try {
      return loadedModule(this.urlconf);
    } catch (cause) {
      throw new ImproperlyConfigured(
        `${this.label} has not been loaded. \`await prepareUrlconf()\` loads the root URLconf and all that it includes.`,
        { cause },
      );
    }
  }

  #check(urlconf: object | readonly UrlEntry[]): UrlconfModule {
    const module = isPatternList(urlconf as Urlconf)
      ? { urlpatterns: urlconf as readonly UrlEntry[] }
      : asUrlconfModule(urlconf, this.label);
    checkPatterns(module.urlpatterns, this.label);
    const { namespace, appName = module.appName } = this.#namespaces;
    if (namespace !== undefined && appName === undefined) {
      throw new ImproperlyConfigured(
        `${this.label} is included with the namespace '${namespace}' but has no application namespace. ` +
          "Export 'appName' from its module, or include([patterns, appName], { namespace }).",
      );
    }
    return module;
  }
}

/** Whether a value is what `include` gives, be it of another copy of this package. */
export function isIncluded(value: unknown): value is Included {
  return typeof value === "object" && value !== null && INCLUDED in value;
}

/**
 * Says no to patterns with a language prefix inside of an include: the prefix has to come first in a path.
 *
 * @throws ImproperlyConfigured
 */
export function refuseLanguagePrefixes(included: Included): void {
  if (!included.urlPatterns.some(({ pattern }) => pattern instanceof LocalePrefixPattern)) return;
  throw new ImproperlyConfigured(
    `${included.label} uses i18nPatterns(), which only the root URLconf may: the language comes first in a path.`,
  );
}
