import { type CheckMessage, Error as CheckError, Warning } from "@tsgo/core/checks";

/** Collects what is wrong with one thing. */
export class Report {
  readonly messages: CheckMessage[] = [];
  readonly #obj: unknown;

  /** @param obj What the messages are about: a field, or the metadata of a model. */
  constructor(obj: unknown) {
    this.#obj = obj;
  }

  /** Notes something that does not work. */
  error(id: string, text: string, hint?: string): void {
    this.messages.push(new CheckError(text, this.#options(id, hint)));
  }

  /** Notes something that is most likely not as meant. */
  warning(id: string, text: string, hint?: string): void {
    this.messages.push(new Warning(text, this.#options(id, hint)));
  }

  #options(id: string, hint: string | undefined): { id: string; obj: unknown; hint?: string } {
    return { id, obj: this.#obj, ...(hint === undefined ? {} : { hint }) };
  }
}
