import type { Context } from "../context/context.ts";
import { ForLoop } from "./for-loop.ts";

const STATE = Symbol("state outside of loops");

/** What tags remember as long as the loop around the template lasts, or else as long as the template is rendered. */
export function loopState(context: Context): Map<unknown, unknown> {
  const loop = context.lookup("forloop");
  if (loop instanceof ForLoop) return loop.state;
  return context.renderContext.getOrMake(STATE, () => new Map<unknown, unknown>());
}
