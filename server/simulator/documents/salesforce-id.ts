const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * A record id of 18 characters: the object's prefix, twelve characters of a number, and three that tell upper from
 * lower case for systems that cannot.
 */
export function salesforceId(prefix: string, number: string): string {
  const id = `${prefix}5g${BigInt(number)
    .toString(36)
    .toUpperCase()
    .padStart(15 - prefix.length - 2, "0")}`;
  return id + caseMarks(id);
}

/** One character per five: bit i is set where the i-th of them is a capital letter. */
function caseMarks(id: string): string {
  let marks = "";
  for (let from = 0; from < id.length; from += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(id.charAt(from + i))) bits |= 1 << i;
    marks += LETTERS.charAt(bits);
  }
  return marks;
}
