export { default } from "@tsgo/orm/migrations/checks";
