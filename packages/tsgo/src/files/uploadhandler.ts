// Upload handlers. Answers to `django.core.files.uploadhandler`.

export * from "@tsgo/http/uploads";
