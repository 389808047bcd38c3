// From the models of today to plain state.

import type { Field } from "../../fields/field.ts";
import type { ModelClass } from "../../models/model.ts";
import type { ModelRegistry } from "../../models/registry.ts";
import { ModelState, type StateManagers, type StateOptions } from "./model-state.ts";
import { ProjectState } from "./project-state.ts";

/** The state that the registered models are in. `realApps` are those whose models are not managed by migrations. */
export function projectStateOf(registry: ModelRegistry, realApps: ReadonlySet<string> = new Set()): ProjectState {
  const models = registry.getModels().filter(({ _meta }) => _meta.autoCreated === false && _meta.swapped === null);
  return ProjectState.of(models.map(modelStateOf), realApps);
}

/** The plain state of a model class. Answers to `ModelState.from_model`. */
export function modelStateOf(model: ModelClass): ModelState {
  const meta = model._meta;
  const fields = [...meta.localFields, ...meta.localManyToMany]
    .filter((field) => field.name !== "_order" || meta.orderWithRespectToName === undefined)
    .map((field) => [field.name, detachedField(field)] as const);
  return new ModelState({
    appLabel: meta.appLabel,
    name: meta.objectName,
    fields: new Map(fields),
    options: stateOptions(model),
    bases: basesOf(model),
    managers: managersOf(model),
  });
}

/** A copy that belongs to no model, its relations written with full labels. */
function detachedField(field: Field): Field {
  return field.clone({ ...settledOptions(field), ...relationOptions(field) });
}

/** What the model has settled about a field that was given otherwise: a link to a parent is its key. */
function settledOptions(field: Field): Readonly<Record<string, unknown>> {
  const plain = field.clone({ dbColumn: undefined });
  plain.setAttributesFromName(field.name);
  return {
    ...(field.primaryKey && { primaryKey: true }),
    ...(field.options.dbColumn !== undefined && plain.column === field.column && { dbColumn: undefined }),
  };
}

function relationOptions({ remoteField }: Field): Readonly<Record<string, unknown>> {
  if (remoteField === undefined) return {};
  const { to, through } = remoteField;
  const isSetting = typeof to === "string" && /^[A-Z][A-Z0-9_]*$/.test(to);
  return {
    ...(!isSetting && { to: remoteField.isResolved ? remoteField.model._meta.label : to }),
    ...(through !== undefined && {
      through: remoteField.hasThroughModel ? remoteField.throughModel._meta.label : through,
    }),
  };
}

function stateOptions(model: ModelClass): StateOptions {
  const meta = model._meta;
  const {
    abstract,
    appLabel: _app,
    autoCreated: _auto,
    indexes: _i,
    constraints: _c,
    uniqueTogether: _u,
    ...rest
  } = meta.originalOptions;
  const options: Record<string, unknown> = { ...rest };
  // What a model has from its abstract parent is noted as in Django: the parent's options, and that it is not abstract.
  if (abstract === false || hasMetaOfAbstractParent(model)) options["abstract"] = false;
  if (meta.uniqueTogether.length > 0) options["uniqueTogether"] = meta.uniqueTogether;
  // Their names are fixed by now, so that the history keeps them whatever becomes of the table's name.
  if (meta.indexes.length > 0) options["indexes"] = meta.indexes.map((index) => index.clone());
  if (meta.constraints.length > 0) options["constraints"] = meta.constraints.map((constraint) => constraint.clone());
  for (const [key, value] of Object.entries(options)) if (value === undefined) delete options[key];
  return options;
}

function hasMetaOfAbstractParent(model: ModelClass): boolean {
  if (Object.hasOwn(model, "meta")) return false;
  const { meta } = model as { readonly meta?: { readonly abstract?: boolean } };
  return meta?.abstract === true;
}

/** The labels of the parents with a table, or of the model that a proxy stands for. Abstract ones leave no trace. */
function basesOf(model: ModelClass): string[] {
  const meta = model._meta;
  if (meta.proxyForModel !== null) return [meta.proxyForModel._meta.label];
  return [...meta.parents.keys()]
    .filter((parent) => ![...meta.parents.keys()].some((other) => other !== parent && other._meta.parents.has(parent)))
    .map((parent) => parent._meta.label);
}

/** The managers that said they are for migrations, too. */
function managersOf(model: ModelClass): StateManagers {
  return [...model._meta.managers].filter(([, manager]) => manager.useInMigrations);
}
