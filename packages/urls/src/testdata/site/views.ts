import { HttpResponse } from "@tsgo/http/response";

export const notFound = () => new HttpResponse("own 404", { status: 404 });
export const number = 5;
