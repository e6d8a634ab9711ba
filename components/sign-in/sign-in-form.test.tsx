import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { renderInTower } from "@/components/ui/testing.tsx";
import { SignIn } from "./sign-in.tsx";
import { SignInForm } from "./sign-in-form.tsx";

const server = vi.fn<typeof fetch>();
beforeEach(() => vi.stubGlobal("fetch", server.mockReset()));
afterEach(() => void vi.unstubAllGlobals());

const answers = (status: number, body: object = {}) => server.mockResolvedValue(Response.json(body, { status }));
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const fill = (email: string, password: string) => {
  fireEvent.change(field("E-mail"), { target: { value: email } });
  fireEvent.change(field("Password"), { target: { value: password } });
};
const submit = () => fireEvent.click(screen.getByRole("button", { name: "Sign in" }));

describe("signing in", () => {
  test("sends what was typed and goes on once the tower agrees", async () => {
    answers(200);
    const onSignedIn = vi.fn();
    renderInTower(<SignInForm onSignedIn={onSignedIn} />);
    fill(" ann@example.com ", "correct horse");
    submit();
    await waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
    const [path, request] = server.mock.calls[0]!;
    expect(path).toBe("/api/auth/sign-in/email");
    expect(JSON.parse(String(request?.body))).toEqual({
      email: "ann@example.com",
      password: "correct horse",
      rememberMe: true,
    });
  });

  test.each([
    ["", "", ["Enter your e-mail address.", "Enter your password."]],
    ["ann", "x", ["This does not look like an e-mail address."]],
  ])("what is missing in %j, %j is said at its field and nothing is sent", async (email, password, words) => {
    renderInTower(<SignInForm onSignedIn={vi.fn()} />);
    fill(email, password);
    submit();
    for (const line of words) expect(await screen.findByText(line)).toBeTruthy();
    expect(field("E-mail").getAttribute("aria-invalid")).toBe("true");
    expect(server).not.toHaveBeenCalled();
  });

  test.each([
    [401, "E-mail or password is not right."],
    [429, "Too many tries. Wait a minute, then try again."],
    [500, "Sign-in did not go through. Try again, or ask your admin."],
  ])("an answer of %d is told in words, as an alert", async (status, words) => {
    answers(status);
    const onSignedIn = vi.fn();
    renderInTower(<SignInForm onSignedIn={onSignedIn} />);
    fill("ann@example.com", "wrong");
    submit();
    await waitFor(() => expect(screen.getByRole("alert").textContent).toBe(words));
    expect(onSignedIn).not.toHaveBeenCalled();
  });

  test("a tower that does not answer is told in words and the password is kept", async () => {
    server.mockRejectedValue(new TypeError("network"));
    renderInTower(<SignInForm onSignedIn={vi.fn()} />);
    fill("ann@example.com", "right");
    submit();
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("did not answer"));
    expect(field("Password").value).toBe("right");
  });

  test("a wrong password is emptied for the next try", async () => {
    answers(401);
    renderInTower(<SignInForm onSignedIn={vi.fn()} />);
    fill("ann@example.com", "wrong");
    submit();
    await waitFor(() => expect(field("Password").value).toBe(""));
  });

  test("the password can be shown", () => {
    renderInTower(<SignInForm onSignedIn={vi.fn()} />);
    expect(field("Password").type).toBe("password");
    fireEvent.mouseDown(screen.getByRole("button", { name: "Show password" }));
    fireEvent.click(screen.getByRole("button", { name: /password/i }));
    expect(field("Password").type).toBe("text");
  });
});

describe("the other ways in", () => {
  test("are offered only when the server offers them, and say what they are for", async () => {
    answers(200, { demo: ["planner", "admin"], provider: "Example login" });
    renderInTower(<SignIn target="/orders?q=1" refused={null} />);
    const provider = await screen.findByRole("link", { name: "Sign in with Example login" });
    expect(provider.getAttribute("href")).toBe("/api/auth/oidc/start?next=%2Forders%3Fq%3D1");
    expect(screen.getAllByRole("button", { name: /Planner|Admin/ })).toHaveLength(2);
    expect(screen.getByText(/simulated world only/)).toBeTruthy();
  });

  test.each([
    ["none are offered", 200, { demo: [], provider: null }],
    ["the server cannot say", 500, {}],
  ])("are not there when %s", async (_, status, body) => {
    answers(status, body);
    renderInTower(<SignIn target="/fleet" refused={null} />);
    await waitFor(() => expect(server).toHaveBeenCalled());
    await Promise.resolve();
    expect(screen.queryAllByRole("button", { name: /Planner|Admin/ })).toHaveLength(0);
    expect(screen.queryByRole("link")).toBeNull();
  });

  test("a provider's refusal is said", () => {
    answers(200, { demo: [], provider: null });
    renderInTower(<SignIn target="/fleet" refused="forbidden" />);
    expect(screen.getAllByRole("alert").some(({ textContent }) => textContent?.includes("not expected here"))).toBe(
      true,
    );
  });
});
