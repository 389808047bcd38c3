// What a front end hands over for one request.

export * from "@tsgo/http/source";
