// What visitors see when something goes wrong and the project has nothing of its own to say.

export { badRequest, pageNotFound, permissionDenied, serverError } from "./error-views.ts";
