export { default } from "@tsgo/template/management/commands/compiletemplates";
