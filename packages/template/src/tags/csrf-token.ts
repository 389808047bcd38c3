import { escapeText } from "@tsgo/utils/html";
import { textForm } from "@tsgo/utils/text-form";

import type { Context } from "../context/context.ts";
import type { Generator } from "../compiler/generator.ts";
import { Node } from "../nodes/node.ts";
import { isThenable, type Rendered } from "../runtime/settle.ts";
import { callFunction } from "../runtime/lookup.ts";

/** `{% csrf_token %}`: the hidden field that proves a form to be ours. */
export function csrfToken(): Node {
  return new CsrfTokenNode();
}

class CsrfTokenNode extends Node {
  override compile(generator: Generator): void {
    generator.writeRendered(`${generator.constant(renderToken)}(c)`);
  }

  override get contextUse(): "reads" {
    return "reads";
  }
}

function renderToken(context: Context): Rendered {
  const token = callFunction(context.lookup("csrf_token") ?? context.lookup("csrfToken"));
  return isThenable(token) ? Promise.resolve(token).then(csrfField) : csrfField(token);
}

/** The hidden field for a token; nothing where there is none. */
export function csrfField(token: unknown): string {
  const text = textForm(token);
  if (text === "" || text === "NOTPROVIDED") return "";
  return `<input type="hidden" name="csrfmiddlewaretoken" value="${escapeText(text)}">`;
}
