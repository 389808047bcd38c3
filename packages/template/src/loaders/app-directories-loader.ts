import { join } from "node:path";

import { apps } from "@tsgo/core/apps";

import { FilesystemLoader } from "./filesystem-loader.ts";

/** Templates in the folder `templates` of each application. Django: `django.template.loaders.app_directories.Loader`. */
export class AppDirectoriesLoader extends FilesystemLoader {
  constructor() {
    super(() => apps.getAppConfigs().map((app) => join(app.path, "templates")), "AppDirectoriesLoader");
  }
}
