"use client";

import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type UseFormReturn, useFieldArray } from "react-hook-form";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { decimalText, parseDecimal } from "./decimal.ts";
import type { FenceFields } from "./fence-fields.ts";
import { roundDegrees } from "./shapes.ts";

const POINTS_MIN = 3;
const POINTS_MAX = 200;

/** The corners as a list: everything the pointer can do on the map, with the keyboard. */
export function FencePoints({ form }: { form: UseFormReturn<FenceFields> }) {
  const { text, formats } = usePreferences();
  const { fence: words } = text.sites;
  const { register, control, formState, getValues } = form;
  const { fields, insert, remove, replace } = useFieldArray({ control, name: "points" });
  const addAfter = (index: number) => {
    const points = getValues("points");
    insert(index + 1, between(points[index]!, points[(index + 1) % points.length]!));
  };
  return (
    <div className="sites-points">
      <div className="between">
        <span className="caption" role="status">
          {words.points(formats.number(fields.length))}
        </span>
        <Button size="compact-xs" onClick={() => replace([])}>
          {words.anew}
        </Button>
      </div>
      <p className="tiny faint">{fields.length < POINTS_MIN ? words.drawing : words.hint}</p>
      <ol>
        {fields.map((field, index) => {
          const number = formats.number(index + 1);
          const errors = formState.errors.points?.[index];
          return (
            <li key={field.id} aria-label={words.point(number)}>
              <TextInput
                aria-label={words.latitudeOf(number)}
                inputMode="decimal"
                error={errors?.latitude?.message}
                {...register(`points.${index}.latitude`)}
              />
              <TextInput
                aria-label={words.longitudeOf(number)}
                inputMode="decimal"
                error={errors?.longitude?.message}
                {...register(`points.${index}.longitude`)}
              />
              <ActionIcon
                aria-label={words.add(number)}
                disabled={fields.length >= POINTS_MAX}
                onClick={() => addAfter(index)}
              >
                <IconPlus size={14} aria-hidden="true" />
              </ActionIcon>
              <ActionIcon
                aria-label={words.drop(number)}
                disabled={fields.length <= POINTS_MIN}
                onClick={() => remove(index)}
              >
                <IconX size={14} aria-hidden="true" />
              </ActionIcon>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

type Typed = FenceFields["points"][number];

/** A new corner stands in the middle of its side, where it changes nothing yet. */
function between(a: Typed, b: Typed): Typed {
  const middle = (from: string, to: string): string => {
    const [start, end] = [parseDecimal(from), parseDecimal(to)];
    return start === null || end === null ? from : decimalText(roundDegrees((start + end) / 2));
  };
  return { latitude: middle(a.latitude, b.latitude), longitude: middle(a.longitude, b.longitude) };
}
