/** Where in a template an error arose, as the template engine notes it on the error. */
export interface TemplatePlace {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly sourceLines: readonly (readonly [line: number, text: string])[];
  /** The line, cut in three around what is at fault. */
  readonly before: string;
  readonly during: string;
  readonly after: string;
}

const TEMPLATE_DEBUG = Symbol.for("tsgo.templateDebug");

/** The place that the engine noted on an error; undefined where the error has nothing to do with a template. */
export function templatePlaceOf(error: Error): TemplatePlace | undefined {
  try {
    return (error as { [TEMPLATE_DEBUG]?: TemplatePlace })[TEMPLATE_DEBUG];
  } catch {
    return undefined;
  }
}
