export const urlPatterns = [];
