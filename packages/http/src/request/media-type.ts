// Media types, and which of them a client would like.

import { parseHeaderParameters } from "@tsgo/utils/http";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * A media type or a range of them, as an Accept header names it. Django: `MediaType`.
 *
 * @example
 * new MediaType("text/*").match("text/html"); // true
 */
export class MediaType {
  readonly mainType: string;
  readonly subType: string;
  readonly params: ReadonlyMap<string, string>;

  constructor(mediaTypeRange: string) {
    const [type, params] = parseHeaderParameters(mediaTypeRange);
    const slash = type.indexOf("/");
    this.mainType = slash < 0 ? type : type.slice(0, slash);
    this.subType = slash < 0 ? "" : type.slice(slash + 1);
    this.params = params;
  }

  get isAllTypes(): boolean {
    return this.mainType === "*" && this.subType === "*";
  }

  /** How much it is wanted, from 0 to 1. A quality that is no such number counts as 1. */
  get quality(): number {
    const text = (this.params.get("q") ?? "1").trim();
    const quality = NUMBER.test(text) ? Number(text) : 1;
    return quality < 0 || quality > 1 ? 1 : Math.round(quality * 1000) / 1000;
  }

  /** How exactly it names a type: from 0 for any type to 3. */
  get specificity(): number {
    if (this.mainType === "*") return 0;
    if (this.subType === "*") return 1;
    return this.quality === 1 ? 2 : 3;
  }

  /** Whether another media type falls into this range. Parameters do not count. */
  match(other: string | MediaType): boolean {
    if (this.isAllTypes) return true;
    const type = typeof other === "string" ? new MediaType(other) : other;
    return this.mainType === type.mainType && (this.subType === "*" || this.subType === type.subType);
  }

  toString(): string {
    const type = this.subType === "" ? this.mainType : `${this.mainType}/${this.subType}`;
    return [type, ...Array.from(this.params, ([name, value]) => `${name}=${value}`)].join("; ");
  }
}

/** The types of an Accept header, the most wanted first. */
export function acceptedTypes(accept: string): MediaType[] {
  return accept
    .split(",")
    .filter((token) => token.trim() !== "")
    .map((token) => new MediaType(token))
    .sort((a, b) => b.quality - a.quality || b.specificity - a.specificity);
}
