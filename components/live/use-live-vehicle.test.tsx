import { act, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { decodeFrame } from "@/server/contracts/decode-frame.ts";
import type { LiveClient } from "./live-client.ts";
import { LiveProvider, useLiveClient } from "./live-provider.tsx";
import { aFrame } from "./testing.ts";
import { useLiveVehicle } from "./use-live-vehicle.ts";

let client: LiveClient;
let renders = 0;

function Watching({ id }: { id: string | null }) {
  client = useLiveClient();
  renders++;
  const vehicle = useLiveVehicle(id);
  return <p>{vehicle ? `${vehicle.id} at ${vehicle.longitude}` : "not told"}</p>;
}

const page = (id: string | null) => (
  <LiveProvider onRefused={() => {}}>
    <Watching id={id} />
  </LiveProvider>
);
const hear = (longitude: number, index = 0) =>
  act(() =>
    client.fleet.apply(
      decodeFrame(aFrame("delta", [{ index, lng: longitude, lat: 1 }], { serverMs: 1e12 + longitude }))!,
    ),
  );

test("a vehicle is shown as the socket last told it, and not drawn again for news of others", () => {
  const { rerender } = render(page("A"));
  expect(screen.getByText("not told")).toBeDefined();
  act(() => client.fleet.learn(1, 0, ["A", "B"]));
  hear(3);
  expect(screen.getByText("A at 3")).toBeDefined();
  const rendersBefore = renders;
  hear(9, 1);
  expect(renders).toBe(rendersBefore);
  hear(4);
  expect(screen.getByText("A at 4")).toBeDefined();
  rerender(page("B"));
  expect(screen.getByText("B at 9")).toBeDefined();
  rerender(page(null));
  expect(screen.getByText("not told")).toBeDefined();
});
