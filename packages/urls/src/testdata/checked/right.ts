import { HttpResponse } from "@tsgo/http/response";
import { include, path, rePath } from "@tsgo/urls";

const view = () => new HttpResponse("");
const shop = [path("item/<int:id>/", view, { name: "item" })];

export const urlpatterns = [
  path("", view),
  rePath("^x/\\$$", view),
  path("eu/", include([shop, "shop"], { namespace: "eu" })),
  path("us/", include([shop, "shop"])),
];
export const handler404 = (_request: unknown, _error: unknown) => view();
