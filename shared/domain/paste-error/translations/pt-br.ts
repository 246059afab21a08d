/** Brazilian Portuguese, from the catalogues of glibc 2.36 (libc.mo) as Debian 12 has them. */
export const ptBr: Readonly<Record<string, string>> = {
  "Connection refused": "Conexão recusada",
  "No such file or directory": "Arquivo ou diretório inexistente",
  "Permission denied": "Permissão negada",
  "Connection timed out": "Tempo esgotado para conexão",
};
