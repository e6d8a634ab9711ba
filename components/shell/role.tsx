"use client";

import { createContext, useContext } from "react";
import type { Role } from "@/server/contracts/role.ts";

/** Whoever nothing is known of sees what everybody may see. */
const RoleContext = createContext<Role>("planner");

export const RoleProvider = RoleContext.Provider;

/** What the person at this page may do. It decides what is offered; the server decides what is done. */
export const useRole = (): Role => useContext(RoleContext);
