import { i18nPatterns } from "@tsgo/urls";

export const urlpatterns = i18nPatterns([]);
