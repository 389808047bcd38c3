// Makes nunjucks run its templates with the guarded runtime.

import nunjucks from "nunjucks";

import { type NunjucksRuntime, guardRuntime } from "./guarded-runtime.ts";

type RenderFunction = (env: unknown, context: unknown, frame: unknown, runtime: unknown, callback: unknown) => void;

/** What a template of nunjucks has besides its types: the function that it is compiled to gets the runtime. */
interface Compilable {
  compiled?: boolean;
  rootRenderFunc: RenderFunction;
  _compile(): void;
}

type GetTemplate = (...args: unknown[]) => nunjucks.Template;
type Callback = (error: unknown, template?: nunjucks.Template) => void;

const guarded = new WeakSet<nunjucks.Template>();

/** Guards the templates of an environment, those that others include or extend as well. */
export function guardEnvironment(env: nunjucks.Environment): void {
  const getTemplate = env.getTemplate.bind(env) as GetTemplate;
  const guardedGet: GetTemplate = (...args) => {
    const at = args.findIndex((arg) => typeof arg === "function");
    if (at === -1) return guardTemplate(getTemplate(...args));
    const callback = args[at] as Callback;
    const wrapped: Callback = (error, template) => {
      callback(error, template === undefined ? undefined : guardTemplate(template));
    };
    return getTemplate(...args.with(at, wrapped));
  };
  (env as unknown as { getTemplate: GetTemplate }).getTemplate = guardedGet;
}

/** Guards one template. Gives it back. */
export function guardTemplate(template: nunjucks.Template): nunjucks.Template {
  if (guarded.has(template)) return template;
  guarded.add(template);
  const compilable = template as unknown as Compilable;
  const runtime = guardRuntime(nunjucks.runtime as unknown as NunjucksRuntime);
  const guard = (): void => {
    const { rootRenderFunc } = compilable;
    compilable.rootRenderFunc = (env, context, frame, _runtime, callback) => {
      rootRenderFunc(env, context, frame, runtime, callback);
    };
  };
  if (compilable.compiled === true) guard();
  // oxlint-disable-next-line no-underscore-dangle -- the name that nunjucks gives it
  const compile = compilable._compile.bind(compilable);
  // oxlint-disable-next-line no-underscore-dangle -- see above
  compilable._compile = () => {
    compile();
    guard();
  };
  return template;
}
