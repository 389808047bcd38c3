import { HttpResponse } from "@tsgo/http/response";
import { path } from "@tsgo/urls";

import { SECTIONS } from "./sections.js";

export const urlpatterns = [
  path("", () => new HttpResponse("Hello, world!")),
  ...SECTIONS.map((section) =>
    path(`${section}/<int:id>/`, (_request, { id }) => new HttpResponse(`${section} ${id}`)),
  ),
  path("users/<int:id>/", (_request, { id }) => new HttpResponse(`User ${id}`)),
];
