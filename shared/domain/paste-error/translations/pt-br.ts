/** Brazilian Portuguese, from the catalogues of glibc 2.36 (libc.mo) as Debian 12 has them. */
export const ptBr: Readonly<Record<string, string>> = {
  "Connection refused": "Conexão recusada",
  "No such file or directory": "Arquivo ou diretório inexistente",
  "Permission denied": "Permissão negada",
  "Connection timed out": "Tempo esgotado para conexão",
  "No route to host": "Não há rota para o host",
  "Network is unreachable": "A rede está fora de alcance",
  "Temporary failure in name resolution": "Falha temporário na resolução de nome",
  "Address already in use": "Endereço já em uso",
};
