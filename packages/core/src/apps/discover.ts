import { readdirSync } from "node:fs";

import { didYouMean } from "@tsgo/utils/nearest-name";

import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { importFile, importString } from "../loading/import-module.ts";
import { projectRoot } from "../loading/project-root.ts";
import { findFolder, findInFolder } from "../loading/resolve.ts";
import { AppConfig } from "./app-config.ts";

type AppConfigClass = typeof AppConfig;

/** Makes the AppConfig of an entry of INSTALLED_APPS: a module, or a class by reference. */
export async function createAppConfig(entry: string): Promise<AppConfig> {
  if (entry.includes(":")) return fromClass(entry);
  const folder = folderOf(entry);
  const module = findInFolder(folder, "apps");
  const Config = module === undefined ? AppConfig : chooseConfig(entry, await importFile(module));
  return build(Config, entry);
}

async function fromClass(entry: string): Promise<AppConfig> {
  const Config = await importString(entry);
  if (!isConfigClass(Config)) throw new ImproperlyConfigured(`'${entry}' is not a class that extends AppConfig.`);
  // "polls/apps:PollsConfig" is the application "polls".
  const module = entry.slice(0, entry.indexOf(":"));
  return build(Config, module.includes("/") ? module.slice(0, module.lastIndexOf("/")) : module);
}

function build(Config: AppConfigClass, name: string): AppConfig {
  const config = new Config(name, "");
  // The class may name another application than the one whose module it stands in.
  if (config.path === "") config.path = folderOf(config.name);
  if (!/^[A-Za-z_]\w*$/.test(config.label))
    throw new ImproperlyConfigured(
      `The label '${config.label}' of the application '${config.name}' is not an identifier (letters, digits and ` +
        "underscores). Give it another with an AppConfig whose `label` is one.",
    );
  return config;
}

// One class is taken as it is, of several the one marked as the default.
function chooseConfig(entry: string, exports: Readonly<Record<string, unknown>>): AppConfigClass {
  const classes = [...new Set(Object.values(exports).filter(isConfigClass))];
  const [only] = classes;
  if (classes.length === 1 && only) return only;
  const marked = classes.filter((Config) => Config.default);
  if (marked.length > 1)
    throw new ImproperlyConfigured(
      `'${entry}/apps' marks several classes as the default: ${marked.map(({ name }) => name).join(", ")}.`,
    );
  return marked[0] ?? AppConfig;
}

function isConfigClass(value: unknown): value is AppConfigClass {
  return typeof value === "function" && value.prototype instanceof AppConfig;
}

function folderOf(name: string): string {
  const folder = findFolder(name);
  if (folder !== undefined) return folder;
  const hint = didYouMean(name, projectFolders());
  throw new ImproperlyConfigured(
    `There is no application '${name}', neither in ${projectRoot()} nor among the installed packages.${hint}`,
  );
}

function projectFolders(): string[] {
  return readdirSync(projectRoot(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\w/.test(entry.name) && entry.name !== "node_modules")
    .map(({ name }) => name);
}
