import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import { signInAsDemo } from "./actions.ts";

type Fixtures = {
  /** A page with the demo planner signed in, on the fleet. */
  plannerPage: Page;
  /** The API with the key of an admin. */
  api: APIRequestContext;
};

export const API_KEY = () => process.env.E2E_API_KEY!;

export const test = base.extend<Fixtures>({
  plannerPage: async ({ page }, use) => {
    await signInAsDemo(page, "Planner");
    await use(page);
  },
  api: async ({ playwright, baseURL }, use) => {
    const context = await playwright.request.newContext({
      ...(baseURL ? { baseURL } : {}),
      extraHTTPHeaders: { authorization: `Bearer ${API_KEY()}` },
    });
    await use(context);
    await context.dispose();
  },
});
export { expect };
