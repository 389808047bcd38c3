// Requests and responses. Answers to `django.http`.

export * from "@tsgo/http/request";
export * from "@tsgo/http/response";
export * from "@tsgo/http/querydict";
export * from "@tsgo/http/cookies";
export * from "@tsgo/http/exceptions";
export * from "@tsgo/http/uploads";
