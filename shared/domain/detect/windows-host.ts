/** The kernel of WSL 2, which has a network of its own; WSL 1 shares Windows' (Microsoft's names in /proc/version). */
export const isWsl2 = (kernel: string): boolean => /microsoft/i.test(kernel) && /WSL2/.test(kernel);

/** The way out of a network: its interface and the router's address. */
export interface DefaultRoute {
  readonly device: string;
  readonly gateway: string;
}

/** The default route out of /proc/net/route (proc(5)): addresses as 32-bit words in the machine's byte order; null: none. */
export function defaultRoute(text: string): DefaultRoute | null {
  for (const line of text.split("\n").slice(1)) {
    const [device = "", destination, gateway = ""] = line.trim().split(/\s+/);
    if (destination !== "00000000" || !/^[0-9A-F]{8}$/i.test(gateway) || /^0+$/.test(gateway)) continue;
    const bytes = [3, 2, 1, 0].map((at) => Number.parseInt(gateway.slice(at * 2, at * 2 + 2), 16));
    if (/^[\w.-]+$/.test(device)) return { device, gateway: bytes.join(".") };
  }
  return null;
}

/**
 * Whether an interface is Hyper-V's, by the first half of its hardware address: then Windows itself is the router. With
 * mirrored networking WSL has the addresses of Windows' own devices, shares its localhost, and the router is another computer.
 */
export const isHyperV = (address: string): boolean => address.trim().toLowerCase().startsWith("00:15:5d:");
