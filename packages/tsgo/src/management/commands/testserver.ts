export { default } from "@tsgo/testing/management/commands/testserver";
