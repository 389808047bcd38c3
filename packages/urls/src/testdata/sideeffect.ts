(globalThis as { sideEffect?: boolean }).sideEffect = true;

export default () => undefined;
