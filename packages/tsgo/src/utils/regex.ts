// Regular expressions in Python's syntax.

export * from "@tsgo/utils/regex";
