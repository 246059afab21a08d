/** The next name to try after a taken one: shop → shop_2 → shop_3. */
export function freeNameAfter(name: string): string {
  const match = /^(.*)_(\d{1,6})$/.exec(name);
  return match ? `${match[1]}_${Number(match[2]) + 1}` : `${name}_2`;
}
