import type { SupportReport } from "./support-report";

/** The report as JSON. */
export const reportJson = (report: SupportReport): string => `${JSON.stringify(report, null, 2)}\n`;
