import { include, path } from "@tsgo/urls";

export const urlpatterns = [path("x/", include("broken/throwing"))];
