// Finds and loads modules that settings and applications name.

export {
  type ImportOptions,
  type ModuleExports,
  importFile,
  importModule,
  importString,
  loadedExport,
  loadedModule,
} from "./import-module.ts";
export { type LoadFailure, locateFailure } from "./failure.ts";
export { projectRoot, setProjectRoot } from "./project-root.ts";
export { findFolder, findInFolder, findModule, isPackage, listModules, resolveModule } from "./resolve.ts";
export { enableTypeScript } from "./typescript.ts";
