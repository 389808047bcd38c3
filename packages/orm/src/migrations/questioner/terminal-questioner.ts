// Asks a person.

import { CommandError, type OutputWrapper } from "@tsgo/core/management";

import type { Field } from "../../fields/field.ts";
import type { ModelState } from "../state/model-state.ts";
import { Imports } from "../writer/imports.ts";
import { layOut } from "../writer/layout.ts";
import { Serializer } from "../writer/serializer.ts";
import type { GivenAnswers } from "./given-answers.ts";
import type { Answer } from "./questioner.ts";
import { UnreadableValue, readValue } from "./read-value.ts";
import { SilentQuestioner } from "./silent-questioner.ts";

/** Reads one line of input, or undefined when there will be none any more. */
export type ReadLine = (prompt: string) => Promise<string | undefined>;

/** Asks in the terminal what the command line does not say, showing what it is about. */
export class TerminalQuestioner extends SilentQuestioner {
  readonly #readLine: ReadLine;
  readonly #output: OutputWrapper;

  constructor(answers: GivenAnswers, initialApps: ReadonlySet<string>, output: OutputWrapper, readLine: ReadLine) {
    super(answers, initialApps);
    this.#output = output;
    this.#readLine = readLine;
  }

  async #line(prompt: string): Promise<string> {
    const line = await this.#readLine(prompt);
    if (line === undefined)
      throw new CommandError(
        "There is nobody to answer. Run the command with --noinput and give the answers as options.",
      );
    return line.trim();
  }

  async #yes(question: string, fallback: boolean): Promise<boolean> {
    for (;;) {
      const answer = (await this.#line(`${question} [${fallback ? "Y/n" : "y/N"}] `)).toLowerCase();
      if (answer === "") return fallback;
      if (["y", "yes"].includes(answer)) return true;
      if (["n", "no"].includes(answer)) return false;
      this.#output.write("Answer y or n.");
    }
  }

  async #choose(question: string, choices: readonly string[]): Promise<number> {
    this.#output.write(question);
    for (const [index, choice] of choices.entries()) this.#output.write(` ${index + 1}) ${choice}`);
    for (;;) {
      const number = Number(await this.#line("Number: "));
      if (Number.isInteger(number) && number >= 1 && number <= choices.length) return number;
      this.#output.write(`Give a number from 1 to ${choices.length}.`);
    }
  }

  async #value(field: Field): Promise<unknown> {
    const clock = ["DateField", "DateTimeField", "TimeField"].includes(field.internalType);
    for (;;) {
      const text = await this.#line(clock ? "Value (or now, or q to stop): " : "Value (or q to stop): ");
      if (text === "q" || text === "exit") throw stopped();
      try {
        return readValue(text, field);
      } catch (error) {
        if (!(error instanceof UnreadableValue)) throw error;
        this.#output.write(error.message);
      }
    }
  }

  #preview(name: string, field: Field): string {
    try {
      return `    ${name}: ${layOut(new Serializer(new Imports(), []).field(field, name))}`;
    } catch {
      // What cannot be written down is told by the writer, with a better message.
      return `    ${name}: models.${field.constructor.name}(...)`;
    }
  }

  protected override missingModelRename(oldModel: ModelState, newModel: ModelState): Promise<boolean> {
    return this.#yes(`Was the model ${oldModel.label} renamed to ${newModel.name}?`, false);
  }

  protected override missingFieldRename(
    model: ModelState,
    oldName: string,
    newName: string,
    field: Field,
  ): Promise<boolean> {
    this.#output.write(this.#preview(newName, field));
    return this.#yes(`Was the field ${model.label}.${oldName} renamed to ${newName}?`, false);
  }

  protected override async missingDefault(model: ModelState, name: string, field: Field): Promise<unknown> {
    this.#output.write(this.#preview(name, field));
    const choice = await this.#choose(
      `The new field ${model.label}.${name} takes no NULL and has no default, so the rows that are there need a value.`,
      ["Give a value now, for these rows only", "Stop, and give the field a default in the model"],
    );
    if (choice === 2) throw stopped();
    return this.#value(field);
  }

  protected override async missingMoment(model: ModelState, name: string, field: Field): Promise<unknown> {
    this.#output.write(this.#preview(name, field));
    this.#output.write(`The rows that are there need a value for the new field ${model.label}.${name}.`);
    return this.#value(field);
  }

  protected override async missingAlteration(
    model: ModelState,
    name: string,
    field: Field,
  ): Promise<Answer | undefined> {
    this.#output.write(this.#preview(name, field));
    const choice = await this.#choose(
      `The field ${model.label}.${name} takes no NULL any more. What about the rows that have none?`,
      [
        "Give them a value now",
        "There are none, or a migration before this one takes care of them",
        "Stop, and give the field a default in the model",
      ],
    );
    if (choice === 3) throw stopped();
    return choice === 2 ? undefined : { value: await this.#value(field) };
  }

  override async askUniqueCallableDefaultAddition(model: ModelState, name: string): Promise<void> {
    const choice = await this.#choose(
      `The new field ${model.label}.${name} is unique, and its default is made once for all rows that are there.`,
      ["Go on; the migration will be edited by hand", "Stop"],
    );
    if (choice === 2) throw stopped();
  }

  override askMerge(appLabel: string): Promise<boolean> {
    return this.#yes(
      `Merge these migrations of ${appLabel}? Make sure that they do not change the same things.`,
      false,
    );
  }
}

function stopped(): CommandError {
  return new CommandError("Nothing was written.", { returnCode: 3 });
}
