export { textForm } from "../text-form.ts";
