import { Prisma } from "../generated/prisma/client.ts";

/**
 * Many rows as one parameter, for `jsonb_to_recordset`. Sent as bytes: a text is quoted once more on its way through the
 * client, every quotation mark in it, and read again, which costs it more than the rest of the statement.
 */
export const asJson = (rows: unknown): Prisma.Sql =>
  Prisma.sql`convert_from(${Buffer.from(JSON.stringify(rows))}, 'UTF8')::jsonb`;
