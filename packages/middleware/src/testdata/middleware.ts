export class TimingMiddleware {}
export const factory = (getResponse: unknown) => getResponse;
export const number = 5;
