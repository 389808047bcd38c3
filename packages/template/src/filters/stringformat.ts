import { isDecimal } from "@tsgo/utils/decimal";
import { isSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

const FORMAT = /^([-#0 +]*)(\d*)(?:\.(\d*))?[hlL]?([diouxXeEfFgGcrsa%])([^]*)$/;
// Wider than any page; the text would fill the memory.
const WIDEST = 100_000;

interface Spec {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

/** A value in a format of Python's `%` operator, the `%` left out; an empty text where it does not fit. */
export function stringformat(value: unknown, format: unknown): string {
  const match = FORMAT.exec(textForm(format));
  if (match === null) return "";
  const [, flags = "", width, precision, type = "", rest = ""] = match;
  // What stands behind it may have signs of its own only if they stand for themselves.
  const tail = literal(rest);
  if (tail === undefined || type === "%") return "";
  const spec: Spec = {
    flags,
    width: Number(width),
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
  if (spec.width > WIDEST || (spec.precision ?? 0) > WIDEST) return "";
  const text = write(value, spec);
  return text === undefined ? "" : text + tail;
}

function literal(text: string): string | undefined {
  const plain = text.replaceAll("%%", "");
  return plain.includes("%") ? undefined : text.replaceAll("%%", "%");
}

function write(value: unknown, spec: Spec): string | undefined {
  switch (spec.type) {
    case "s":
      return pad(cut(textForm(value), spec), spec);
    case "r":
    case "a":
      return pad(cut(representation(value), spec), spec);
    case "c":
      return character(value, spec);
    case "d":
    case "i":
    case "u":
      return integer(toWhole(value, true), spec, 10);
    case "o":
      return integer(toWhole(value, false), spec, 8);
    case "x":
    case "X":
      return integer(toWhole(value, false), spec, 16);
    default:
      return float(toFloat(value), spec);
  }
}

function cut(text: string, { precision }: Spec): string {
  return precision === undefined ? text : Array.from(text).slice(0, precision).join("");
}

function pad(text: string, { flags, width }: Spec): string {
  const space = " ".repeat(Math.max(0, width - Array.from(text).length));
  return flags.includes("-") ? text + space : space + text;
}

function representation(value: unknown): string {
  if (typeof value !== "string" && !isSafe(value)) return textForm(value);
  const text = textForm(value)
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", String.raw`\n`);
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", String.raw`\'`)}'`;
}

function character(value: unknown, spec: Spec): string | undefined {
  if (typeof value === "number") {
    return Number.isInteger(value) && value >= 0 && value <= 0x10ffff
      ? pad(String.fromCodePoint(value), spec)
      : undefined;
  }
  const characters = Array.from(typeof value === "string" || isSafe(value) ? textForm(value) : "");
  return characters.length === 1 ? pad(textForm(value), spec) : undefined;
}

// `d` cuts fractions off, `x` and `o` refuse them.
function toWhole(value: unknown, cutsFractions: boolean): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return BigInt(value);
  if (typeof value === "number") {
    return Number.isFinite(value) && (cutsFractions || Number.isInteger(value)) ? BigInt(Math.trunc(value)) : undefined;
  }
  return cutsFractions && isDecimal(value) && value.isFinite() ? BigInt(value.trunc().toFixed()) : undefined;
}

function toFloat(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  return isDecimal(value) ? value.toNumber() : undefined;
}

function integer(value: bigint | undefined, spec: Spec, base: 8 | 10 | 16): string | undefined {
  if (value === undefined) return undefined;
  const digits = (value < 0n ? -value : value).toString(base).padStart(spec.precision ?? 1, "0");
  const prefix = spec.flags.includes("#") && base !== 10 ? (base === 8 ? "0o" : "0x") : "";
  const text = spec.type === "X" ? (prefix + digits).toUpperCase() : prefix + digits;
  return signed(text, value < 0n, spec, prefix.length);
}

function float(value: number | undefined, spec: Spec): string | undefined {
  if (value === undefined) return undefined;
  const isNegative = value < 0 || Object.is(value, -0);
  const text = floatDigits(Math.abs(value), spec);
  const cased = /[EFG]/.test(spec.type) ? text.toUpperCase() : text;
  return signed(cased, isNegative, Number.isFinite(value) ? spec : { ...spec, flags: spec.flags.replace("0", "") }, 0);
}

function floatDigits(value: number, { type, precision = 6, flags }: Spec): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return "inf";
  const kept = Math.min(precision, 100);
  const alternate = flags.includes("#");
  const lower = type.toLowerCase();
  if (lower === "f") return fixed(value, precision) + (alternate && precision === 0 ? "." : "");
  if (lower === "e") return exponential(value, kept);
  return general(value, Math.max(1, kept), alternate);
}

function fixed(value: number, precision: number): string {
  // Beyond this toFixed falls back to an exponent; such numbers are whole.
  if (value >= 1e21) return `${BigInt(value)}${precision > 0 ? `.${"0".repeat(precision)}` : ""}`;
  const most = Math.min(precision, 100);
  return value.toFixed(most) + "0".repeat(precision - most);
}

function exponential(value: number, precision: number): string {
  return value.toExponential(precision).replace(/e([-+])(\d)$/, "e$10$2");
}

function general(value: number, precision: number, alternate: boolean): string {
  const exponent = value === 0 ? 0 : Number(value.toExponential(precision - 1).split("e")[1]);
  const usesExponent = exponent < -4 || exponent >= precision;
  const text = usesExponent ? exponential(value, precision - 1) : value.toFixed(Math.max(0, precision - 1 - exponent));
  if (alternate) return text;
  return text.replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "");
}

function signed(text: string, isNegative: boolean, { flags, width }: Spec, prefix: number): string {
  const sign = isNegative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const missing = Math.max(0, width - text.length - sign.length);
  if (flags.includes("-")) return sign + text + " ".repeat(missing);
  if (!flags.includes("0")) return " ".repeat(missing) + sign + text;
  return sign + text.slice(0, prefix) + "0".repeat(missing) + text.slice(prefix);
}
