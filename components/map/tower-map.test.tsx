import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { en } from "../messages/en.ts";
import { renderInTower } from "../ui/testing.tsx";
import { DrawnTowerMap } from "./drawn-tower-map.tsx";

test("a browser without WebGL is told so on every page with a map, and that the list shows the same", () => {
  renderInTower(<DrawnTowerMap label="Map of order flows" view={null} draw={() => undefined} />);
  expect(screen.getByRole("alert").textContent).toContain(en.map.noWebgl);
  expect(screen.getByRole("alert").textContent).toContain("list");
});
