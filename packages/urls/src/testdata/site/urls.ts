import { HttpResponse } from "@tsgo/http/response";
import { include, path } from "@tsgo/urls";

const home = () => new HttpResponse("home");

export const urlpatterns = [path("", home, { name: "home" }), path("polls/", include("site/polls"))];
export const handler404 = "site/views:notFound";
export const handler500 = () => new HttpResponse("own 500", { status: 500 });
