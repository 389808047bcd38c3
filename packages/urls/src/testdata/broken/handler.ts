export const urlpatterns = [];
export const handler404 = "site/views:number";
