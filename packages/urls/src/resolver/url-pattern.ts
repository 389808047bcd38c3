import type { PathPattern } from "../patterns/pattern.ts";
import type { AnyView } from "../view.ts";
import { ENTRY } from "./entry.ts";

/** A pattern that leads to a view. Made by `path` and `rePath`. Django: `URLPattern`. */
export class URLPattern {
  readonly [ENTRY] = "pattern";
  readonly pattern: PathPattern;
  readonly view: AnyView;
  /** Keyword arguments for the view that are not in the path. */
  readonly defaultKwargs: Readonly<Record<string, unknown>>;
  readonly name: string | undefined;

  constructor(
    pattern: PathPattern,
    view: AnyView,
    defaultKwargs: Readonly<Record<string, unknown>>,
    name: string | undefined,
  ) {
    this.pattern = pattern;
    this.view = view;
    this.defaultKwargs = defaultKwargs;
    this.name = name;
  }

  /** The view's own name: of its class where it was made from one. */
  get viewName(): string {
    return viewNameOf(this.view);
  }

  toString(): string {
    return `'${this.pattern.toString()}'${this.name === undefined ? "" : ` [name='${this.name}']`}`;
  }
}

/** What a view is called where it has no name in the URLconf. */
export function viewNameOf(view: object): string {
  if ("viewClass" in view && typeof view.viewClass === "function") return view.viewClass.name;
  return typeof view === "function" ? view.name : "";
}
