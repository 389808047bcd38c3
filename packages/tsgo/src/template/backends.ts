// The engines that TEMPLATES names.

export * from "@tsgo/template/backends";
