export const urlpatterns = [["x/", () => undefined]];
