/** What the program itself raises when it meets what it was not made for; never what a dependency says of its state. */
const KINDS = [TypeError, RangeError, ReferenceError, SyntaxError] as const;

export const isDefect = (error: unknown): boolean => KINDS.some((kind) => error instanceof kind);
