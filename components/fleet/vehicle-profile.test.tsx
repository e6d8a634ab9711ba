import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { renderInTower } from "@/components/ui/testing.tsx";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { OutOfService } from "./out-of-service.tsx";
import { telephoneAddress, VehicleProfileSection } from "./vehicle-profile.tsx";

afterEach(() => vi.unstubAllGlobals());

const profile = {
  driverName: "Dana Driver",
  driverPhone: "+1 (312) 555-0142",
  carrierName: null,
  carrierPhone: "312 555 0199",
  outOfService: false,
  outOfServiceReason: null,
  version: 4,
};
const aVehicle = (over: Partial<Vehicle> = {}): Vehicle => ({
  id: "T1",
  motion: "stopped",
  service: "none",
  position: null,
  measures: {},
  trip: null,
  openAlerts: 0,
  profile: null,
  record: { topic: "telematics.readings", partition: 1, offset: "1", timestamp: "2026-11-17T14:32:04.500Z" },
  ...over,
});

test("phones can be called: what is dialled are the digits, what is read is as it was written", () => {
  renderInTower(<VehicleProfileSection vehicle={aVehicle({ profile })} />);
  const driver = screen.getByRole("link", { name: "Call Dana Driver, +1 (312) 555-0142" });
  expect(driver.getAttribute("href")).toBe("tel:+13125550142");
  expect(screen.getByRole("link", { name: "Call Carrier, 312 555 0199" }).getAttribute("href")).toBe("tel:3125550199");
  expect(telephoneAddress(" (0)30/12-34 ")).toBe("tel:0301234");
});

test("a vehicle out of service says so and why; any other says nothing", () => {
  const out = { ...profile, outOfService: true, outOfServiceReason: "Brakes" };
  const noteOf = (vehicle: Vehicle) =>
    renderInTower(<OutOfService vehicle={vehicle} />).container.querySelector(".out-of-service")?.textContent;
  expect(noteOf(aVehicle({ profile: out }))).toBe("Out of service Brakes");
  expect(noteOf(aVehicle({ profile }))).toBeUndefined();
  expect(noteOf(aVehicle())).toBeUndefined();
});

test("what is saved is the whole profile by the version that was seen; a reason is asked for, a wrong phone refused", async () => {
  const send = vi.fn(async () => Response.json({ ...profile, version: 5 }));
  vi.stubGlobal("fetch", send);
  renderInTower(<VehicleProfileSection vehicle={aVehicle({ profile })} />);
  fireEvent.click(screen.getByRole("button", { name: "Edit" }));
  fireEvent.change(screen.getByLabelText("Carrier's phone"), { target: { value: "call me" } });
  fireEvent.click(screen.getByRole("switch"));
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Say why it is out of service.");
  await screen.findByText(/This is no phone number/);
  expect(send).not.toHaveBeenCalled();

  fireEvent.change(screen.getByLabelText("Carrier's phone"), { target: { value: "" } });
  fireEvent.change(screen.getByLabelText("Why"), { target: { value: " Brakes " } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(send).toHaveBeenCalled());
  const [path, request] = send.mock.calls[0] as unknown as [string, RequestInit];
  expect([path, request.method]).toEqual(["/api/v1/vehicles/T1/profile", "PUT"]);
  expect(JSON.parse(String(request.body))).toEqual({
    ...{ ...profile, carrierPhone: null },
    ...{ outOfService: true, outOfServiceReason: "Brakes", version: 4 },
  });
  await screen.findByRole("button", { name: "Edit" });
});
