import type { TemplateSource } from "../debug.ts";
import type { Context } from "../context/context.ts";
import type { Rendered } from "../runtime/settle.ts";
import { blame } from "./blame.ts";

/** Calls what puts out a whole template or block, and notes on an error where it arose, as compiled code does. */
export function callOnly(
  render: (context: Context) => Rendered,
  template: TemplateSource | undefined,
  position: number,
): (context: Context) => Rendered {
  const fail = (error: unknown): never => {
    throw blame(error, template, position);
  };
  return (context) => {
    try {
      const rendered = render(context);
      return typeof rendered === "string" ? rendered : rendered.catch(fail);
    } catch (error) {
      return fail(error);
    }
  };
}
