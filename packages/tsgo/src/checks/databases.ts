export { default } from "@tsgo/orm/db/checks";
