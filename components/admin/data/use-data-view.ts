import { useAddress } from "@/components/admin/settings/use-address.ts";

export const TABS = ["sources", "contracts", "snapshots", "storage"] as const;
export type Tab = (typeof TABS)[number];

/** What the page shows, all of it in the address. */
const USUAL = {
  tab: "sources",
  /** The source whose detail is shown and whose rejected records are listed. */
  source: "",
  status: "open",
  reason: "",
  topic: "",
  letter: "",
  contract: "",
  find: "",
  system: "",
  entity: "",
  q: "",
  key: "",
  change: "",
  only: "",
};

export type DataPageView = typeof USUAL;
export type ChangeView = (part: Partial<DataPageView>) => void;

export function useDataView(): [DataPageView & { tab: Tab }, ChangeView] {
  const [view, change] = useAddress(USUAL);
  const tab = TABS.find((known) => known === view.tab) ?? "sources";
  return [{ ...view, tab }, change];
}
