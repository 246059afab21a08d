/** Passwords and tokens in a line become `***`; linear time. */
export function hideSecrets(line: string): string {
  return (
    line
      .replace(/((?:\b[a-z][a-z0-9+.-]{1,30}:?)?\/\/[^\s:/@'"`]{0,200}:)[^\s'"`]{1,500}@/gi, "$1***@")
      // A name before the @ is the rest of a password that was not encoded.
      .replace(/(host name ["'»«“„]\s?)[^"'»«“”]{1,300}@/g, "$1***@")
      .replace(/\b(PASSWORD\s+)'(?:[^']|''){0,500}'?/gi, "$1'***'")
      .replace(
        /\b(\w{0,30}(?:password|passwd|pwd|secret|token|api_?key))(["']?\s{0,3}(?:=|:(?=\s{0,3}["']))\s{0,3}["']?)[^\s"',;&)}]{1,500}/gi,
        "$1$2***",
      )
      .replace(/(port number: "|to integer value as ')(?!\d{1,6}["'])[^"']{1,200}/g, "$1***")
      .replace(/\beyJ[\w-]{10,}(?:\.[\w-]{4,}){1,2}/g, "***")
  );
}
