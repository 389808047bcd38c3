// Files and their content. Answers to `django.core.files`.

export { ContentFile, DiskFile, File, FileDoesNotExist, type TemporaryFile } from "@tsgo/storage";
