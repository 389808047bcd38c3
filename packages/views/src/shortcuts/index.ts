// What almost every view needs. Answers to `django.shortcuts`.

export { type HasAbsoluteUrl, redirect, type RedirectToOptions, resolveUrl } from "./redirect.ts";
export { render, type RenderOptions } from "./render.ts";
