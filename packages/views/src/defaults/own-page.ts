import type { HttpRequest } from "@tsgo/http/request";
import { renderToString, TemplateDoesNotExist } from "@tsgo/template";

/** The project's own template for an error, rendered; undefined where it has none. */
export async function ownPage(
  name: string,
  context: Readonly<Record<string, unknown>>,
  request: HttpRequest | undefined,
): Promise<string | undefined> {
  try {
    return await renderToString(name, context, request);
  } catch (error) {
    // One that includes a template that does not exist is a mistake to be heard of.
    if (error instanceof TemplateDoesNotExist && error.templateName === name) return undefined;
    throw error;
  }
}
