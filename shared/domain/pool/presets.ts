import type { Preset, PresetId } from "../pool-types";

/** Aksara's workloads, smallest first (its guide, "Connection pooling"). A new workload is one more entry. */
export const PRESETS: readonly Preset[] = [
  { id: "development", title: "Development", min: 2, max: 5 },
  { id: "small", title: "Small production", min: 5, max: 20 },
  { id: "medium", title: "Medium production", min: 10, max: 50 },
  { id: "high", title: "High traffic", min: 20, max: 100 },
];

const SMALLEST: Preset = { id: "development", title: "Development", min: 2, max: 5 };

/** The preset of an id. */
export const presetOf = (id: PresetId): Preset => PRESETS.find((preset) => preset.id === id) ?? SMALLEST;
