// Which view answers which URL. An entry is either a view:
//
//   import { path } from "tsgo/urls";
//   import * as views from "../polls/views.ts";
//
//   path("", views.index, { name: "home" }),
//
// or all the URLs of an application, which stand in its own urls.ts:
//
//   import { include, path } from "tsgo/urls";
//
//   path("polls/", include("polls/urls")),
import type { UrlEntry } from "tsgo/urls";

export const urlpatterns: UrlEntry[] = [];
