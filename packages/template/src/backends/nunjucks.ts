export class NunjucksTemplates {
  static create(): never {
    throw new Error("later");
  }
}
