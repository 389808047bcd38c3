import { HttpResponse } from "@tsgo/http/response";
import { include, path } from "@tsgo/urls";

const detail = (_request: unknown, { id }: { id: number }) => new HttpResponse(String(id));

export const appName = "polls";
export const urlpatterns = [path("<int:id>/", detail, { name: "detail" }), path("again/", include("site/polls"))];
