// The applications that a project is made of.

export { AppConfig, type ModelClass } from "./app-config.ts";
export { Apps, apps } from "./registry.ts";
