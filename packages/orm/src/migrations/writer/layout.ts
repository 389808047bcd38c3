// Lays code out: on one line where it fits, else one item a line. The result is what the formatter would make of it.

/** A piece of code: text that is never broken, or a list in brackets. */
export type Code = string | CodeList;

/** Items between brackets: an object, an array, the arguments of a call. */
export interface CodeList {
  /** What stands up to and with the opening bracket: `models.CharField({`. */
  readonly open: string;
  readonly items: readonly Code[];
  readonly close: string;
  /** Put inside the brackets on one line: a space for objects. */
  readonly padding: "" | " ";
  /** True puts each item on a line of its own whatever the room. */
  readonly broken?: boolean;
}

const WIDTH = 100;
const STEP = "  ";

/** The code as text. `indent` is what stands before its first line, `room` what must follow its last one. */
export function layOut(code: Code, indent = "", room = 0): string {
  if (typeof code === "string") return code;
  const { open, items, close } = code;
  if (items.length === 0) return `${open}${close}`;
  const line = onOneLine(code);
  if (line !== undefined && indent.length + line.length + room <= WIDTH) return line;
  const inner = indent + STEP;
  const lines = items.map((item) => `${inner}${layOut(item, inner, 1)},\n`);
  return `${open}\n${lines.join("")}${indent}${close}`;
}

/** The code on one line, or undefined where part of it is to be broken. */
function onOneLine(code: Code): string | undefined {
  if (typeof code === "string") return code;
  const { open, items, close, padding, broken } = code;
  if (items.length === 0) return `${open}${close}`;
  if (broken === true) return undefined;
  const texts = items.map(onOneLine);
  return texts.includes(undefined) ? undefined : `${open}${padding}${texts.join(", ")}${padding}${close}`;
}

/** Puts text in front of code: a key, a call. */
export function prefixed(text: string, code: Code): Code {
  return typeof code === "string" ? text + code : { ...code, open: text + code.open };
}

/** Puts text behind code: a closing parenthesis, a method call. */
export function suffixed(code: Code, text: string): Code {
  return typeof code === "string" ? code + text : { ...code, close: code.close + text };
}

/** A call. The last argument, if it is a list, is broken instead of the call. */
export function call(callee: string, args: readonly Code[]): Code {
  const last = args.at(-1);
  const before = args.slice(0, -1).map(onOneLine);
  if (last === undefined) return `${callee}()`;
  if (typeof last === "string" || before.includes(undefined))
    return args.every((arg) => typeof arg === "string")
      ? `${callee}(${args.join(", ")})`
      : { open: `${callee}(`, items: args, close: ")", padding: "" };
  return suffixed(prefixed(`${callee}(${before.map((text) => `${text}, `).join("")}`, last), ")");
}

/** An array. */
export function array(items: readonly Code[], broken = false): Code {
  return { open: "[", items, close: "]", padding: "", broken };
}

/** An object literal; its values may be undefined, and are then left out. */
export function object(entries: readonly (readonly [key: string, value: Code])[], broken = false): Code {
  return {
    open: "{",
    items: entries.map(([key, value]) => prefixed(`${propertyName(key)}: `, value)),
    close: "}",
    padding: " ",
    broken,
  };
}

/** A key as it is written in an object literal. */
function propertyName(key: string): string {
  // Without brackets it would set the prototype.
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : stringLiteral(key);
}

/** A text as a literal that is nothing but a text, wherever it comes from. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text)
    .replaceAll("\u2028", String.raw`\u2028`)
    .replaceAll("\u2029", String.raw`\u2029`)
    .replaceAll("\u007f", String.raw`\u007f`);
}
