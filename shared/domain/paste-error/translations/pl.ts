/** Polish, from the catalogues of glibc 2.36 (libc.mo) as Debian 12 has them. */
export const pl: Readonly<Record<string, string>> = {
  "Connection refused": "Połączenie odrzucone",
  "No such file or directory": "Nie ma takiego pliku ani katalogu",
  "Permission denied": "Brak dostępu",
  "Connection timed out": "Przekroczony czas oczekiwania na połączenie",
};
