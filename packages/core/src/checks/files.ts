import { existsSync, statSync } from "node:fs";

import { settings } from "../conf/settings.ts";
import { type CheckMessage, Error as CheckError } from "./messages.ts";

/** Whether uploads have somewhere to wait. */
export function checkFiles(): CheckMessage[] {
  const folder = settings.FILE_UPLOAD_TEMP_DIR;
  if (folder === null || (existsSync(folder) && statSync(folder).isDirectory())) return [];
  return [
    new CheckError(`FILE_UPLOAD_TEMP_DIR is the folder '${folder}', which does not exist.`, { id: "files.E001" }),
  ];
}
