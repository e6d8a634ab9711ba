import { expect, test } from "vitest";
import { type Part, type Running, Supervisor } from "./supervisor.ts";

/** A part that is ready at once and ends when told to; it writes down what happens to it. */
function aPart(name: string, events: string[]) {
  const exits: ((reason: string) => void)[] = [];
  const part: Part = {
    name,
    start(): Running {
      let exit: (reason: string) => void = () => {};
      const exited = new Promise<string>((resolve) => {
        exit = resolve;
      });
      exits.push(exit);
      events.push(`${name} starts`);
      return {
        ready: Promise.resolve(),
        exited,
        async stop() {
          events.push(`${name} stops`);
          exit("asked");
        },
        kill: () => exit("killed"),
      };
    },
  };
  return { part, die: (reason: string) => exits.at(-1)?.(reason) };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("parts start in order and stop in reverse, once", async () => {
  const events: string[] = [];
  const parts = ["database", "broker", "tower"].map((name) => aPart(name, events).part);
  const supervisor = new Supervisor(parts, { report: () => {}, onGivenUp: () => {} });
  await supervisor.start();
  await Promise.all([supervisor.stop(), supervisor.stop()]);
  expect(events).toEqual([
    "database starts",
    "broker starts",
    "tower starts",
    "tower stops",
    "broker stops",
    "database stops",
  ]);
});

test("a part that ends by itself is started again, and the others are left alone", async () => {
  const events: string[] = [];
  const lines: string[] = [];
  const [broker, tower] = [aPart("broker", events), aPart("tower", events)];
  const report = (line: string) => void lines.push(line);
  const supervisor = new Supervisor([broker.part, tower.part], { report, onGivenUp: () => {}, restartDelayMs: 0 });
  await supervisor.start();
  broker.die("exit code 1");
  await expect.poll(() => events).toEqual(["broker starts", "tower starts", "broker starts"]);
  await expect.poll(() => lines).toContain("The broker is up again.");
  expect(lines[0]).toContain("The broker ended (exit code 1)");
});

test("a part that ends a sixth time within a minute stops all, and says why", async () => {
  const events: string[] = [];
  const [broker, tower] = [aPart("broker", events), aPart("tower", events)];
  let givenUp = "";
  const supervisor = new Supervisor([broker.part, tower.part], {
    report: () => {},
    onGivenUp: (error) => (givenUp = error.message),
    restartDelayMs: 0,
  });
  await supervisor.start();
  for (let died = 1; died <= 6; died++) {
    tower.die("exit code 7");
    if (died < 6) await expect.poll(() => events.filter((event) => event === "tower starts")).toHaveLength(died + 1);
  }
  await expect.poll(() => givenUp).toBe("the tower ended 6 times within a minute, the last time: exit code 7");
  expect(events.slice(-2)).toEqual(["tower stops", "broker stops"]);
});

test("ends that lie further apart than the window are each forgiven", async () => {
  const events: string[] = [];
  const tower = aPart("tower", events);
  let now = 0;
  let isGivenUp = false;
  const onGivenUp = () => {
    isGivenUp = true;
  };
  const supervisor = new Supervisor([tower.part], { report: () => {}, onGivenUp, restartDelayMs: 0, now: () => now });
  await supervisor.start();
  for (let died = 1; died <= 10; died++) {
    now += 15_000;
    tower.die("exit code 7");
    await expect.poll(() => events).toHaveLength(died + 1);
    await settled();
  }
  expect(isGivenUp).toBe(false);
});

test("a part that ends while all is being stopped is not started again", async () => {
  const events: string[] = [];
  const [broker, tower] = [aPart("broker", events), aPart("tower", events)];
  const supervisor = new Supervisor([broker.part, tower.part], {
    report: () => {},
    onGivenUp: () => {},
    restartDelayMs: 0,
  });
  await supervisor.start();
  broker.die("exit code 1");
  await supervisor.stop();
  await settled();
  expect(events).toEqual(["broker starts", "tower starts", "tower stops", "broker stops"]);
});

test("a start that fails stops what had started and names the part", async () => {
  const events: string[] = [];
  const broken: Part = {
    name: "tower",
    start: () => ({
      ready: Promise.reject(new Error("exit code 7")),
      exited: Promise.resolve("exit code 7"),
      stop: async () => {},
      kill: () => {},
    }),
  };
  const supervisor = new Supervisor([aPart("broker", events).part, broken], { report: () => {}, onGivenUp: () => {} });
  await expect(supervisor.start()).rejects.toThrow("could not start the tower");
  expect(events).toEqual(["broker starts", "broker stops"]);
});
