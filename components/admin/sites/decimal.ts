/** A number as people type it, with a true minus too; `null` for anything else. */
export function parseDecimal(text: string): number | null {
  const plain = text.trim().replace("−", "-");
  return /^[+-]?\d{1,9}(\.\d{0,20})?$/.test(plain) ? Number(plain) : null;
}

export const decimalText = (value: number | null): string => (value === null ? "" : String(value));
