import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderInTower } from "@/components/ui/testing.tsx";
import type { Source } from "@/server/contracts/source.ts";
import { SourceDetail } from "./source-detail.tsx";
import { SourcesTable } from "./sources-table.tsx";

const aSource = (over: Partial<Source> = {}): Source => ({
  topic: "sap.LIKP",
  connector: "sap-qlik",
  lane: "changes",
  partitions: 6,
  lagRecords: 86,
  behindMs: 4_000,
  lastRecordAt: "2026-08-19T14:30:01.250Z",
  usualIntervalMs: 500,
  records: { delivered: 20, applied: 12, late: 2, repeated: 3, ignored: 1, rejected: 2, gaps: 5, lost: 0 },
  name: "SAP deliveries",
  system: "sap",
  entity: "LIKP",
  contract: "sap.LIKP",
  mapped: false,
  state: "current",
  recordsPerSecond: 22,
  rejectedDay: 0,
  behindMsSamples: [],
  ...over,
});

test("each source says its state in a word beside its mark, and what is wrong before what is well", () => {
  const sources = [
    aSource(),
    aSource({ topic: "sap.LIPS", rejectedDay: 17 }),
    aSource({ topic: "sap.VBAK", state: "slow", rejectedDay: 3 }),
    aSource({ topic: "erp.LIKP", state: "off", partitions: 0 }),
    aSource({ topic: "sap.MARA", state: "waiting", partitions: 6, lastRecordAt: null, behindMs: null }),
  ];
  const onChoose = vi.fn();
  renderInTower(<SourcesTable sources={sources} chosen="" onChoose={onChoose} />);
  const states = screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("cell")[3]!.textContent);
  expect(states).toEqual(["Current", "17 rejected", "Slow", "Off", "Nothing yet"]);
  fireEvent.click(screen.getAllByRole("button", { name: "SAP deliveries" })[1]!);
  expect(onChoose).toHaveBeenCalledWith("sap.LIPS");
});

test("the counters of a source add up to what was delivered, and say so when they do not", () => {
  const mapping = { version: 0, mappings: [] };
  const show = (source: Source) =>
    renderInTower(
      <SourceDetail source={source} mapping={mapping} onClose={() => undefined} onContract={() => undefined} />,
    );
  const first = show(aSource());
  expect(screen.getByText("These add up to what was delivered.")).toBeTruthy();
  first.unmount();
  show(aSource({ records: { ...aSource().records, delivered: 21 } }));
  expect(screen.getByText(/do not add up/)).toBeTruthy();
});

test("what the tower itself lives on cannot be switched off", () => {
  const mapping = { version: 0, mappings: [] };
  const source = aSource({ topic: "telematics.readings", lane: "telemetry", system: "telematics", entity: "reading" });
  renderInTower(
    <SourceDetail source={source} mapping={mapping} onClose={() => undefined} onContract={() => undefined} />,
  );
  expect(screen.queryByRole("button", { name: "Switch off" })).toBeNull();
});
