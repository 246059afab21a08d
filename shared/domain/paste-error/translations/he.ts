import type { Translation } from "./translation";

/** Hebrew, from the catalogues of PostgreSQL 17 and 18 (postgres-*.mo, libpq5-*.mo) as Debian has them. */
export const he: Translation = {
  'could not translate host name "%s" to address: %s': 'לא היתה אפשרות לתרגם את שם המארח "%s" לכתובת: %s',
  "server does not support SSL, but SSL was required": "השרת אינו תומך ב- SSL, אבל SSL היה נדרש",
  "received invalid response to SSL negotiation: %c": "נתקבלה תגובה לא חוקית ממשא ומתן של SSL: %c",
  'invalid port number: "%s"': 'מספר פורט לא חוקי: "%s"',
  "timeout expired": "פג הזמן הקצוב",
  'root certificate file "%s" does not exist': "קובץ תעודת הבסיס '%s' אינו קיים",
  "server closed the connection unexpectedly": "שרת סגר את החיבור שבאופן בלתי צפוי",
};
