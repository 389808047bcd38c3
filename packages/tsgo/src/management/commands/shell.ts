export { default } from "@tsgo/core/management/commands/shell";
