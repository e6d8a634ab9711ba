import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renderInTower } from "@/components/ui/testing.tsx";
import { LetterDetail } from "./letter-detail.tsx";

const RECORD = '{"message":{"data":{"MANDT":"100","BTGEW":17427.000},"headers":{"operation":"INSERT"}}}';
const base64 = (text: string) => Buffer.from(text).toString("base64");
const letter = {
  id: "sap.LIKP~3~118",
  record: { topic: "sap.LIKP", partition: 3, offset: "118", timestamp: "2026-08-19T14:30:01.250Z" },
  lane: "changes",
  connector: "sap-qlik",
  stage: "contract",
  reason: "missing_key",
  message: "the row lacks 1 of the key columns",
  fields: [],
  key: null,
  value: base64(RECORD),
  headers: {},
  sizeBytes: 9,
  status: "open",
  attempts: [],
};
const field = (name: string, over: object = {}) => ({
  path: `/message/data/${name}`,
  name,
  expected: "text, at most 10",
  meaning: null,
  required: false,
  value: null,
  failing: null,
  ...over,
});
const effect = { effect: "appears", system: "sap", entity: "LIKP", key: "100|0080334612", rowTitle: "Delivery" };

/** The tower's side: a record fits once it names its delivery. */
const answered = vi.fn();
beforeEach(() => {
  answered.mockReset();
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : {};
    const verb = path.split("/").at(-1)!;
    if (init.method === "POST") answered(verb, body);
    return Response.json(verb === "check" ? check(body.value) : letter);
  });
});
afterEach(() => vi.unstubAllGlobals());

function check(value: string | undefined) {
  const text = value === undefined ? RECORD : Buffer.from(value, "base64").toString();
  const fits = text.includes("0080334612");
  const failing = fits ? null : "a key value of 1 to 100 characters";
  return {
    outcome: fits ? "fits" : "rejected",
    reason: fits ? null : "missing_key",
    message: fits ? null : "the row lacks VBELN",
    contract: "sap.LIKP",
    subject: fits ? "Delivery 0080334612" : null,
    fields: [
      field("MANDT"),
      field("VBELN", { failing, required: true }),
      field("BTGEW"),
      field("ZZ", { expected: null }),
    ],
    effects: fits ? [{ ...effect, changes: [] }] : [],
  };
}

test("a record that would be rejected again cannot be replayed, and says why", async () => {
  renderInTower(<LetterDetail id={letter.id} onClose={() => undefined} />);
  expect(await screen.findByText(/Would be rejected again: key is missing/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Replay as it is" }).hasAttribute("disabled")).toBe(true);
  const row = within(screen.getByRole("row", { name: /VBELN/ }));
  expect(row.getByText("a key value of 1 to 100 characters")).toBeTruthy();
  expect(screen.getByRole("row", { name: /BTGEW/ }).textContent).toContain("17427.000");
});

test("mended it says what would come of it before it is pressed, and sends every other digit as it was", async () => {
  renderInTower(<LetterDetail id={letter.id} onClose={() => undefined} />);
  fireEvent.change(await screen.findByRole("textbox", { name: "Mend VBELN" }), { target: { value: '"0080334612"' } });
  expect(await screen.findByText(/After replay: Delivery 0080334612 appears/)).toBeTruthy();
  expect(screen.getByText("fits")).toBeTruthy();
  const send = screen.getByRole("button", { name: "Mend and replay" });
  await waitFor(() => expect(send.hasAttribute("disabled")).toBe(false));
  fireEvent.click(send);
  await waitFor(() => expect(answered).toHaveBeenCalledWith("replay", expect.anything()));
  const [, body] = answered.mock.calls.find(([verb]) => verb === "replay")!;
  expect(Buffer.from(body.value, "base64").toString()).toBe(
    '{"message":{"data":{"MANDT":"100","BTGEW":17427.000,"VBELN":"0080334612"},"headers":{"operation":"INSERT"}}}',
  );
});

test("what is no JSON value yet is said beside the field and not sent to be checked", async () => {
  renderInTower(<LetterDetail id={letter.id} onClose={() => undefined} />);
  fireEvent.change(await screen.findByRole("textbox", { name: "Mend VBELN" }), { target: { value: '"00803' } });
  expect(await screen.findByText("not a JSON value; text stands in quotes")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Undo the mending" }).hasAttribute("disabled")).toBe(true);
});

test("a record can be set aside with a reason", async () => {
  renderInTower(<LetterDetail id={letter.id} onClose={() => undefined} />);
  fireEvent.click(await screen.findByRole("button", { name: "Set aside" }));
  const dialog = within(await screen.findByRole("dialog"));
  fireEvent.change(dialog.getByRole("textbox"), { target: { value: "a test of theirs" } });
  fireEvent.click(dialog.getByRole("button", { name: "Set aside" }));
  await waitFor(() => expect(answered).toHaveBeenCalledWith("discard", { comment: "a test of theirs" }));
});
