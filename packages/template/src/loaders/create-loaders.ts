// Loaders as the options of an engine name them.

import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { importString } from "@tsgo/core/loading";

import type { BackendConfig } from "../backends/backend.ts";
import { AppDirectoriesLoader } from "./app-directories-loader.ts";
import { CachedLoader } from "./cached-loader.ts";
import { FilesystemLoader } from "./filesystem-loader.ts";
import type { Loader } from "./loader.ts";
import { LocmemLoader } from "./locmem-loader.ts";

/** The names of the loaders that come with tsgo. */
const WORDS = ["filesystem", "appDirectories", "cached", "locmem"];

/**
 * The loaders of an engine. Without the option `loaders` these are the folders of DIRS and, with APP_DIRS, those of
 * the applications, behind a cache.
 *
 * @throws ImproperlyConfigured where the option makes no sense.
 */
export async function createLoaders(config: BackendConfig): Promise<readonly Loader[]> {
  const { loaders } = config.OPTIONS;
  if (loaders === undefined) {
    const found: Loader[] = [new FilesystemLoader(config.DIRS)];
    if (config.APP_DIRS) found.push(new AppDirectoriesLoader());
    return [new CachedLoader(found)];
  }
  if (config.APP_DIRS) {
    throw new ImproperlyConfigured(
      `The template engine '${config.NAME}' has APP_DIRS and the option loaders. Take one of them away.`,
    );
  }
  return createAll(loaders, config);
}

async function createAll(loaders: unknown, config: BackendConfig): Promise<Loader[]> {
  if (!Array.isArray(loaders)) throw wrong(loaders, config);
  return Promise.all(loaders.map((loader: unknown) => create(loader, config)));
}

async function create(loader: unknown, config: BackendConfig): Promise<Loader> {
  if (isLoader(loader)) return loader;
  const [name, ...args] = (Array.isArray(loader) ? loader : [loader]) as unknown[];
  switch (name) {
    case "filesystem":
      return new FilesystemLoader((args[0] as readonly string[] | undefined) ?? config.DIRS);
    case "appDirectories":
      return new AppDirectoriesLoader();
    case "cached":
      return new CachedLoader(await createAll(args[0], config));
    case "locmem":
      return new LocmemLoader((args[0] as Readonly<Record<string, string>> | undefined) ?? {});
    default:
      return createCustom(name, args, config);
  }
}

async function createCustom(name: unknown, args: readonly unknown[], config: BackendConfig): Promise<Loader> {
  if (typeof name !== "string" || !name.includes(":")) throw wrong(name, config);
  const LoaderClass = await importString(name, { from: `loaders of the template engine '${config.NAME}'` });
  if (typeof LoaderClass !== "function") throw wrong(name, config);
  const loader: unknown = Reflect.construct(LoaderClass, [...args]);
  if (!isLoader(loader)) throw wrong(name, config);
  return loader;
}

function isLoader(value: unknown): value is Loader {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return "find" in value && typeof value.find === "function";
}

function wrong(value: unknown, { NAME }: BackendConfig): ImproperlyConfigured {
  return new ImproperlyConfigured(
    `The option loaders of the template engine '${NAME}' has ${JSON.stringify(value) ?? "nothing"}. ` +
      `A loader is one of ${WORDS.join(", ")}, a reference to a class, a list of one of these and its arguments, or an object with 'find'.`,
  );
}
