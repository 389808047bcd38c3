import type { Paint } from "./color.ts";

/** Where output goes: `process.stdout`, or anything that takes text. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Writes the lines of a command. */
export class OutputWrapper {
  readonly stream: OutputStream;
  /** Colours what is written without a colour of its own. */
  paint: Paint | undefined;

  constructor(stream: OutputStream, paint?: Paint) {
    this.stream = stream;
    this.paint = paint;
  }

  get isTTY(): boolean {
    return this.stream.isTTY === true;
  }

  /** Writes a text, with a line's end where it has none; `ending: ""` leaves the line open. */
  write(text = "", options: { paint?: Paint; ending?: string } = {}): void {
    const { ending = "\n", paint = this.paint } = options;
    const line = ending !== "" && !text.endsWith(ending) ? text + ending : text;
    this.stream.write(paint ? paintLines(line, paint) : line);
  }
}

// A colour that runs over a line's end would tint the prompt.
function paintLines(text: string, paint: Paint): string {
  return text.replaceAll(/[^\n]+/g, (line) => paint(line));
}

/** Keeps what is written, for tests and for callers of `callCommand`. */
export class OutputRecorder implements OutputStream {
  #text = "";

  write(text: string): void {
    this.#text += text;
  }

  /** All that was written. */
  get text(): string {
    return this.#text;
  }
}
