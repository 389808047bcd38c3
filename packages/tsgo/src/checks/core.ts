export { default } from "@tsgo/core/checks/builtin";
