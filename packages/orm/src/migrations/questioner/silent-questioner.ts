// Answers from the command line alone; what is not answered there is an error, or does not matter.

import { CommandError } from "@tsgo/core/management";

import type { Field } from "../../fields/field.ts";
import type { ModelState } from "../state/model-state.ts";
import type { GivenAnswers } from "./given-answers.ts";
import type { Answer, Questioner } from "./questioner.ts";
import { readValue } from "./read-value.ts";

/** Answers from the options of the command; where they say nothing, says which option would. Used with `--noinput`. */
export class SilentQuestioner implements Questioner {
  protected readonly answers: GivenAnswers;
  readonly #initialApps: ReadonlySet<string>;

  constructor(answers: GivenAnswers, initialApps: ReadonlySet<string>) {
    this.answers = answers;
    this.#initialApps = initialApps;
  }

  askInitial(appLabel: string): boolean {
    return this.#initialApps.has(appLabel);
  }

  askRenameModel(oldModel: ModelState, newModel: ModelState): boolean | Promise<boolean> {
    const given = this.answers.renamedModels.get(oldModel.key);
    if (given !== undefined) return given.toLowerCase() === newModel.name.toLowerCase();
    return this.missingModelRename(oldModel, newModel);
  }

  askRenameField(model: ModelState, oldName: string, newName: string, field: Field): boolean | Promise<boolean> {
    const given = this.answers.renamedFields.get(`${model.label}.${oldName}`.toLowerCase());
    if (given !== undefined) return given === newName;
    return this.missingFieldRename(model, oldName, newName, field);
  }

  askNotNullAddition(model: ModelState, name: string, field: Field): unknown {
    return this.given(model, name, field)?.value ?? this.missingDefault(model, name, field);
  }

  askAutoNowAddAddition(model: ModelState, name: string, field: Field): unknown {
    return this.given(model, name, field)?.value ?? this.missingMoment(model, name, field);
  }

  askNotNullAlteration(
    model: ModelState,
    name: string,
    field: Field,
  ): Answer | undefined | Promise<Answer | undefined> {
    return this.given(model, name, field) ?? this.missingAlteration(model, name, field);
  }

  askUniqueCallableDefaultAddition(_model: ModelState, _name: string): void | Promise<void> {}

  askMerge(_appLabel: string): boolean | Promise<boolean> {
    return true;
  }

  /** The value of `--default` for a field. */
  protected given(model: ModelState, name: string, field: Field): Answer | undefined {
    const text = this.answers.defaults.get(`${model.label}.${name}`.toLowerCase());
    return text === undefined ? undefined : { value: readValue(text, field) };
  }

  // ---- what to do without an answer

  protected missingModelRename(oldModel: ModelState, newModel: ModelState): boolean | Promise<boolean> {
    throw new CommandError(
      `Was the model ${oldModel.label} renamed to ${newModel.name}? Say so with --rename-model ${oldModel.label}=${newModel.name}, ` +
        `or that it was not with --rename-model ${oldModel.label}=, which drops its table.`,
    );
  }

  protected missingFieldRename(
    model: ModelState,
    oldName: string,
    newName: string,
    _field: Field,
  ): boolean | Promise<boolean> {
    const old = `${model.label}.${oldName}`;
    throw new CommandError(
      `Was the field ${old} renamed to ${newName}? Say so with --rename-field ${old}=${newName}, ` +
        `or that it was not with --rename-field ${old}=, which drops its column.`,
    );
  }

  protected missingDefault(model: ModelState, name: string, _field: Field): unknown {
    throw new CommandError(
      `The new field ${model.label}.${name} takes no NULL and has no default, so the rows that are there need a value. ` +
        `Give one with --default ${model.label}.${name}=VALUE, or give the field a default in the model.`,
    );
  }

  protected missingMoment(model: ModelState, name: string, _field: Field): unknown {
    throw new CommandError(
      `The rows that are there need a value for the new field ${model.label}.${name}, whose clock starts with new rows. ` +
        `Give one with --default ${model.label}.${name}=now, or another moment.`,
    );
  }

  protected missingAlteration(
    model: ModelState,
    name: string,
    _field: Field,
  ): Answer | undefined | Promise<Answer | undefined> {
    throw new CommandError(
      `The field ${model.label}.${name} takes no NULL any more, so the rows that have none need a value. ` +
        `Give one with --default ${model.label}.${name}=VALUE, or give the field a default in the model.`,
    );
  }
}

/** Says yes to everything, for `--check`: whether there are changes does not depend on the answers. */
export class CheckingQuestioner extends SilentQuestioner {
  protected override missingModelRename(): boolean {
    return false;
  }

  protected override missingFieldRename(): boolean {
    return false;
  }

  protected override missingDefault(): unknown {
    return null;
  }

  protected override missingMoment(): unknown {
    return null;
  }

  protected override missingAlteration(): undefined {
    return undefined;
  }
}
