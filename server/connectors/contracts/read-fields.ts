import type { Contract, ContractField } from "../../contracts/contract.ts";

/** Kinds of value, as the tables of fields name them in short. */
const KINDS: Readonly<Record<string, string>> = {
  date: "date YYYYMMDD, zeros when not set",
  time: "time HHMMSS",
  quantity: "decimal, 3 places",
  amount: "decimal, stored with 2 places",
  unit: "unit of measure",
  currency: "currency code",
  flag: "X or blank",
  status: "A, B, C or blank",
  whole: "whole number",
  boolean: "true or false",
  day: "date YYYY-MM-DD",
  instant: "time like 2026-08-19T14:30:01.250Z",
  decimal: "decimal",
  id: "record id of 15 or 18 characters",
  address: "address of several parts",
};

/**
 * Reads a table of fields: one a line, `NAME | kind | meaning | what it is used for`, the last part left away where the
 * tower only keeps the field. `text 10` is text of at most 10 characters, `digits 6` digits of which zeros in front
 * count.
 */
export function readFields(table: string, key: readonly string[]): ContractField[] {
  return table
    .trim()
    .split("\n")
    .map((line): ContractField => {
      const [name = "", kind = "", meaning = "", usedFor] = line.split("|").map((part) => part.trim());
      return {
        path: `/${name}`,
        type: typeOf(kind, name),
        meaning,
        required: key.includes(name),
        usedFor: usedFor || null,
      };
    });
}

function typeOf(kind: string, name: string): string {
  const [, word, length] = /^(text|digits) (\d+)$/.exec(kind) ?? [];
  if (word === "text") return `text, at most ${length}`;
  if (word === "digits") return `${length} digits`;
  const type = KINDS[kind];
  if (!type) throw new Error(`the kind "${kind}" of the field ${name} is not known`);
  return type;
}

export type ContractText = { title: string; rowTitle: string; description: string; fields: string };
export type Written = Pick<Contract, "name" | "connector" | "system" | "entity" | "topic" | "key">;

export function writeContract(written: Written, { title, rowTitle, description, fields }: ContractText): Contract {
  return { ...written, title, rowTitle, description, fields: readFields(fields, written.key) };
}
