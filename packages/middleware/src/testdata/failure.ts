import { HttpResponse } from "@tsgo/http/response";

export const csrfFailure = (_request: unknown, { reason }: { reason: string }) => new HttpResponse(reason, { status: 403 });
