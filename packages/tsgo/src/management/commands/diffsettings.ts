export { default } from "@tsgo/core/management/commands/diffsettings";
