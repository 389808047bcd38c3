// Where templates are found.

export { AppDirectoriesLoader } from "./app-directories-loader.ts";
export { CachedLoader } from "./cached-loader.ts";
export { FilesystemLoader } from "./filesystem-loader.ts";
export type { Loader } from "./loader.ts";
export { LocmemLoader } from "./locmem-loader.ts";
export { SourceLoader } from "./source-loader.ts";
