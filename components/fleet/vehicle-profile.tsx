"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { Facts } from "@/components/ui/facts.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { VehicleProfileForm } from "./vehicle-profile-form.tsx";

/** Who drives a vehicle and how to call them, and the way to write it down. */
export function VehicleProfileSection({
  vehicle: { id, profile },
  isPast = false,
}: {
  vehicle: Vehicle;
  /** It is shown as it was: there is nothing to write down then. */
  isPast?: boolean;
}) {
  const { profile: words } = useText();
  const [isEditing, setEditing] = useState(false);
  const rows = [
    [words.driver, profile?.driverName, profile?.driverPhone] as const,
    [words.carrier, profile?.carrierName, profile?.carrierPhone] as const,
  ].filter(([, name, phone]) => name || phone);
  return (
    <Section title={words.title}>
      {isEditing && !isPast ? (
        <VehicleProfileForm id={id} profile={profile} onDone={() => setEditing(false)} />
      ) : (
        <>
          {rows.length === 0 ? (
            <p className="small faint">{words.nobody}</p>
          ) : (
            <Facts
              rows={rows.map(([who, name, phone]) => [who, <Contact key={who} name={name ?? who} phone={phone} />])}
            />
          )}
          {!isPast && (
            <Button className="profile-edit" onClick={() => setEditing(true)}>
              {words.edit}
            </Button>
          )}
        </>
      )}
    </Section>
  );
}

function Contact({ name, phone }: { name: string; phone: string | null | undefined }) {
  const { profile: words } = useText();
  return (
    <>
      {name}
      {phone && (
        <>
          {" · "}
          <a className="link nowrap" href={telephoneAddress(phone)} aria-label={words.call(name, phone)}>
            {phone}
          </a>
        </>
      )}
    </>
  );
}

/** What a telephone dials: a plus and digits, without the marks that people read by. */
export const telephoneAddress = (phone: string): string =>
  `tel:${phone.trim().startsWith("+") ? "+" : ""}${phone.replaceAll(/\D/g, "")}`;
