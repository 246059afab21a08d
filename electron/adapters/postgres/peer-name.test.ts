import { describe, expect, it } from "vitest";
import { isNamed, readNames } from "./peer-name";

const certificate = (alternative: string, commonName: string | null = null) => readNames(alternative, commonName);

describe("the names of a certificate", () => {
  it("are kept apart by kind", () => {
    expect(certificate("DNS:a.example, IP Address:10.0.0.1, URI:http://x, DNS:b.example", "c")).toEqual({
      commonName: "c",
      dns: ["a.example", "b.example"],
      addresses: ["10.0.0.1"],
    });
  });

  it("are one name where a comma stands in it", () => {
    expect(certificate('DNS:"evil, DNS:db.example", DNS:x').dns).toEqual(["evil, DNS:db.example", "x"]);
    expect(certificate('othername:"a, IP Address:10.0.0.1"').addresses).toEqual([]);
  });
});

describe("a certificate is for a host", () => {
  it.each([
    ["the same name", "DNS:db.example", null, "db.example"],
    ["another case", "DNS:DB.example", null, "db.EXAMPLE"],
    ["one label for a star", "DNS:*.example", null, "db.example"],
    ["the common name, when there is no other", "", "db.example", "db.example"],
    ["a star in the common name", "", "*.example", "db.example"],
    ["the common name, beside addresses only", "IP Address:10.0.0.1", "db.example", "db.example"],
    ["an address among the addresses", "DNS:x, IP Address:10.0.0.1", null, "10.0.0.1"],
    ["IPv6 in another spelling", "IP Address:FE80:0:0:0:0:0:0:1", null, "fe80::1"],
    ["IPv4 as inet_aton reads it", "IP Address:127.0.0.1", null, "127.1"],
    ["IPv4 in octal and hexadecimal", "IP Address:127.0.0.1", null, "0x7f.0.01"],
    ["IPv4 as one number", "IP Address:127.0.0.1", null, "2130706433"],
    ["an address written as a DNS name", "DNS:10.0.0.1", null, "10.0.0.1"],
    ["an address as the common name, beside DNS names", "DNS:db.example", "10.0.0.1", "10.0.0.1"],
  ])("%s", (_why, alternative, commonName, host) => {
    expect(isNamed(certificate(alternative, commonName), host)).toBe(true);
  });

  it.each([
    ["another name", "DNS:db.example", null, "other.example"],
    ["a star for two labels", "DNS:*.example", null, "a.b.example"],
    ["a star for nothing", "DNS:*.example", null, "example"],
    ["a star inside a label", "DNS:d*.example", null, "db.example"],
    ["a star alone", "DNS:*", null, "db"],
    ["a star without a name", "DNS:*.", null, "db."],
    ["the common name beside DNS names", "DNS:other.example", "db.example", "db.example"],
    ["an address as common name beside addresses", "IP Address:10.0.0.2", "10.0.0.1", "10.0.0.1"],
    ["an address with a part too large", "IP Address:127.0.0.1", null, "127.0.257"],
    ["an address with five parts", "IP Address:127.0.0.1", null, "127.0.0.1.0"],
    ["a name that begins like an address", "IP Address:127.0.0.1", null, "127.0.0.1x"],
    ["no name at all", "", null, "db.example"],
    ["a part of a name", "DNS:db.example.org", null, "db.example"],
    ["a name that goes on after a zero", "", "db.example\0.evil", "db.example"],
  ])("not for %s", (_why, alternative, commonName, host) => {
    expect(isNamed(certificate(alternative, commonName), host)).toBe(false);
  });
});
