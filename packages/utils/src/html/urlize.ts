// Addresses in a text turned into links.

import { isSafe } from "../safestring.ts";
import { textForm } from "../text-form.ts";
import { codePointLength, firstCodePoints } from "../text/characters.ts";
import { SPACE } from "../text/whitespace.ts";
import { punycode } from "../urls/punycode.ts";
import { escapeText } from "./escape.ts";
import { smartUrlquote } from "./smart-urlquote.ts";
import { trimPunctuation } from "./trim-punctuation.ts";
import { unescape } from "./unescape.ts";

/** How links are made. */
export interface UrlizeOptions {
  /** The longest text of a link, the ellipsis included; the address itself stays whole. */
  readonly trimUrlLimit?: number | undefined;
  /** Whether links tell search engines not to follow them. */
  readonly nofollow?: boolean;
  /** Whether to escape the text around the links; safe text is not escaped. */
  readonly autoescape?: boolean;
}

const WORD_END = new RegExp(`([${SPACE}<>"']+)`, "u");
const ABSOLUTE = /^https?:\/\/\[?[\p{L}\p{N}_]/iu;
const WORD_CHARACTER = /^[\p{L}\p{N}_]/u;
const DOMAIN = /\.(?:com|edu|gov|int|mil|net|org)(?=$|\/)/gi;
/** Longer ones are no addresses that anyone wrote. */
const MAX_URL_LENGTH = 2048;
/** The longest domain of a mail address: as long as a single label may be. */
const MAX_MAIL_DOMAIN = 63;

/**
 * Turns addresses in a text into links: `https://...`, `www...`, `name@domain` and hosts of the oldest top-level
 * domains. Punctuation around an address stays outside its link. Django: `urlize`.
 *
 * The result is safe where the text was safe or `autoescape` is on.
 */
export function urlize(text: unknown, options: UrlizeOptions = {}): string {
  const linker = new Linker(options, isSafe(text));
  return textForm(text)
    .split(WORD_END)
    .map((word) => linker.word(word))
    .join("");
}

class Linker {
  readonly #limit: number | undefined;
  readonly #nofollow: string;
  readonly #escape: (text: string) => string;
  // The same word often comes again, white space above all.
  readonly #done = new Map<string, string>();

  constructor({ trimUrlLimit, nofollow = false, autoescape = false }: UrlizeOptions, isSafeText: boolean) {
    this.#limit = trimUrlLimit;
    this.#nofollow = nofollow ? ' rel="nofollow"' : "";
    this.#escape = autoescape && !isSafeText ? escapeText : (part) => part;
  }

  word(word: string): string {
    let done = this.#done.get(word);
    if (done === undefined) {
      done = (/[.@:]/.test(word) ? this.#link(word) : undefined) ?? this.#escape(word);
      this.#done.set(word, done);
    }
    return done;
  }

  #link(word: string): string | undefined {
    const { lead, middle, trail } = trimPunctuation(word);
    const target = this.#target(middle);
    if (target === undefined) return undefined;
    const [before, text, after] = [lead, this.#shorten(middle), trail].map(this.#escape);
    const attributes = target.startsWith("mailto:") ? "" : this.#nofollow;
    return `${before}<a href="${escapeText(target)}"${attributes}>${text}</a>${after}`;
  }

  #target(middle: string): string | undefined {
    if (middle.length <= MAX_URL_LENGTH) {
      if (ABSOLUTE.test(middle)) return smartUrlquote(unescape(middle));
      if (looksLikeHost(middle)) return smartUrlquote(`http://${unescape(middle)}`);
    }
    return middle.includes(":") ? undefined : mailTarget(middle);
  }

  #shorten(url: string): string {
    const limit = this.#limit;
    if (limit === undefined || codePointLength(url) <= limit) return url;
    return `${firstCodePoints(url, Math.max(0, limit - 1))}…`;
  }
}

// `www.` something, or a word that has one of the domains behind it, at its end or before a path.
function looksLikeHost(text: string): boolean {
  if (/^www\./i.test(text)) return true;
  if (/^http/i.test(text) || !WORD_CHARACTER.test(text)) return false;
  const domain = Array.from(text.matchAll(DOMAIN), ({ index }) => index).find((index) => index > 1);
  return domain !== undefined && !text.slice(1, domain).includes("@");
}

function mailTarget(text: string): string | undefined {
  const at = text.indexOf("@");
  const domain = text.slice(at + 1);
  if (at <= 0 || domain.includes("@") || codePointLength(domain) > MAX_MAIL_DOMAIN) return undefined;
  if (!domain.includes(".") || domain.startsWith(".")) return undefined;
  try {
    return `mailto:${text.slice(0, at)}@${punycode(domain)}`;
  } catch {
    return undefined;
  }
}
