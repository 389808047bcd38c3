export { default } from "@tsgo/template/checks";
