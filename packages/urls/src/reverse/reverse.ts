import { LazyText } from "@tsgo/utils/functional";
import { escapeLeadingSlashes, urlencode, type UrlencodeInput } from "@tsgo/utils/http";
import { textForm } from "@tsgo/utils/text-form";
import { quote } from "@tsgo/utils/urls";

import { NoReverseMatch } from "../exceptions.ts";
import { getResolver } from "../urlconf/root.ts";
import { getScriptPrefix } from "../urlconf/script-prefix.ts";
import type { Urlconf } from "../urlconf/urlconf.ts";
import type { AnyView } from "../view.ts";
import { findPatterns } from "./find.ts";

/** What a URL is made from besides the name. */
export interface ReverseOptions {
  /** The URLconf to look in; by default the one in force. */
  readonly urlconf?: Urlconf | undefined;
  /** Values for the parameters in order. Not together with `kwargs`. */
  readonly args?: readonly unknown[] | undefined;
  /** Values for the parameters by name. */
  readonly kwargs?: Readonly<Record<string, unknown>> | undefined;
  /** The instance namespaces of the running application: decides which instance an application namespace means. */
  readonly currentApp?: string | undefined;
  /** What goes behind `?`: a QueryDict, or names with a value, or with a list of them, each. */
  readonly query?: UrlencodeInput | undefined;
  /** What goes behind `#`. */
  readonly fragment?: string | undefined;
}

// `pchar` and the slash of RFC 3986, besides letters, digits and `_.-~`.
const SAFE = "!$&'()*+,;=/~:@";
const ALL_SAFE = /^[\w.\-~!$&'()*+,;=/:@]*$/;
const NO_ARGS: readonly unknown[] = [];
const NO_KWARGS: Readonly<Record<string, unknown>> = {};

/**
 * The URL of a view, by the name of its pattern or by the view itself. Django: `reverse`.
 *
 * @example
 * reverse("polls:detail", { kwargs: { questionId: 5 } }); // "/polls/5/"
 *
 * @throws NoReverseMatch where there is no such name, or no pattern of this name for these arguments.
 * @throws TypeError for `args` together with `kwargs`.
 */
export function reverse(viewName: string | AnyView, options: ReverseOptions = {}): string {
  const { args = NO_ARGS, kwargs = NO_KWARGS, currentApp = "" } = options;
  if (args.length > 0 && Object.keys(kwargs).length > 0) {
    throw new TypeError("reverse() takes 'args' or 'kwargs', not both.");
  }
  const prefix = getScriptPrefix();
  const patterns = findPatterns(getResolver(options.urlconf), viewName, currentApp);
  for (const pattern of patterns) {
    const path = pattern.reverse(args, kwargs);
    if (path !== undefined) return withQuery(encodePath(prefix + path), options);
  }
  throw noMatch(
    viewName,
    args,
    kwargs,
    patterns.map((pattern) => pattern.regex),
  );
}

/**
 * The URL of a view as text that is worked out when it is read: for what is defined before the URLconf is loaded.
 * Django: `reverse_lazy`.
 *
 * @example
 * const successUrl = reverseLazy("polls:index");
 */
export function reverseLazy(viewName: string | AnyView, options: ReverseOptions = {}): LazyText {
  return new LazyText(() => reverse(viewName, options));
}

// Two slashes at the start, or a backslash, would lead to another host; the backslash is encoded like all that is odd.
function encodePath(path: string): string {
  return escapeLeadingSlashes(ALL_SAFE.test(path) ? path : quote(path, SAFE));
}

function withQuery(path: string, { query, fragment }: ReverseOptions): string {
  const encoded = query === undefined ? "" : urlencode(query, { doseq: true });
  const url = encoded === "" ? path : `${path}?${encoded}`;
  return fragment === undefined ? url : `${url}#${quote(fragment)}`;
}

function noMatch(
  view: string | AnyView,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
  tried: readonly string[],
): NoReverseMatch {
  const name = typeof view === "string" ? view : view.name;
  const given =
    args.length > 0
      ? `the arguments ${textForm(args)}`
      : Object.keys(kwargs).length > 0
        ? `the keyword arguments ${textForm(kwargs)}`
        : "no arguments";
  return new NoReverseMatch(`The URL of '${name}' cannot be made with ${given}. Tried: ${tried.join("  ")}`);
}
