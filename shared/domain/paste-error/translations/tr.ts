/** Turkish, from the catalogues of glibc 2.36 (libc.mo) as Debian 12 has them. */
export const tr: Readonly<Record<string, string>> = {
  "Connection refused": "Bağlantı reddedildi",
  "No such file or directory": "Böyle bir dosya ya da dizin yok",
  "Permission denied": "Erişim engellendi",
  "Connection timed out": "Bağlantıda zaman aşımı",
  "No route to host": "Makinaya ağ üzerinden yol yok",
  "Network is unreachable": "Ağ erişilebilir durumda değil",
  "Temporary failure in name resolution": "İsim çözünürlüğünde geçici başarısızlık",
  "Address already in use": "Adres zaten kullanımda",
};
