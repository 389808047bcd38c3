export { default } from "@tsgo/urls/checks";
