import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { LiveProvider } from "../live/live-provider.tsx";
import { en } from "../messages/en.ts";
import { PreferencesProvider } from "../ui/preferences.tsx";
import { FleetMap } from "./fleet-map.tsx";

test("a browser without WebGL is told so, and that the list shows the same", () => {
  render(
    <PreferencesProvider initial={{ units: "us", zone: "here", singleKeys: true }} locale="en-US">
      <LiveProvider onRefused={() => {}}>
        <FleetMap scheme="dark" selectedId={null} onSelect={() => {}} view={{ center: [-96, 38], zoom: 4 }} />
      </LiveProvider>
    </PreferencesProvider>,
  );
  expect(screen.getByRole("alert").textContent).toContain(en.map.noWebgl);
  expect(screen.getByRole("alert").textContent).toContain("list");
});
