import fc from "fast-check";
import { expect, test } from "vitest";
import { createRateLimits } from "./rate-limits.ts";

const buckets = {
  actor: { burst: 3, perSecond: 2 },
  address: { burst: 3, perSecond: 2 },
  sign_in: { burst: 1, perSecond: 0.1 },
  sign_in_account: { burst: 1, perSecond: 0.1 },
};

function limited() {
  const clock = { ms: 0 };
  const limits = createRateLimits(() => clock.ms, buckets);
  const passes = (key = "k") => {
    try {
      limits.take("actor", key);
      return true;
    } catch {
      return false;
    }
  };
  return { clock, limits, passes };
}

test("a burst passes, then as many as time has brought, and each key for itself", () => {
  const { clock, passes } = limited();
  expect([passes(), passes(), passes(), passes()]).toEqual([true, true, true, false]);
  expect(passes("another")).toBe(true);
  clock.ms = 500;
  expect([passes(), passes()]).toEqual([true, false]);
  clock.ms = 3_600_000;
  expect([passes(), passes(), passes(), passes()]).toEqual([true, true, true, false]);
});

test("the refusal says how many whole seconds to wait, and waiting so long is enough", () => {
  const { clock, limits } = limited();
  limits.take("sign_in", "a");
  const refused = (() => {
    try {
      limits.take("sign_in", "a");
    } catch (error) {
      return error as { code: string; retryAfterS: number };
    }
  })();
  expect(refused).toMatchObject({ code: "too_many_requests", retryAfterS: 10 });
  clock.ms = 10_000;
  expect(() => limits.take("sign_in", "a")).not.toThrow();
});

test("what was given back can be taken again, but never more than the burst", () => {
  const { limits, passes } = limited();
  for (let time = 0; time < 10; time++) limits.giveBack("actor", "k");
  expect([passes(), passes(), passes(), passes()]).toEqual([true, true, true, false]);
  limits.giveBack("actor", "k");
  expect([passes(), passes()]).toEqual([true, false]);
});

test("over any time no key passes more often than its burst and its rate allow", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 200 }), (waits) => {
      const { clock, passes } = limited();
      let passed = 0;
      for (const wait of waits) {
        clock.ms += wait;
        if (passes()) passed++;
      }
      expect(passed).toBeLessThanOrEqual(buckets.actor.burst + (clock.ms / 1_000) * buckets.actor.perSecond + 1e-6);
    }),
  );
});

test("a flood of keys forgets the longest unused ones, not the busy one", () => {
  const { limits, passes } = limited();
  for (let time = 0; time < 3; time++) passes("busy");
  for (let n = 0; n < 25_000; n++) {
    limits.giveBack("address", `flood ${n}`);
    if (n % 1_000 === 0) expect(passes("busy")).toBe(false);
  }
  expect(passes("busy")).toBe(false);
});
