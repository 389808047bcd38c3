import { type TemplateSource, locateError } from "../debug.ts";

/** Notes on an error at which place of which template it arose. Gives the error back. */
export function blame(error: unknown, template: TemplateSource | undefined, start: number): unknown {
  if (template === undefined) return error;
  const { origin, source } = template;
  return locateError(error, { origin, source, start, end: endOfTag(source, start) });
}

function endOfTag(source: string, start: number): number {
  const end = /^\{.*?[}%#]\}/.exec(source.slice(start, start + 1000))?.[0].length;
  return start + (end ?? 0);
}
