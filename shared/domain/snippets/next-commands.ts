/** What to run in the project once `.env` is written, in this order. */
export const nextCommands = (): readonly string[] => [
  "aksara makemigrations --app app.models",
  "aksara migrate",
  "aksara dev",
];
