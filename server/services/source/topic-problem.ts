const TOPIC = /^[A-Za-z0-9._-]{1,249}$/;
/** What the tower writes itself, what vehicles report on, and what belongs to the broker. */
const OWN = /^(tower|telematics|fleet)\.|^__/;

/** Why a topic cannot be mapped, in words; `null` when it can. */
export function topicProblem(topic: string): string | null {
  if (!TOPIC.test(topic) || topic === "." || topic === "..")
    return "expected the name of a topic: letters, digits, dots, hyphens and underscores, at most 249";
  if (OWN.test(topic)) return "the tower uses this topic itself";
  return null;
}
