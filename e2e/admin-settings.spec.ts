import type { Page } from "@playwright/test";
import { accessibilityProblems } from "./accessibility-problems.ts";
import { expect, test } from "./fixtures.ts";

/** Straight to a page, without the map on the way. */
async function openAs(page: Page, role: "Planner" | "Admin", path: string): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
  await page.getByRole("button", { name: role, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(path));
}

test("an admin invites somebody, who sets a password by the link, signs in, and is shut out again", async ({
  page,
  browser,
}) => {
  await openAs(page, "Admin", "/admin/people");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByLabel("E-mail", { exact: true }).fill("robin@example.com");
  await page.getByLabel("Name", { exact: true }).fill("Robin Reed");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /Robin Reed.*Invited/ })).toBeVisible();

  const context = await browser.newContext();
  const guest = await context.newPage();
  await guest.goto(link);
  await guest.getByLabel("Password", { exact: true }).fill("robins own password");
  await guest.getByLabel("The same once more").fill("robins own password");
  await guest.getByRole("button", { name: "Set password" }).click();
  await guest.getByRole("link", { name: "Sign in" }).click();
  await guest.goto("/sign-in?next=/admin/people");
  await guest.getByLabel("E-mail").fill("robin@example.com");
  await guest.getByRole("textbox", { name: "Password" }).fill("robins own password");
  await guest.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(guest).toHaveURL(/\/admin\/people/);
  // The door names the page and a role too: only the refusal says that one is through it.
  await expect(guest.getByText(/Only Admin may see it/)).toBeVisible();
  expect((await guest.request.get("/api/v1/people")).status()).toBe(403);
  expect((await guest.request.get("/api/v1/sites")).status()).toBe(200);

  await page.reload();
  await page.getByRole("row", { name: /Robin Reed/ }).click();
  await page.getByRole("button", { name: "Block", exact: true }).click();
  await page.getByLabel("Why").fill("the trial is over");
  await page.getByRole("dialog").getByRole("button", { name: "Block", exact: true }).click();
  await expect(page.getByRole("row", { name: /Robin Reed.*Blocked/ })).toBeVisible();
  expect((await guest.request.get("/api/v1/sites")).status()).toBe(401);
  await context.close();
});

test("a key is shown once, opens the API, and is refused once revoked; the trail tells all of it", async ({
  page,
  playwright,
  baseURL,
}) => {
  await openAs(page, "Admin", "/admin/keys");
  await page.getByRole("button", { name: "Make a key" }).first().click();
  await page.getByLabel("What for").fill("Yard gate");
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.getByLabel("Key", { exact: true }).inputValue();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(key)).toHaveCount(0);
  const program = await playwright.request.newContext({
    baseURL: baseURL!,
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  });
  expect((await program.get("/api/v1/sites")).status()).toBe(200);
  await page.getByRole("button", { name: "Revoke Yard gate?" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.getByRole("row", { name: /Yard gate.*Revoked/ })).toBeVisible();
  expect((await program.get("/api/v1/sites")).status()).toBe(401);
  await program.dispose();

  await page.getByRole("link", { name: "Audit" }).click();
  await page.getByLabel("Action begins with").fill("api_key.");
  await page.getByRole("button", { name: "api_key.create" }).first().click();
  await expect(page.getByRole("heading", { name: "api_key.create" })).toBeVisible();
  await expect(page.getByRole("row", { name: /name.*Yard gate/ })).toBeVisible();
});

test("a planner is told who may see the settings, and gets nothing of them", async ({ page }) => {
  for (const path of ["/admin/people", "/admin/keys", "/admin/audit"]) {
    await openAs(page, "Planner", path);
    await expect(page.getByRole("main").getByText(/Admin/).first()).toBeVisible();
    await expect(page.getByRole("table")).toHaveCount(0);
    // A page that is still open would notice, and go to the door by itself.
    await page.goto("about:blank");
    await page.context().clearCookies();
  }
});

test("the settings have no accessibility problem that axe can find", async ({ page }) => {
  test.slow();
  await openAs(page, "Admin", "/admin/people");
  await page.getByRole("row").nth(1).click();
  await expect(page.getByRole("button", { name: "New password" })).toBeVisible();
  for (const tab of ["People", "Keys", "Audit"]) {
    await page.getByRole("link", { name: tab, exact: true }).click();
    await expect(page.getByRole("navigation", { name: "Settings" })).toBeVisible();
    expect(await accessibilityProblems(page, [1440, 390])).toEqual([]);
  }
});
