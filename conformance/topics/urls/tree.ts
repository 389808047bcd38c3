// From a recorded tree of patterns to a URLconf.

import { HttpResponse } from "@tsgo/http/response";
import { getLanguage } from "@tsgo/i18n/translation";
import { i18nPatterns, include, path, rePath, type UrlconfModule, type UrlEntry, type View } from "@tsgo/urls";
import { LazyText } from "@tsgo/utils/functional";

import { translations } from "./translations.ts";

/** One line of a recorded URLconf. */
export interface RecordedNode {
  readonly route?: string;
  readonly regex?: string;
  readonly i18n_patterns?: boolean;
  readonly prefix_default_language?: boolean;
  readonly view?: string;
  readonly name?: string;
  readonly kwargs?: Readonly<Record<string, unknown>>;
  readonly include?: readonly RecordedNode[];
  readonly include_urlconf?: string;
  readonly app_name?: string;
  readonly namespace?: string;
}

/** Makes URLconfs out of recorded trees, each named one once. */
export class UrlconfBuilder {
  readonly #trees: Readonly<Record<string, readonly RecordedNode[]>>;
  readonly #built = new Map<string, UrlconfModule>();

  constructor(trees: Readonly<Record<string, readonly RecordedNode[]>>) {
    this.#trees = trees;
  }

  /** The URLconf that the file of cases has under this name. */
  named(name: string): UrlconfModule {
    const built = this.#built.get(name);
    if (built !== undefined) return built;
    // Known before it is filled, for one that includes itself.
    const urlpatterns: UrlEntry[] = [];
    this.#built.set(name, { urlpatterns });
    urlpatterns.push(...this.#entries(this.#trees[name] ?? [], name.startsWith("i18n.")));
    return this.named(name);
  }

  /** A URLconf that a case brings itself. */
  fresh(nodes: readonly RecordedNode[]): UrlconfModule {
    return { urlpatterns: this.#entries(nodes, false) };
  }

  #entries(nodes: readonly RecordedNode[], isTranslated: boolean): UrlEntry[] {
    return nodes.flatMap((node) => this.#entry(node, isTranslated));
  }

  #entry(node: RecordedNode, isTranslated: boolean): readonly UrlEntry[] {
    if (node.i18n_patterns === true) {
      const inner = this.#entries(node.include ?? [], isTranslated);
      return i18nPatterns(inner, { prefixDefaultLanguage: node.prefix_default_language ?? true });
    }
    const options = { kwargs: node.kwargs ?? {}, ...(node.name === undefined ? {} : { name: node.name }) };
    const target = this.#target(node, isTranslated);
    const text = node.route ?? node.regex ?? "";
    const written = isTranslated && text in translations ? translated(text) : text;
    return [node.route === undefined ? rePath(written, target, options) : path(written, target, options)];
  }

  #target(node: RecordedNode, isTranslated: boolean): View | ReturnType<typeof include> {
    if (node.view !== undefined) return viewNamed(node.view);
    const inner =
      node.include_urlconf === undefined
        ? this.#entries(node.include ?? [], isTranslated)
        : this.named(node.include_urlconf);
    const { namespace } = node;
    const options = namespace === undefined ? {} : { namespace };
    return include(node.app_name === undefined ? inner : [inner, node.app_name], options);
  }
}

function translated(text: string): LazyText {
  return new LazyText(() => translations[text]?.[getLanguage() ?? ""] ?? text);
}

function viewNamed(name: string): View {
  const views: Record<string, View> = { [name]: () => new HttpResponse("") };
  return views[name] ?? (() => new HttpResponse(""));
}
