import type { HttpRequest } from "@tsgo/http/request";

/** The project's own template for an error, rendered; undefined where it has none. */
export async function ownPage(
  name: string,
  context: Readonly<Record<string, unknown>>,
  request: HttpRequest | undefined,
): Promise<string | undefined> {
  // Templates take their time to load, and few processes ever show such a page.
  const [{ renderToString }, { TemplateDoesNotExist }] = await Promise.all([
    import("@tsgo/template/engines"),
    import("@tsgo/template/errors"),
  ]);
  try {
    return await renderToString(name, context, request);
  } catch (error) {
    // One that includes a template that does not exist is a mistake to be heard of.
    if (error instanceof TemplateDoesNotExist && error.templateName === name) return undefined;
    throw error;
  }
}
