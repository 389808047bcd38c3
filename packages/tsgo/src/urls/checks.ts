// The checks of URL patterns.

export * from "@tsgo/urls/checks";
