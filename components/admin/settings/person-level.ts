import type { Level } from "@/components/ui/level.ts";
import type { Person } from "@/server/contracts/person.ts";

export const PERSON_LEVEL: Record<Person["status"], Level> = { active: "calm", invited: "watch", blocked: "still" };
