import { z } from "zod";

export const ExportParams = z.strictObject({ id: z.uuid("expected the id of an export") });
