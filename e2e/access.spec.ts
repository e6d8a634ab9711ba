import { readFileSync } from "node:fs";
import { io, type Socket } from "socket.io-client";
import { signIn } from "./actions.ts";
import { API_KEY, expect, test } from "./fixtures.ts";

const admin = () => ({ email: process.env.E2E_ADMIN_EMAIL!, password: process.env.E2E_ADMIN_PASSWORD! });

/** How a connection attempt ends: "connected", or the word it was refused with. */
function attempt(web: string, extraHeaders: Record<string, string>): Promise<string> {
  const socket: Socket = io(web, { transports: ["websocket"], reconnection: false, extraHeaders });
  return new Promise<string>((resolve) => {
    socket.on("connect", () => resolve("connected"));
    socket.on("connect_error", (error) => resolve(error.message));
  }).finally(() => socket.disconnect());
}

/** The rows of the documentation's table whose first cell begins so, each with who may. */
function accessRows(beginning: string): { what: string; allowed: string[] }[] {
  const lines = readFileSync(new URL("../docs/access.md", import.meta.url), "utf8").split("\n");
  const rows = lines.filter((line) => line.startsWith(`| \`${beginning}`)).map((line) => line.split("|").slice(1, -1));
  const columns = ["nobody", "planner", "manager", "admin"];
  return rows.map(([what, ...marks]) => ({
    what: what!.trim().replaceAll("`", "").slice(beginning.length),
    allowed: columns.filter((_, index) => marks[index]!.trim() === "yes"),
  }));
}

/** Whether a socket with these headers gets an answer to this event that is no refusal. */
async function askSocket(web: string, extraHeaders: Record<string, string>, event: string): Promise<boolean> {
  const socket: Socket = io(web, { transports: ["websocket"], reconnection: false, extraHeaders });
  try {
    await new Promise<void>((resolve, reject) => socket.on("connect", resolve).on("connect_error", reject));
    const question = event === "fleet:view" ? { level: 1, tiles: [] } : {};
    return !("error" in ((await socket.timeout(10_000).emitWithAck(event, question)) as object));
  } finally {
    socket.disconnect();
  }
}

test("nobody gets in without signing in: pages lead to the door, the API says 401", async ({ page, request }) => {
  await page.goto("/fleet?vehicle=TRK-1");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  for (const path of ["vehicles", "sites", "sources", "dead-letters", "snapshots/sap/LIKP/x"]) {
    const answer = await request.get(`/api/v1/${path}`);
    expect(answer.status(), path).toBe(401);
    expect(answer.headers()["content-type"]).toContain("application/problem+json");
  }
  expect((await request.get("/api/health")).status()).toBe(200);
});

test("a wrong password is refused in words, the right one leads back to where one wanted to go", async ({ page }) => {
  await page.goto("/sign-in?next=/fleet%3Fsort%3Did");
  await page.getByLabel("E-mail").fill(admin().email);
  await page.getByRole("textbox", { name: "Password" }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: /./ }).first()).toBeVisible();
  await page.getByRole("textbox", { name: "Password" }).fill(admin().password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/fleet\?.*sort=id/);
});

test("a socket needs a session or a key, and a page of another site gets none", async ({ baseURL }) => {
  const key = { authorization: `Bearer ${API_KEY()}` };
  expect(await attempt(baseURL!, {})).not.toBe("connected");
  expect(await attempt(baseURL!, { cookie: "wheelhouse.session_token=nonsense" })).not.toBe("connected");
  expect(await attempt(baseURL!, { ...key, origin: "https://elsewhere.example" })).not.toBe("connected");
  expect(await attempt(baseURL!, key)).toBe("connected");
});

for (const role of ["planner", "manager", "admin"] as const) {
  test(`each page and each room opens for a ${role} if the table says so, and for nobody otherwise`, async ({
    playwright,
    baseURL,
  }) => {
    const browser = await playwright.request.newContext({ baseURL: baseURL!, extraHTTPHeaders: { origin: baseURL! } });
    await browser.post("/api/demo-sign-in", { data: { role } });
    for (const { what, allowed } of accessRows("page ").filter((row) => !row.allowed.includes("nobody"))) {
      const html = await (await browser.get(what)).text();
      expect(html.includes("This is not open to your role"), what).toBe(!allowed.includes(role));
    }
    const cookies = (await browser.storageState()).cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    for (const { what, allowed } of accessRows("socket "))
      expect(await askSocket(baseURL!, { cookie: cookies }, what), what).toBe(allowed.includes(role));
    await browser.dispose();
  });
}

test("an oversized message ends the connection", async ({ baseURL }) => {
  const extraHeaders = { authorization: `Bearer ${API_KEY()}` };
  const socket = io(baseURL!, { transports: ["websocket"], reconnection: false, extraHeaders });
  await new Promise<void>((resolve) => socket.on("connect", resolve));
  const ended = new Promise<string>((resolve) => socket.on("disconnect", resolve));
  socket.emit("fleet:view", { level: 1, tiles: [], more: "x".repeat(100_000) });
  await expect(ended).resolves.toMatch(/transport/);
});

test("signing out ends the session everywhere", async ({ page, context }) => {
  await signIn(page, admin());
  const cookies = await context.cookies();
  const signOut = page.getByRole("menuitem", { name: "Sign out" });
  // Again until it opens: what is pressed before the page is awake is lost.
  await expect(async () => {
    await page.getByRole("button", { name: /Signed in as/ }).click();
    await expect(signOut).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await signOut.click();
  await expect(page).toHaveURL(/\/sign-in/);
  await context.addCookies(cookies);
  expect((await page.request.get("/api/v1/vehicles")).status()).toBe(401);
});
