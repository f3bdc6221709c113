import type { Check } from "../../check.ts";

/** Whether the user may do what migrations do. */
export const privileges: Check = {
  name: "privileges",
  title: "Privileges",
  reason: "On MySQL, a migration whose third statement is refused leaves the first two in place.",
  examine: (context) => context.health.privileges(context),
};
