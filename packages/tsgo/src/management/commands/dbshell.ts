export { default } from "@tsgo/orm/management/commands/dbshell";
