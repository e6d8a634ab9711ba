import { type SourceMapping, TOPIC_MAPPINGS_MAX, type TopicMapping } from "../../contracts/source.ts";
import { AppError, type FieldError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { topicProblem } from "./topic-problem.ts";

/**
 * Puts these mappings in place of all; `version` is the list's as last seen. The changes lane follows within seconds.
 * Returns the list as it is from then on.
 */
export async function putSourceMapping(context: Context, wanted: SourceMapping): Promise<SourceMapping> {
  requireRole(context.actor, "admin");
  const wrong = problemsOf(wanted.mappings, context);
  if (wrong.length > 0) throw new AppError("invalid_input", "these topics cannot be read like that", { fields: wrong });

  return context.transaction(async (transaction) => {
    const before = await transaction.sourceMapping.read();
    if (!(await transaction.sourceMapping.replace(wanted, context.actor.id)))
      throw new AppError("conflict", "the mapping of topics has changed since you read it");
    const after = await transaction.sourceMapping.read();
    await transaction.audit({
      actor: context.actor.id,
      action: "source_mapping.put",
      subject: "source-mapping",
      before: { mappings: before.mappings },
      after: { mappings: after.mappings },
    });
    return after;
  });
}

function problemsOf(mappings: readonly TopicMapping[], { sources }: Context): FieldError[] {
  const wrong: FieldError[] = [];
  if (mappings.length > TOPIC_MAPPINGS_MAX)
    wrong.push({ path: "/mappings", message: `at most ${TOPIC_MAPPINGS_MAX} topics can be mapped` });
  const seen = new Set<string>();
  for (const [index, mapping] of mappings.entries()) {
    const at = (path: string) => `/mappings/${index}${path}`;
    const topic = topicProblem(mapping.topic);
    if (topic) wrong.push({ path: at("/topic"), message: topic });
    if (seen.has(mapping.topic)) wrong.push({ path: at("/topic"), message: "is there twice" });
    seen.add(mapping.topic);
    const other = sources.problemOf(mapping);
    if (other) wrong.push({ path: at(other.path), message: other.message });
  }
  return wrong;
}
