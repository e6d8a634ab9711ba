import { z } from "zod";

export const PersonParams = z.strictObject({ id: z.uuid("expected the id of a person") });
/** Which version of the person the caller has seen. */
export const Version = z.number().int().min(0);
