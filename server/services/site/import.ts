import { createHash } from "node:crypto";
import type { SiteImportLine, SiteImportReport } from "../../contracts/site-import.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import type { AuditEntry } from "../ports.ts";
import { requireRole } from "../require-role.ts";
import { planImport, type SiteImportPlan } from "./plan-import.ts";
import type { SiteReader, SiteWriter } from "./port.ts";
import { readSiteFile, type SiteFileLine } from "./read-site-file.ts";

export type ImportSitesInput = {
  csv: string;
  /** Only says what would be done. */
  dryRun: boolean;
  /** That of a dry run: the import is refused when it would do anything else by now. */
  fingerprint?: string | undefined;
};

/** Takes over what a file says of sites: all of its good lines or, when anything fails, none. */
export async function importSites(context: Context, input: ImportSitesInput): Promise<SiteImportReport> {
  requireRole(context.actor, "admin");
  const file = readSiteFile(input.csv);
  if (input.dryRun) return reportOf(await planFor(file, { ...context.sites, edits: async () => new Map() }), true);
  const report = await context.transaction(async ({ sites, auditAll }) => {
    await sites.hold();
    const plan = await planFor(file, sites);
    const done = reportOf(plan, false);
    if (input.fingerprint !== undefined && input.fingerprint !== done.fingerprint)
      throw new AppError("conflict", "the sites have changed since the dry run: look at what the file does now");
    await sites.add(plan.added);
    await sites.saveEdits(plan.edits, context.actor.id);
    await auditAll(entriesOf(context.actor.id, done));
    return done;
  });
  context.fencesChanged();
  return report;
}

type Known = Pick<SiteReader, "get"> & Pick<SiteWriter, "edits">;

async function planFor(file: readonly SiteFileLine[], known: Known): Promise<SiteImportPlan> {
  const ids = [...new Set(file.flatMap(({ cells }) => cells.site_id ?? []))];
  const sites = new Map((await known.get(ids)).map((site) => [site.id, site]));
  return planImport(file, { sites, edits: await known.edits(ids) });
}

function reportOf({ lines }: SiteImportPlan, dryRun: boolean): SiteImportReport {
  const counts = { added: 0, changed: 0, unchanged: 0, refused: 0 };
  for (const { outcome } of lines) counts[outcome] += 1;
  const fingerprint = createHash("sha256").update(JSON.stringify(lines)).digest("base64url");
  return { dryRun, counts, fingerprint, lines };
}

/** One for the import as a whole, and one for each site that it moved: the story of a site has no holes. */
function entriesOf(actor: string, { counts, fingerprint, lines }: SiteImportReport): AuditEntry[] {
  const moved = lines.filter(({ outcome }) => outcome === "added" || outcome === "changed");
  return [
    { actor, action: "site.import", subject: `import:${fingerprint}`, after: { ...counts } },
    ...moved.map((line) => ({
      actor,
      action: line.outcome === "added" ? "site.create" : "site.edit",
      subject: `site:${line.siteId}`,
      before: columnsOf(line, "before"),
      after: { ...columnsOf(line, "after"), importedBy: `import:${fingerprint}` },
    })),
  ];
}

const columnsOf = ({ changes }: SiteImportLine, side: "before" | "after") =>
  Object.fromEntries(changes.map((change) => [change.column, change[side]]));
