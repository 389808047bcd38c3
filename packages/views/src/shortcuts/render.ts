import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse } from "@tsgo/http/response";
import type { ContextValues } from "@tsgo/template";
import { renderToString } from "@tsgo/template/engines";
import { type Awaitable, whenThere } from "@tsgo/utils/awaitable";

/** What the response of `render` can be given besides its content. */
export interface RenderOptions {
  readonly contentType?: string;
  readonly status?: number;
  /** The name of the template engine, where it must be a certain one. */
  readonly using?: string;
}

/**
 * Renders a template, or the first of several that exists, into a response. Answers to Django's `render`.
 *
 * @throws TemplateDoesNotExist with every place that was looked at.
 *
 * @example
 * return render(request, "polls/detail.html", { question });
 */
export function render(
  request: HttpRequest,
  templateName: string | readonly string[],
  context: ContextValues = {},
  { using, ...options }: RenderOptions = {},
): Awaitable<HttpResponse> {
  return whenThere(
    renderToString(templateName, context, request, using),
    (content) => new HttpResponse(content, options),
  );
}
