/** Turkish, from the catalogues of glibc 2.36 (libc.mo) as Debian 12 has them. */
export const tr: Readonly<Record<string, string>> = {
  "Connection refused": "Bağlantı reddedildi",
  "No such file or directory": "Böyle bir dosya ya da dizin yok",
  "Permission denied": "Erişim engellendi",
  "Connection timed out": "Bağlantıda zaman aşımı",
};
