import { HttpResponsePermanentRedirect, HttpResponseRedirect } from "@tsgo/http/response";
import { type AnyView, NoReverseMatch, reverse } from "@tsgo/urls";

/** Something that knows its own URL, as a model does. */
export interface HasAbsoluteUrl {
  getAbsoluteUrl(): string;
}

/** How to redirect, and the arguments of a view's URL. */
export interface RedirectToOptions {
  readonly args?: readonly unknown[];
  readonly kwargs?: Readonly<Record<string, unknown>>;
  /** For good (301) and not for this time (302). */
  readonly permanent?: boolean;
  /** Whether the browser repeats method and body at the new place (307, 308). */
  readonly preserveRequest?: boolean;
}

/**
 * A redirect to an object's own URL, to a view by its name, or to a URL. Answers to Django's `redirect`.
 *
 * @throws NoReverseMatch for a name that is neither that of a view nor looks like a URL, DisallowedRedirect for a URL
 * that browsers must not be sent to.
 *
 * @example
 * return redirect("polls:results", { args: [question.pk] });
 */
export function redirect(
  to: string | AnyView | HasAbsoluteUrl,
  options: RedirectToOptions = {},
): HttpResponseRedirect | HttpResponsePermanentRedirect {
  const { permanent = false, preserveRequest = false } = options;
  const url = resolveUrl(to, options);
  return permanent
    ? new HttpResponsePermanentRedirect(url, { preserveRequest })
    : new HttpResponseRedirect(url, { preserveRequest });
}

/** The URL that `redirect` would lead to. Answers to Django's `resolve_url`. */
export function resolveUrl(
  to: string | AnyView | HasAbsoluteUrl,
  { args, kwargs }: Pick<RedirectToOptions, "args" | "kwargs"> = {},
): string {
  if (typeof to === "object" || (typeof to === "function" && "getAbsoluteUrl" in to))
    return (to as HasAbsoluteUrl).getAbsoluteUrl();
  // A path from here on is meant as it stands, and is the name of no view.
  if (typeof to === "string" && /^\.\.?\//.test(to)) return to;
  try {
    return reverse(to, { args, kwargs });
  } catch (error) {
    if (!(error instanceof NoReverseMatch) || typeof to === "function" || !/[./]/.test(to)) throw error;
    return to;
  }
}
