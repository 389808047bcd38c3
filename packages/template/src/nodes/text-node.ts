import type { Generator } from "../compiler/generator.ts";
import { Node } from "./node.ts";

/** Text that is put out as it stands in the template. Django: `TextNode`. */
export class TextNode extends Node {
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override get isText(): boolean {
    return true;
  }

  override walk(): string {
    return this.text;
  }

  override compile(generator: Generator): void {
    generator.text(this.text);
  }
}
