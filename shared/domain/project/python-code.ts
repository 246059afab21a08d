/** Python source without its comments; a `#` inside a string ends the line too, which no rule here minds. */
export const withoutComments = (code: string): string => code.replace(/(^|\s)#.*$/gm, "$1");
