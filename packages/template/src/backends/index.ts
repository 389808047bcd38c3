// What an engine of TEMPLATES is, for those who write one.

export type { BackendConfig, BackendTemplate, CreateBackend, TemplateBackend } from "./backend.ts";
export { DjangoTemplates } from "./django.ts";
