export type PresetId = "development" | "small" | "medium" | "high";

export interface Preset {
  readonly id: PresetId;
  readonly title: string;
  readonly min: number;
  readonly max: number;
}

/** Live numbers read from a server; limits of -1 in the catalogue ("no limit") are null here. */
export interface PoolFacts {
  readonly version: string;
  readonly maxConnections: number;
  readonly superuserReserved: number;
  /** reserved_connections, PostgreSQL 16+; 0 before. */
  readonly reserved: number;
  /** Client sessions now, the app's own reading session not counted. */
  readonly inUse: number;
  readonly roleLimit: number | null;
  readonly databaseLimit: number | null;
}

export interface PoolRecommendation {
  readonly min: number;
  readonly max: number;
  /** pools × max. */
  readonly total: number;
  /** Connections left over; negative when it does not fit. */
  readonly headroom: number;
  readonly fits: boolean;
}

export interface PoolAdvice {
  /** Null while the server's numbers are unknown. */
  readonly server: PoolFacts | null;
  readonly pools: number;
  readonly preset: PresetId;
  /** Connections the pools may share; null without the server's numbers. */
  readonly budget: number | null;
  readonly recommendation: PoolRecommendation;
  /** The formula with its numbers in it: "floor((100 - 3 - 11) ÷ (3 × 2)) = 14". */
  readonly formula: string;
  readonly warnings: readonly string[];
}
