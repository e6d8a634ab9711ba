/** A dead letter must be storable whatever it says: the database takes no NUL and no half characters in text. */
export const storableText = (text: string): string => text.replaceAll("\u0000", "\ufffd").toWellFormed();

export const storableHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, text]) => [storableText(name), storableText(text)]));
