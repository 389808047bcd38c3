export { default } from "@tsgo/server/management/commands/runserver";
