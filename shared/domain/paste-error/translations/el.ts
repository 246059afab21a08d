import type { Translation } from "./translation";

/** Greek, from the catalogues of PostgreSQL 15, 17 and 18 (postgres-*.mo, libpq5-*.mo) and glibc 2.36 (libc.mo) as Debian has them. */
export const el: Translation = {
  'could not translate host name "%s" to address: %s':
    "δεν ήταν δυνατή η μετάφραση του ονόματος κεντρικού υπολογιστή «%s» στη διεύθυνση: %s",
  "server does not support SSL, but SSL was required": "ο διακομιστής δεν υποστηρίζει SSL, αλλά απαιτείται SSL",
  "received invalid response to SSL negotiation: %c": "έλαβε μη έγκυρη απάντηση κατά τη διαπραγμάτευση SSL: %c",
  'invalid port number: "%s"': "μη έγκυρος αριθμός πύλης: «%s»",
  "timeout expired": "έληξε το χρονικό όριο",
  'root certificate file "%s" does not exist': [
    'βασικό αρχείο πιστοποιητικού "%s" δεν υπάρχει',
    "βασικό αρχείο πιστοποιητικού «%s» δεν υπάρχει",
  ],
  "server closed the connection unexpectedly": "ο διακομιστής έκλεισε απροσδόκητα τη σύνδεση",
  "Connection refused": "Απόρριψη σύνδεσης",
  "No such file or directory": "Δεν υπάρχει τέτοιο αρχείο ή κατάλογος",
  "Permission denied": "Άρνηση πρόσβασης",
  "Connection timed out": "Λήξη σύνδεσης",
  "No route to host": "Δεν υπάρχει διαδρομή στο σύστημα",
  "Network is unreachable": "Το δίκτυο δεν είναι προσπελάσιμο",
  "Name or service not known": "Το όνομα ή η υπηρεσία δεν είναι γνωστά",
  "Temporary failure in name resolution": "Προσωρινή αποτυχία κατά την ανάλυση ονόματος",
};
