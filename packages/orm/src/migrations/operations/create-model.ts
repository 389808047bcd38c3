import type { Field } from "../../fields/field.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import { fieldReferences } from "../state/field-references.ts";
import { modelKey, resolveRelation } from "../state/model-key.ts";
import { ModelState, type StateManagers, type StateOptions } from "../state/model-state.ts";
import type { ProjectState } from "../state/project-state.ts";
import { AddConstraint } from "./add-constraint.ts";
import { AddField } from "./add-field.ts";
import { AddIndex } from "./add-index.ts";
import { AlterConstraint } from "./alter-constraint.ts";
import { AlterField } from "./alter-field.ts";
import { AlterModelManagers } from "./alter-model-managers.ts";
import { ALTERABLE_OPTIONS, AlterModelOptions } from "./alter-model-options.ts";
import { AlterModelTable } from "./alter-model-table.ts";
import { AlterModelTableComment } from "./alter-model-table-comment.ts";
import { AlterOrderWithRespectTo } from "./alter-order-with-respect-to.ts";
import { AlterUniqueTogether } from "./alter-unique-together.ts";
import { DeleteModel } from "./delete-model.ts";
import type { Hazard } from "./hazard.ts";
import { NamedModelOperation } from "./named-model-operation.ts";
import type { DeconstructedOperation, Operation, Reduction } from "./operation.ts";
import { RemoveConstraint } from "./remove-constraint.ts";
import { RemoveField } from "./remove-field.ts";
import { RemoveIndex } from "./remove-index.ts";
import { RenameField } from "./rename-field.ts";
import { RenameIndex } from "./rename-index.ts";
import { RenameModel } from "./rename-model.ts";

/** What a new model is made of. */
export interface CreateModelOptions {
  readonly name: string;
  /** The fields in their order, the primary key among them. */
  readonly fields: Readonly<Record<string, Field>>;
  readonly options?: StateOptions;
  /** Labels of the parent models. */
  readonly bases?: readonly string[];
  readonly managers?: StateManagers;
}

/** Makes a model and its table. */
export class CreateModel extends NamedModelOperation {
  override readonly sign = "+";
  readonly fields: ReadonlyMap<string, Field>;
  readonly options: StateOptions;
  readonly bases: readonly string[];
  readonly managers: StateManagers;

  constructor({ name, fields, options = {}, bases = [], managers = [] }: CreateModelOptions) {
    super(name);
    this.fields = new Map(Object.entries(fields));
    this.options = options;
    this.bases = bases;
    this.managers = managers;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    const { modelName: name, fields, options, bases, managers } = this;
    return state.addModel(new ModelState({ appLabel, name, fields, options, bases, managers }));
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    _from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const model = to.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.createModel(model);
  }

  override async databaseBackwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    const model = from.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.deleteModel(model);
  }

  override referencesModel(name: string, appLabel: string): boolean {
    const own = modelKey(appLabel, this.modelName);
    const target = modelKey(appLabel, name);
    return (
      own === target ||
      this.bases.some((base) => resolveRelation(base, own) === target) ||
      [...this.fields.values()].some((field) => fieldReferences(field, own, target) !== undefined)
    );
  }

  override hazardsBackwards(appLabel: string, from: ProjectState): readonly Hazard[] {
    return new DeleteModel({ name: this.modelName }).hazards(appLabel, from);
  }

  override describe(): string {
    return `Create ${this.options.proxy === true ? "proxy " : ""}model ${this.modelName}`;
  }

  override get nameFragment(): string {
    return this.modelName.toLowerCase();
  }

  override deconstruct(): DeconstructedOperation {
    return {
      name: "CreateModel",
      options: {
        name: this.modelName,
        fields: Object.fromEntries(this.fields),
        ...(Object.keys(this.options).length > 0 && { options: this.options }),
        ...(this.bases.length > 0 && { bases: this.bases }),
        ...(this.managers.length > 0 && { managers: this.managers }),
      },
    };
  }

  #with(
    changes: Partial<Omit<CreateModelOptions, "fields">> & { fields?: Iterable<readonly [string, Field]> },
  ): Operation {
    const { modelName: name, options, bases, managers } = this;
    return new CreateModel({
      name,
      options,
      bases,
      managers,
      ...changes,
      fields: Object.fromEntries(changes.fields ?? this.fields),
    });
  }

  #withOptions(changes: StateOptions): Operation {
    const options: Record<string, unknown> = { ...this.options, ...changes };
    for (const [key, value] of Object.entries(options)) if (value === undefined) delete options[key];
    return this.#with({ options });
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    return this.#absorb(other) ?? super.reduce(other, appLabel);
  }

  /** This operation with what the other one does already done, or undefined where it is about something else. */
  #absorb(other: Operation): readonly Operation[] | undefined {
    if (other instanceof RenameModel)
      return other.isAbout(this.modelName) ? [this.#with({ name: other.newName })] : undefined;
    if (other instanceof NamedModelOperation)
      return other.isAbout(this.modelName) ? this.#absorbOption(other) : undefined;
    if (isFieldStep(other) && other.isAboutModel(this.modelName)) return [this.#absorbField(other)];
    if (isIndexStep(other) && other.isAboutModel(this.modelName)) return this.#absorbIndex(other);
    return undefined;
  }

  #absorbOption(other: NamedModelOperation): readonly Operation[] | undefined {
    if (other instanceof DeleteModel) return this.options.proxy === true ? undefined : [];
    if (other instanceof AlterModelOptions) {
      const reset = Object.fromEntries(ALTERABLE_OPTIONS.map((key) => [key, undefined]));
      return [this.#withOptions({ ...reset, ...other.options })];
    }
    if (other instanceof AlterModelManagers) return [this.#with({ managers: other.managers })];
    if (other instanceof AlterModelTable) return [this.#withOption("dbTable", other.table)];
    if (other instanceof AlterModelTableComment) return [this.#withOption("dbTableComment", other.tableComment)];
    if (other instanceof AlterUniqueTogether) return [this.#withOption("uniqueTogether", other.uniqueTogether)];
    if (other instanceof AlterOrderWithRespectTo)
      return [this.#withOption("orderWithRespectTo", other.orderWithRespectTo)];
    return undefined;
  }

  #withOption(key: string, value: unknown): Operation {
    return this.#withOptions({ [key]: value ?? undefined });
  }

  #absorbField(other: FieldStep): Operation {
    if (other instanceof AddField) return this.#with({ fields: [...this.fields, [other.name, other.field]] });
    if (other instanceof AlterField)
      return this.#with({
        fields: [...this.fields].map(([name, field]) => [name, name === other.name ? other.field : field]),
      });
    if (other instanceof RemoveField) return this.#without(other.name);
    const { oldName, newName } = other;
    const rename = (name: string): string => (name === oldName ? newName : name);
    const { uniqueTogether, orderWithRespectTo } = this.options;
    return this.#with({
      fields: [...this.fields].map(([name, field]) => [rename(name), field]),
      options: {
        ...this.options,
        ...(uniqueTogether && { uniqueTogether: uniqueTogether.map((names) => names.map(rename)) }),
        ...(orderWithRespectTo !== undefined && { orderWithRespectTo: rename(orderWithRespectTo) }),
      },
    });
  }

  #without(fieldName: string): Operation {
    const { uniqueTogether, orderWithRespectTo, ...options } = this.options;
    const rest = uniqueTogether
      ?.map((names) => names.filter((name) => name !== fieldName))
      .filter((names) => names.length > 0);
    return this.#with({
      fields: [...this.fields].filter(([name]) => name !== fieldName),
      options: {
        ...options,
        ...(rest !== undefined && rest.length > 0 && { uniqueTogether: rest }),
        ...(orderWithRespectTo !== undefined && orderWithRespectTo !== fieldName && { orderWithRespectTo }),
      },
    });
  }

  #absorbIndex(other: IndexStep): readonly Operation[] | undefined {
    const { indexes = [], constraints = [] } = this.options;
    if (other instanceof AddIndex) return [this.#withOptions({ indexes: [...indexes, other.index] })];
    if (other instanceof RemoveIndex)
      return [this.#withOptions({ indexes: indexes.filter((index) => index.name !== other.name) })];
    if (other instanceof AddConstraint) return [this.#withOptions({ constraints: [...constraints, other.constraint] })];
    if (other instanceof AlterConstraint)
      return [
        this.#withOptions({
          constraints: constraints.map((known) => (known.name === other.name ? other.constraint : known)),
        }),
      ];
    if (other instanceof RemoveConstraint)
      return [this.#withOptions({ constraints: constraints.filter((known) => known.name !== other.name) })];
    if (other.oldName === undefined || !indexes.some((index) => index.name === other.oldName)) return undefined;
    const renamed = indexes.map((index) =>
      index.name === other.oldName ? index.clone({ name: other.newName }) : index,
    );
    return [this.#withOptions({ indexes: renamed })];
  }
}

type FieldStep = AddField | AlterField | RemoveField | RenameField;

function isFieldStep(operation: Operation): operation is FieldStep {
  return [AddField, AlterField, RemoveField, RenameField].some((kind) => operation instanceof kind);
}

type IndexStep = AddIndex | RemoveIndex | RenameIndex | AddConstraint | AlterConstraint | RemoveConstraint;

function isIndexStep(operation: Operation): operation is IndexStep {
  return [AddIndex, RemoveIndex, RenameIndex, AddConstraint, AlterConstraint, RemoveConstraint].some(
    (kind) => operation instanceof kind,
  );
}
