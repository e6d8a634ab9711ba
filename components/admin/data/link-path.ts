/** The page that shows a row of another system with its history, as an admin sees it. */
export function rowPath(row: { system: string; entity: string; key: string }): string {
  return `/admin/data?${new URLSearchParams({ tab: "snapshots", ...row })}`;
}

/** The page that shows a business object or a vehicle; `null` when there is none. */
export function linkPath(kind: string, id: string): string | null {
  const encoded = encodeURIComponent(id).replaceAll("%3A", ":");
  if (kind === "vehicle") return `/fleet?vehicle=${encoded}`;
  if (kind === "sales_order" || kind === "crm_order") return `/orders?order=${encoded}`;
  return null;
}
