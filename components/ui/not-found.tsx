"use client";

import { Button } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { Blank } from "./blank.tsx";
import { useText } from "./preferences.tsx";

export function NotFound() {
  const { errors } = useText();
  return (
    <main className="whole-page">
      <Blank
        level={1}
        icon={<IconMapQuestion size={28} className="tone-normal" aria-hidden="true" />}
        title={errors.notFound}
        body={errors.notFoundBody}
      >
        <Button component="a" href="/fleet" variant="filled">
          {errors.toFleet}
        </Button>
      </Blank>
    </main>
  );
}
