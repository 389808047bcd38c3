export { default } from "@tsgo/orm/checks";
