export { default } from "@tsgo/orm/management/commands/inspectdb";
