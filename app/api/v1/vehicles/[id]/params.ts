import { z } from "zod";
import { text } from "@/app/api/_http/fields.ts";

export const VehicleParams = z.strictObject({ id: text(200) });
