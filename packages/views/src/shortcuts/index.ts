// What almost every view needs. Answers to `django.shortcuts`.

export { getListOr404, getObjectOr404, type ModelWithObjects } from "./get-or-404.ts";
export { type HasAbsoluteUrl, redirect, type RedirectToOptions, resolveUrl } from "./redirect.ts";
export { render, type RenderOptions } from "./render.ts";
