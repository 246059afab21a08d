/**
 * Whether require_auth (names of methods, or each with a "!" before it; null: any) lets a sign-in method pass; "none"
 * stands for being let in without a question (PostgreSQL manual, "Parameter Key Words").
 */
export function isMethodAllowed(requireAuth: string | null, method: string): boolean {
  if (!requireAuth) return true;
  const names = requireAuth.split(",");
  return requireAuth.startsWith("!") ? !names.includes(`!${method}`) : names.includes(method);
}
