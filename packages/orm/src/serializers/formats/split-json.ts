// Takes a JSON list apart without reading it as a whole, so that a fixture of any size needs the memory of one row.

import { DeserializationError } from "../errors.ts";
import { type Chunks, MAX_RECORD_LENGTH } from "./format.ts";

/** An item of the list, as text, with the line that it begins on. */
export interface JsonItem {
  readonly text: string;
  readonly line: number;
}

type Place = "before" | "first" | "item" | "between" | "next" | "after";

/** The items of a JSON list. Throws DeserializationError where the text is no list; the items themselves are not looked into. */
export async function* splitJsonList(chunks: Chunks): AsyncIterable<JsonItem> {
  const splitter = new Splitter();
  for await (const chunk of chunks) yield* splitter.take(chunk);
  splitter.end();
}

class Splitter {
  #place: Place = "before";
  #line = 1;
  #begin = 1;
  #text = "";
  #depth = 0;
  #inString = false;
  #escaped = false;

  *take(chunk: string): Iterable<JsonItem> {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const char = chunk.charAt(at);
      if (char === "\n") this.#line += 1;
      if (this.#place !== "item") {
        if (!this.#outside(char)) continue;
        start = at;
      }
      if (!this.#inside(char)) continue;
      yield this.#item(chunk.slice(start, at));
      start = at;
    }
    if (this.#place === "item") this.#keep(chunk.slice(start));
  }

  end(): void {
    if (this.#place === "after") return;
    throw new DeserializationError(
      this.#place === "before"
        ? "the file is empty; a fixture in JSON is a list of objects."
        : `line ${this.#line}: the list is not closed. Is the file cut off?`,
    );
  }

  /** Between the items; true where one begins. */
  #outside(char: string): boolean {
    if (/\s|\uFEFF/.test(char)) return false;
    if (this.#place === "before" && char === "[") this.#place = "first";
    else if ((this.#place === "first" || this.#place === "between") && char === "]") this.#place = "after";
    else if (this.#place === "between" && char === ",") this.#place = "next";
    else if ((this.#place === "first" || this.#place === "next") && char !== "]" && char !== ",") {
      this.#place = "item";
      this.#begin = this.#line;
      return true;
    } else {
      const wanted = { before: "'['", between: "',' or ']'", after: "the end" } as Partial<Record<Place, string>>;
      throw new DeserializationError(
        `line ${this.#line}: ${JSON.stringify(char)} stands where ${wanted[this.#place] ?? "an object"} is expected. ` +
          "A fixture in JSON is a list of objects.",
      );
    }
    return false;
  }

  /** In an item; true where the character is behind its end. */
  #inside(char: string): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (char === "\\") this.#escaped = true;
      else if (char === '"') this.#inString = false;
    } else if (char === '"') this.#inString = true;
    else if (char === "{" || char === "[") this.#depth += 1;
    else if (char === "}" || char === "]") {
      this.#depth -= 1;
      if (this.#depth < 0) return this.#finish("after");
    } else if (char === "," && this.#depth === 0) return this.#finish("next");
    return false;
  }

  #finish(place: Place): true {
    this.#place = place;
    this.#depth = 0;
    return true;
  }

  #item(rest: string): JsonItem {
    this.#keep(rest);
    const text = this.#text;
    this.#text = "";
    return { text, line: this.#begin };
  }

  #keep(piece: string): void {
    this.#text += piece;
    if (this.#text.length > MAX_RECORD_LENGTH)
      throw new DeserializationError(
        `line ${this.#begin}: the object that begins here is longer than ${MAX_RECORD_LENGTH / 1024 / 1024} million characters.`,
      );
  }
}
