import type { Translation } from "./translation";

/** Czech, from the catalogues of PostgreSQL 13, 15, 17 and 18 (postgres-*.mo, libpq5-*.mo) and glibc 2.36 (libc.mo) as Debian has them. */
export const cs: Translation = {
  'could not translate host name "%s" to address: %s': 'nemohu přeložit jméno hostitele "%s" na adresu: %s',
  "server does not support SSL, but SSL was required": "server nepodporuje SSL, leč SSL je vyžadováno",
  "received invalid response to SSL negotiation: %c": "přijata neplatná odpověď na SSL negotiation: %c",
  'invalid port number: "%s"': 'neplatné číslo portu: "%s"',
  "timeout expired": "časový limit (timeout) uběhl",
  'root certificate file "%s" does not exist': 'soubor s kořenovým certifikátem  "%s" neexistuje',
  "server closed the connection unexpectedly": "server neočekávaně ukončil spojení",
  "Connection refused": "Spojení odmítnuto",
  "No such file or directory": "Adresář nebo soubor neexistuje",
  "Permission denied": "Operace zamítnuta",
  "Connection timed out": "Spojení bylo příliš dlouho neaktivní",
  "No route to host": "K počítači neexistuje cesta",
  "Network is unreachable": "Síť není dostupná",
  "Name or service not known": "Neznámé jméno nebo služba",
  "Temporary failure in name resolution": "Dočasná chyba při vyhodnocování jména",
};
